package io.holdfast.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/// A plain update client: one request, the reply as it came.
final class Updates implements AutoCloseable {
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final int port;

    Updates(int port) {
        this.port = port;
    }

    /// Sends `hostname=host&myip=address` as the host itself.
    ///
    /// @return the body without its line end
    /// @throws IOException if there was no whole reply
    String send(String host, String secret, String address)
            throws IOException, InterruptedException {
        String credentials =
                Base64.getEncoder()
                        .encodeToString((host + ":" + secret).getBytes(StandardCharsets.UTF_8));
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:%d/nic/update?hostname=%s&myip=%s"
                                                .formatted(port, host, address)))
                        .header("Authorization", "Basic " + credentials)
                        .header("User-Agent", "holdfast-e2e/1.0")
                        .timeout(Duration.ofSeconds(10))
                        .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body().strip();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}

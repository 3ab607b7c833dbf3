package io.holdfast.cli.trial;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/// A client that remembers nothing and tells the same address again and again, as a careless router
/// does.
final class NoisyClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private final InetSocketAddress service;
    private final String host;
    private final String secret;

    NoisyClient(InetSocketAddress service, String host, String secret) {
        this.service = service;
        this.host = host;
        this.secret = secret;
    }

    /// Tells the address.
    ///
    /// @return the first word of the reply
    String tell(String address) throws IOException, InterruptedException {
        String user =
                Base64.getEncoder()
                        .encodeToString((host + ":" + secret).getBytes(StandardCharsets.UTF_8));
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:%d/nic/update?hostname=%s&myip=%s"
                                                .formatted(service.getPort(), host, address)))
                        .header("Authorization", "Basic " + user)
                        .header("User-Agent", "careless-router/0.1")
                        .timeout(PATIENCE)
                        .build();
        String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return body.strip().split(" ", 2)[0];
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}

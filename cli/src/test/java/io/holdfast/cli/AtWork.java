package io.holdfast.cli;

import io.holdfast.dns.Name;
import io.holdfast.service.ListenAddress;
import io.holdfast.service.Service;
import io.holdfast.service.ServiceConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;

/// A service in this process that serves `dyn.test` on free ports of loopback.
record AtWork(Service service) implements AutoCloseable {

    static AtWork on(Path data) throws Exception {
        List<InetSocketAddress> anywhere = List.of(ListenAddress.parse("127.0.0.1:0"));
        ServiceConfig config =
                ServiceConfig.defaults()
                        .withData(data)
                        .withHttp(anywhere)
                        .withDns(anywhere)
                        .withZones(List.of(Name.of("dyn.test")));
        return new AtWork(
                Service.start(config, InstantSource.system(), new SecureRandom(), List.of()));
    }

    String http() {
        return "http://" + ListenAddress.text(service.http().getFirst());
    }

    /// What an update client reads.
    String update(String user, String secret, String query)
            throws IOException, InterruptedException {
        String basic =
                Base64.getEncoder()
                        .encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(http() + "/nic/update?" + query))
                        .header("Authorization", "Basic " + basic)
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body().strip();
        }
    }

    @Override
    public void close() {
        service.close();
    }
}

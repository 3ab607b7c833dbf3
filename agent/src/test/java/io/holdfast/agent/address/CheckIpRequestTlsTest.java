package io.holdfast.agent.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.holdfast.agent.http.HttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A loopback server with a certificate of its own making for the name `localhost` alone.
class CheckIpRequestTlsTest {
    private static final String PASSWORD = "for-the-test";

    private static SSLContext context;
    private static HttpsServer server;

    @BeforeAll
    static void serve(@TempDir Path folder) throws Exception {
        context = contextOf(keyStore(folder.resolve("test.p12")));
        InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext(
                "/",
                exchange -> {
                    byte[] body = "192.0.2.7\n".getBytes(StandardCharsets.US_ASCII);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.createContext(
                "/plain",
                exchange -> {
                    exchange.getResponseHeaders().add("Location", "http://localhost/");
                    exchange.sendResponseHeaders(302, -1);
                    exchange.close();
                });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Test
    void aTrustedServerOfTheRightNameIsBelieved() throws Exception {
        assertThat(get("localhost", "/", context.getSocketFactory())).isEqualTo("192.0.2.7\n");
    }

    @Test
    void aCertificateForAnotherNameIsRefused() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> get("127.0.0.1", "/", context.getSocketFactory()))
                .withMessageContaining("127.0.0.1");
    }

    @Test
    void aCertificateOfNobodyWeKnowIsRefused() {
        SSLSocketFactory ordinary = (SSLSocketFactory) SSLSocketFactory.getDefault();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> get("localhost", "/", ordinary))
                .withMessageContaining("certification path");
    }

    @Test
    void aRedirectAwayFromTlsIsNotFollowed() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> get("localhost", "/plain", context.getSocketFactory()))
                .withMessage("redirect to http://localhost/, which is not followed");
    }

    private static String get(String host, String path, SSLSocketFactory tls) throws IOException {
        URI url = URI.create("https://" + host + ":" + server.getAddress().getPort() + path);
        return new CheckIpRequest(new HttpClient(() -> tls), CheckIpRequest.TIMEOUT)
                .get(url, Family.IPV4)
                .goodBody();
    }

    private static KeyStore keyStore(Path file) throws Exception {
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                PASSWORD,
                                "-alias",
                                "test",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "san=dns:localhost",
                                "-validity",
                                "2")
                        .inheritIO()
                        .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).as("keytool ends").isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static SSLContext contextOf(KeyStore keys) throws Exception {
        KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
        own.init(keys, PASSWORD.toCharArray());
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("test", keys.getCertificate("test"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}

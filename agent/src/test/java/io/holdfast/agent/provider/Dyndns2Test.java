package io.holdfast.agent.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What goes over the wire and what comes back, to the octet.
class Dyndns2Test {
    private static final Addresses PAIR = Addresses.parse("192.0.2.7,2001:db8::7");

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final Provider provider =
            Catalogue.load().get("dyndns2").client("holdfast/test", InstantSource.system());

    @SuppressWarnings("NullAway.Init") // listen() does
    private ServerSocket server;

    private volatile String reply = "";

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void oneRequestSaysTheNameTheAddressesAndWhoAsks() {
        reply = "HTTP/1.1 200 OK\r\nContent-Length: 27\r\n\r\ngood 192.0.2.7,2001:db8::7\n";
        assertThat(provider.tell(host(url("")), PAIR)).isEqualTo(new ProviderReply.Accepted(PAIR));
        assertThat(requests).hasSize(1);
        assertThat(requests.getFirst().lines())
                .startsWith(
                        "GET /nic/update?hostname=home.dyn.example&myip=192.0.2.7,2001:db8::7"
                                + " HTTP/1.1",
                        "Host: 127.0.0.1:" + server.getLocalPort())
                .contains(
                        "Authorization: Basic aG9tZTpww6Rzczp3b3Jk", // home:päss:word
                        "User-Agent: holdfast/test",
                        "Connection: close");
    }

    @Test
    void aPathInTheServersUrlReplacesTheProviders() {
        reply = "HTTP/1.0 200 OK\r\n\r\ngood";
        provider.tell(host(url("/dyn/update.php")), PAIR);
        assertThat(requests.getFirst()).startsWith("GET /dyn/update.php?hostname=");
    }

    @Test
    void aBrokenConnectionIsNotTriedAgainByItself() {
        reply = "";
        assertThat(provider.tell(host(url("")), PAIR))
                .isInstanceOf(ProviderReply.Unconfirmed.class);
        assertThat(requests).hasSize(1);
    }

    @Test
    void aServerThatIsNotThereWasSentNothing() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        assertThat(provider.tell(host("http://127.0.0.1:" + port), PAIR))
                .isEqualTo(
                        new ProviderReply.NotSent(
                                "no connection to 127.0.0.1:" + port + " (Connection refused)",
                                Pause.UNREACHABLE));
    }

    @Test
    void aServerThatSpeaksNoTlsWasSentNothingToActOn() {
        reply = "HTTP/1.1 400 Bad Request\r\n\r\n";
        ProviderReply answer = provider.tell(host(url("").replace("http:", "https:")), PAIR);
        assertThat(answer).isInstanceOf(ProviderReply.NotSent.class);
        assertThat(((ProviderReply.NotSent) answer).pause()).isEqualTo(Pause.ILL);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    chunks                          | HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n4\\r\\ngood\\r\\n0\\r\\n\\r\\n | Accepted
                    until the end                   | HTTP/1.0 200 OK\\r\\n\\r\\ngood                                | Accepted
                    lines ended by LF alone         | HTTP/1.1 200 OK\\n\\ngood                                      | Accepted
                    after an interim reply          | HTTP/1.1 103 Early\\r\\n\\r\\nHTTP/1.1 200 OK\\r\\n\\r\\ngood  | Accepted
                    cut short of its length         | HTTP/1.1 200 OK\\r\\nContent-Length: 14\\r\\n\\r\\ngood        | Unconfirmed
                    cut short of its last chunk     | HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n4\\r\\ngood\\r\\n | Unconfirmed
                    cut in its head                 | HTTP/1.1 200 OK\\r\\nContent-                                  | Unconfirmed
                    a length that is none           | HTTP/1.1 200 OK\\r\\nContent-Length: -4\\r\\n\\r\\ngood         | Unconfirmed
                    another protocol                | 220 mail.example ESMTP\\r\\n                                   | Unconfirmed
                    """)
    void repliesAreReadToTheirEndOrNotBelieved(String behaviour, String wire, String expected) {
        reply = wire.translateEscapes();
        assertThat(provider.tell(host(url("")), PAIR).getClass().getSimpleName())
                .isEqualTo(expected);
    }

    @Test
    void aReplyWithoutEndIsCutOff() {
        reply = "HTTP/1.1 200 OK\r\n\r\n" + "good\n".repeat(100_000);
        assertThat(provider.tell(host(url("")), PAIR))
                .isInstanceOf(ProviderReply.Unconfirmed.class);
    }

    /// Until the server is closed; a client that had enough of a reply ends only its own exchange.
    private void serve() {
        while (!server.isClosed()) {
            serveOne();
        }
    }

    private void serveOne() {
        try (Socket socket = server.accept()) {
            requests.add(request(socket.getInputStream()));
            socket.getOutputStream().write(reply.getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            requests.remove("");
        }
    }

    private static String request(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            text.append((char) octet);
            if (text.toString().endsWith("\r\n\r\n") || text.charAt(0) == 0x16) { // TLS's first
                break;
            }
        }
        return text.toString();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getLocalPort() + path;
    }

    private static Host host(String url) {
        return new Host("home.dyn.example", URI.create(url), new Credentials("home", "päss:word"));
    }
}

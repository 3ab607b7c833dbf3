package io.holdfast.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A server on loopback that reads a request to its end and says what it is given to say.
class HttpClientTest {
    private final HttpClient client = HttpClient.ofThisJdk();
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private volatile String reply = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @SuppressWarnings("NullAway.Init") // listen() does
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void aRequestIsSentAsItsValueSays() throws Exception {
        HttpRequest request =
                new HttpRequest("POST", uri("/zone?x=1"), Map.of(), "content=192.0.2.7")
                        .with("Authorization", "Bearer t")
                        .with("Accept", "text/plain");
        assertThat(client.send(request, HttpOptions.USUAL))
                .isInstanceOfSatisfying(
                        HttpOutcome.Replied.class,
                        replied -> {
                            assertThat(replied.reply().body()).isEqualTo("ok");
                            assertThat(replied.server()).isEqualTo(server.getInetAddress());
                        });
        assertThat(requests.poll(30, TimeUnit.SECONDS))
                .isEqualTo(
                        """
                        POST /zone?x=1 HTTP/1.1
                        Host: 127.0.0.1:%d
                        Authorization: Bearer t
                        Accept: text/plain
                        Content-Length: 17
                        Connection: close

                        content=192.0.2.7\
                        """
                                .formatted(server.getLocalPort())
                                .replace("\n", "\r\n"));
    }

    /// A socket that has a port and does not listen: nobody else can have it meanwhile.
    @Test
    void aRefusedConnectionHasSentNothing() throws IOException {
        try (Socket deaf = new Socket()) {
            deaf.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            URI uri = URI.create("http://127.0.0.1:" + deaf.getLocalPort() + "/");
            assertThat(client.send(HttpRequest.get(uri), HttpOptions.USUAL))
                    .isEqualTo(
                            new HttpOutcome.NotSent(
                                    HttpOutcome.Obstacle.NO_CONNECTION,
                                    "no connection to 127.0.0.1:"
                                            + deaf.getLocalPort()
                                            + " (Connection refused)"));
        }
    }

    @Test
    void aServerThatClosesWithoutAReplyMayHaveActedAndIsNotAskedAgain() {
        reply = "";
        assertThat(get(HttpOptions.USUAL))
                .isEqualTo(new HttpOutcome.Unknown(false, "the reply was cut short"));
        assertThat(requests).hasSize(1);
    }

    @Test
    void aServerThatSaysNothingMayHaveActed() {
        reply = "WAIT";
        Duration soon = Duration.ofMillis(100);
        assertThat(get(HttpOptions.USUAL.until(Deadline.in(soon), soon)))
                .isEqualTo(new HttpOutcome.Unknown(true, "no reply in 0 s"));
        assertThat(requests).hasSize(1);
    }

    @Test
    void aServerWithoutAnAddressOfTheFamilyIsSentNothing() {
        assertThat(get(HttpOptions.USUAL.over(StandardProtocolFamily.INET6)))
                .isEqualTo(
                        new HttpOutcome.NotSent(
                                HttpOutcome.Obstacle.NO_ADDRESS, "127.0.0.1 has no IPv6 address"));
        assertThat(requests).isEmpty();
    }

    @Test
    void aDeviceThatIsNotThereSendsNothing() {
        assertThat(get(HttpOptions.USUAL.from("none0")))
                .isEqualTo(
                        new HttpOutcome.NotSent(
                                HttpOutcome.Obstacle.NO_CONNECTION,
                                "no connection to 127.0.0.1:"
                                        + server.getLocalPort()
                                        + " (there is no network device none0)"));
    }

    @Test
    void theDeviceOfLoopbackReachesLoopback() throws Exception {
        String loopback = NetworkInterface.getByInetAddress(server.getInetAddress()).getName();
        assertThat(get(HttpOptions.USUAL.from(loopback))).isInstanceOf(HttpOutcome.Replied.class);
    }

    @Test
    void noHeaderCanBeginAnother() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpRequest.get(uri("/")).with("X", "a\r\nY: b"));
    }

    private HttpOutcome get(HttpOptions options) {
        return client.send(HttpRequest.get(uri("/")), options);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                requests.add(request(socket.getInputStream()));
                if (reply.equals("WAIT")) {
                    int _ = socket.getInputStream().read(); // until the client has enough
                } else {
                    socket.getOutputStream().write(reply.getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException gone) {
                // the test closed the server, or the client the connection
            }
        }
    }

    private static String request(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            text.append((char) octet);
            boolean post = text.indexOf("POST") == 0;
            if (post ? text.indexOf("content=192.0.2.7") > 0 : text.indexOf("\r\n\r\n") > 0) {
                break;
            }
        }
        return text.toString();
    }
}

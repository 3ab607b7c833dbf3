package io.holdfast.agent.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.address.AddressSource.Observation;
import io.holdfast.agent.address.AddressSource.Watch;
import io.holdfast.agent.http.HttpClient;
import io.holdfast.net.DefaultRoute;
import io.holdfast.net.Link;
import io.holdfast.net.NetworkEvent;
import io.holdfast.net.address.AddressText;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A server on loopback that answers each connection with the next prepared reply, as it is
/// written.
class WebSourceTest {
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> replies = Collections.synchronizedList(new ArrayList<>());
    private ServerSocket server;

    @BeforeEach
    void serve() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(this::answerAll);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Dyn's page            | HTTP/1.1 200 OK~Content-Type: text/html~~<body>Current IP Address: 192.0.2.7</body> | 192.0.2.7
                    with its length       | HTTP/1.1 200 OK~Content-Length: 9~~192.0.2.7                        | 192.0.2.7
                    in chunks             | HTTP/1.1 200 OK~Transfer-Encoding: chunked~~4~192.~5;x=y~0.2.7~0~~  | 192.0.2.7
                    from HTTP/1.0         | HTTP/1.0 200 OK~~192.0.2.7                                          | 192.0.2.7
                    after an early hint   | HTTP/1.1 103 Early Hints~Link: </x>~~HTTP/1.1 200 OK~~192.0.2.7     | 192.0.2.7
                    not its status line   | HTTP/1.1 200 192.0.2.7~~ok                                          | none: names no IPv4 address
                    the other family      | HTTP/1.1 200 OK~~2001:db8::7                                        | none: names no IPv4 address
                    not of this world     | HTTP/1.1 200 OK~~127.0.0.1                                          | none: says 127.0.0.1, which is loopback
                    another status        | HTTP/1.1 404 Not Found~~192.0.2.7                                   | unavailable: answered with status 404
                    not HTTP              | 192.0.2.7                                                           | unavailable: the reply was cut short
                    not HTTP, with a line | SSH-2.0-OpenSSH_9.2~                                                | unavailable: the reply is not HTTP/1.x
                    nothing               | ''                                                                  | unavailable: the reply was cut short
                    cut by its own length | HTTP/1.1 200 OK~Content-Length: 9~~192.0.2.77                       | unavailable: the reply is longer than its Content-Length
                    cut in the body       | HTTP/1.1 200 OK~Content-Length: 20~~192.0.2.7                       | unavailable: the reply was cut short
                    too long a body       | HTTP/1.1 200 OK~Content-Length: 65537~~192.0.2.7                    | unavailable: the reply is longer than 65536 octets
                    nonsense for a length | HTTP/1.1 200 OK~Content-Length: ten~~192.0.2.7                      | unavailable: the reply's length is no number
                    a negative length     | HTTP/1.1 200 OK~Content-Length: -1~~192.0.2.7                       | unavailable: the reply's length is no number
                    too long in chunks    | HTTP/1.1 200 OK~Transfer-Encoding: chunked~~fffffff~192             | unavailable: the reply is longer than 65536 octets
                    a redirect to nothing | HTTP/1.1 302 Found~~                                                | unavailable: answered with status 302
                    a redirect elsewhere  | HTTP/1.1 302 Found~Location: ftp://127.0.0.1/~~                     | unavailable: redirect to ftp://127.0.0.1/, which is not followed
                    to another server     | HTTP/1.1 302 Found~Location: http://192.168.8.1/login?u=1~~         | unavailable: redirect to http://192.168.8.1/login?..., another server, which is not followed; if it is meant, write its URL in the configuration
                    to another port       | HTTP/1.1 307 Found~Location: http://127.0.0.1:9/~~                  | unavailable: redirect to http://127.0.0.1:9/, another server, which is not followed; if it is meant, write its URL in the configuration
                    to another name       | HTTP/1.1 301 Found~Location: //localhost/~~                         | unavailable: redirect to http://localhost/, another server, which is not followed; if it is meant, write its URL in the configuration
                    a log-in page         | HTTP/1.1 200 OK~Content-Type: text/html~~<a href="http://192.168.8.1/login">log in</a> | none: is a web page (HTML) without the words "Current IP Address:", so no address is taken from it
                    HTML, undeclared      | HTTP/1.1 200 OK~~<html>192.0.2.7</html>                             | none: is a web page (HTML) without the words "Current IP Address:", so no address is taken from it
                    several addresses     | HTTP/1.1 200 OK~~192.0.2.7 192.0.2.8                                | none: is unclear: it names 2 IPv4 addresses (192.0.2.7, 192.0.2.8), so none is taken
                    compressed            | HTTP/1.1 200 OK~Content-Encoding: gzip~~192.0.2.7                   | unavailable: the reply is compressed (gzip)
                    not compressed at all | HTTP/1.1 200 OK~Content-Encoding: identity~~192.0.2.7               | 192.0.2.7
                    private from our side | HTTP/1.1 200 OK~~192.168.8.1                                        | 192.168.8.1
                    """)
    void repliesMean(String what, String reply, String meaning) {
        replies.add(reply.replace("~", "\r\n"));

        assertThat(
                        look("web " + url("/"), Family.IPV4)
                                .replace(url("/") + " over IPv4: ", "")
                                .replace(url("/") + " ", ""))
                .isEqualTo(meaning);
    }

    @Test
    void theRequestIsAnOrdinaryOne() {
        replies.add("HTTP/1.1 200 OK\r\n\r\n192.0.2.7");

        look("web " + url("/ip?format=text"), Family.IPV4);

        assertThat(requests)
                .containsExactly(
                        """
                        GET /ip?format=text HTTP/1.1
                        Host: 127.0.0.1:%d
                        User-Agent: holdfast-agent
                        Accept: text/plain, text/html;q=0.9, */*;q=0.5
                        Accept-Encoding: identity
                        Connection: close

                        """
                                .formatted(server.getLocalPort())
                                .replace("\n", "\r\n"));
    }

    @Test
    void aFewRedirectsAreFollowed() {
        replies.add("HTTP/1.1 301 Moved\r\nLocation: /a\r\n\r\n");
        replies.add("HTTP/1.1 307 Moved\r\nLocation: " + url("/b") + "\r\n\r\n");
        replies.add("HTTP/1.1 200 OK\r\n\r\n192.0.2.7");

        assertThat(look("web " + url("/"), Family.IPV4)).isEqualTo("192.0.2.7");
        assertThat(requests)
                .extracting(it -> it.substring(0, 6))
                .containsExactly("GET / ", "GET /a", "GET /b");
    }

    @ParameterizedTest(name = "{0} from {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    203.0.113.7 | 198.51.100.1 | 203.0.113.7
                    192.168.8.1 | 198.51.100.1 | none: x says 192.168.8.1, which is private, and the server at 198.51.100.1 cannot have seen that
                    100.64.0.7  | 8.8.8.8      | none: x says 100.64.0.7, which is carrier NAT, and the server at 8.8.8.8 cannot have seen that
                    fd00::7     | 2001:db8::1  | none: x says fd00::7, which is unique local, and the server at 2001:db8::1 cannot have seen that
                    192.168.8.1 | 192.168.8.9  | 192.168.8.1
                    192.168.8.1 | 127.0.0.1    | 192.168.8.1
                    """)
    void aServerInTheInternetSeesNoPrivateAddress(String address, String server, String meaning) {
        Observation.Seen seen =
                new Observation.Seen(AddressText.read(address).orElseThrow(), "x says " + address);

        assertThat(text(CheckIp.believed(seen, AddressText.read(server).orElseThrow())))
                .isEqualTo(meaning);
    }

    @Test
    void aRingOfRedirectsEnds() {
        for (int i = 0; i < 10; i++) {
            replies.add("HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n");
        }

        assertThat(look("web " + url("/"), Family.IPV4)).endsWith("more than 3 redirects");
    }

    @Test
    void theOtherFamilyIsNeverUsed() {
        replies.add("HTTP/1.1 200 OK\r\n\r\n2001:db8::7");

        assertThat(look("web " + url("/"), Family.IPV6))
                .isEqualTo(
                        "unavailable: " + url("/") + " over IPv6: 127.0.0.1 has no IPv6 address");
        assertThat(requests).isEmpty();
    }

    @Test
    void withoutUrlTheProvidersEchoIsAsked() {
        replies.add("HTTP/1.1 200 OK\r\n\r\n192.0.2.7");

        AddressSource source =
                sources().of("web", Family.IPV4, URI.create(url("/checkip")), Path.of(""));

        assertThat(text(source.look(null))).isEqualTo("192.0.2.7");
        assertThat(requests.getFirst()).startsWith("GET /checkip ");
    }

    @Test
    void aServerThatSaysNothingIsWaitedForABoundedTime() {
        CheckIp echo =
                new CheckIp(
                        URI.create(url("/")),
                        Family.IPV4,
                        new CheckIpRequest(
                                new HttpClient(WebSourceTest::noTls), Duration.ofMillis(100)),
                        System::nanoTime);

        assertThat(text(echo.look())).endsWith("no reply in 0 s");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    seconds                  | 429 | Retry-After: 3600                                | 3600
                    less than a minute       | 429 | Retry-After: 0                                   | 60
                    more than a day          | 429 | Retry-After: 999999999999                        | 86400
                    a date, by its own clock | 429 | Date: Sun, 06 Nov 1994 08:00:00 GMT~Retry-After: Sun, 06 Nov 1994 08:30:00 GMT | 1800
                    a date and no clock      | 403 | Retry-After: Sun, 06 Nov 1994 08:30:00 GMT       | 3600
                    nothing said             | 429 | X: y                                             | 1800
                    nonsense said            | 429 | Retry-After: soon                                | 1800
                    forbidden                | 403 | X: y                                             | 3600
                    forbidden, with a time   | 403 | Retry-After: 120                                 | 120
                    out of order             | 503 | Retry-After: 120                                 | 120
                    """)
    void aServerThatWantsToBeLeftAloneIs(String what, int status, String field, long seconds) {
        AtomicLong nanoTime =
                new AtomicLong(Long.MAX_VALUE - 5); // it may overflow, and must not matter
        CheckIp echo =
                new CheckIp(
                        URI.create(url("/")),
                        Family.IPV4,
                        new CheckIpRequest(
                                new HttpClient(WebSourceTest::noTls), Duration.ofSeconds(30)),
                        nanoTime::get);
        String page = "Content-Length: 99999\r\n\r\n<html>Slow down";
        replies.add("HTTP/1.1 " + status + " No\r\n" + field.replace("~", "\r\n") + "\r\n" + page);
        replies.add("HTTP/1.1 200 OK\r\n\r\n192.0.2.7");
        String refusal =
                "unavailable: %s over IPv4: answered with status %d and is not asked again for %d s"
                        .formatted(url("/"), status, seconds);

        assertThat(text(echo.look())).isEqualTo(refusal);
        nanoTime.addAndGet(Duration.ofSeconds(seconds).toNanos() - 1);
        assertThat(text(echo.look())).isEqualTo(refusal);
        assertThat(requests).hasSize(1);
        nanoTime.addAndGet(1);
        assertThat(text(echo.look())).isEqualTo("192.0.2.7");
    }

    @Test
    void allNamesThatAskAServerLeaveItAlone() {
        replies.add("HTTP/1.1 429 No\r\n\r\n");
        Sources sources = sources();
        AddressSource first = sources.of("web " + url("/"), Family.IPV4, null, Path.of(""));
        AddressSource second = sources.of("web " + url("/"), Family.IPV4, null, Path.of(""));

        first.look(null);
        assertThat(text(second.look(null))).endsWith("is not asked again for 1800 s");
        assertThat(requests).hasSize(1);
    }

    @Test
    void ringsWhenTheDefaultRouteOfItsFamilyChangesAndForNothingElse() throws Exception {
        TestNetwork network = new TestNetwork();
        network.links = List.of(new Link(4, "eth0", true, false));
        network.routes = List.of(new DefaultRoute(false, 4, 100));
        AddressSource source =
                new Sources(network).of("web http://h/", Family.IPV4, null, Path.of(""));
        Semaphore signals = new Semaphore(0);
        try (Watch _ = source.watch(signals::release)) {
            network.send(new NetworkEvent.DefaultRouteChanged(true));
            network.send(new NetworkEvent.LinkPresent(network.links.getFirst()));
            network.send(new NetworkEvent.LookAgain("lost"));
            network.send(
                    new NetworkEvent.AddressPresent(TestAddresses.of(4, "2001:db8::7").getFirst()));
            network.send(
                    new NetworkEvent.AddressPresent(TestAddresses.of(4, "192.0.2.7").getFirst()));
            network.send(new NetworkEvent.DefaultRouteChanged(false)); // by another gateway

            assertThat(signals.tryAcquire(30, TimeUnit.SECONDS)).as("signals").isTrue();
            assertThat(signals.availablePermits()).as("further signals").isZero();
        }
    }

    @Test
    void ringsWhenARouteIsBackAndNotWhenItIsGone() throws Exception {
        TestNetwork network = new TestNetwork();
        network.routes = List.of(new DefaultRoute(false, 4, 100));
        AddressSource source =
                new Sources(network).of("web http://h/", Family.IPV4, null, Path.of(""));
        Semaphore signals = new Semaphore(0);
        try (Watch _ = source.watch(signals::release)) {
            network.whileListingRoutes = signals::release; // each batch is looked at once
            network.routes = List.of();
            network.send(new NetworkEvent.LinkPresent(new Link(4, "eth0", true, false)));
            assertThat(signals.tryAcquire(1, 30, TimeUnit.SECONDS)).as("looked").isTrue();

            network.routes = List.of(new DefaultRoute(false, 4, 100));
            network.send(new NetworkEvent.LinkPresent(new Link(4, "eth0", true, false)));
            assertThat(signals.tryAcquire(2, 30, TimeUnit.SECONDS))
                    .as("looked and signalled")
                    .isTrue();
            assertThat(signals.availablePermits()).as("further signals").isZero();
        }
    }

    @Test
    void theDefaultRoutesSayTheirNextHopsAndRingWhenTheyChange() throws Exception {
        TestNetwork network = new TestNetwork();
        network.links = List.of(new Link(4, "eth0", true, false));
        network.routes = List.of(new DefaultRoute(false, 4, 100, via("192.0.2.1")));
        DefaultRoutes routes = DefaultRoutes.of(network);
        Semaphore signals = new Semaphore(0);
        try (Watch _ = routes.watch(signals::release)) {
            assertThat(routes.nextHops()).hasToString("{IPv4=eth0 via 192.0.2.1}");
            network.routes =
                    List.of(
                            new DefaultRoute(false, 4, 100, via("192.0.2.2")),
                            new DefaultRoute(true, 4, 1));
            network.send(new NetworkEvent.DefaultRouteChanged(false));
            assertThat(signals.tryAcquire(30, TimeUnit.SECONDS)).as("signals").isTrue();
            assertThat(routes.nextHops()).hasToString("{IPv4=eth0 via 192.0.2.2, IPv6=eth0}");
        }
        assertThat(network.subscriptions).hasValue(0);
    }

    private static Optional<InetAddress> via(String router) {
        return Optional.of(InetAddress.ofLiteral(router));
    }

    private void answerAll() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException e) {
                assertThat(server.isClosed()).as("%s", e).isTrue();
            }
        }
    }

    /// Without a prepared reply: holds the connection and says nothing.
    private void answer(Socket socket) {
        try {
            requests.add(head(socket.getInputStream()));
            if (replies.isEmpty()) {
                assertThat(socket.getInputStream().read()).isNegative();
            } else {
                socket.getOutputStream()
                        .write(replies.removeFirst().getBytes(StandardCharsets.UTF_8));
            }
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        return head.toString();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getLocalPort() + path;
    }

    private static Sources sources() {
        return new Sources(new TestNetwork());
    }

    private static SSLSocketFactory noTls() {
        throw new AssertionError("nobody asked for https");
    }

    private static String look(String text, Family family) {
        return text(sources().of(text, family, null, Path.of("")).look(null));
    }

    private static String text(Observation observation) {
        return switch (observation) {
            case Observation.Seen(var address, _) -> AddressText.of(address);
            case Observation.NoAddress(String why) -> "none: " + why;
            case Observation.Unavailable(String why) -> "unavailable: " + why;
        };
    }
}

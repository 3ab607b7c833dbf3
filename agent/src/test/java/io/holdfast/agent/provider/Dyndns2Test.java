package io.holdfast.agent.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.http.HttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
            Catalogue.load()
                    .get("dyndns2")
                    .client(HttpClient.ofThisJdk(), "holdfast/test", InstantSource.system());

    @SuppressWarnings("NullAway.Init") // listen() does
    private ServerSocket server;

    private volatile String reply = "";
    private volatile boolean reset;

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
        assertThat(provider.send(host(url("")), PAIR)).isEqualTo(new ProviderReply.Accepted(PAIR));
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
        provider.send(host(url("/dyn/update.php")), PAIR);
        assertThat(requests.getFirst()).startsWith("GET /dyn/update.php?hostname=");
    }

    @Test
    void aBrokenConnectionIsNotTriedAgainByItself() {
        reply = "";
        assertThat(provider.send(host(url("")), PAIR))
                .isInstanceOf(ProviderReply.Unconfirmed.class);
        assertThat(requests).hasSize(1);
    }

    @Test
    void aServerThatIsNotThereWasSentNothing() throws IOException {
        try (Socket deaf = new Socket()) { // has the port, and does not listen
            deaf.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            int port = deaf.getLocalPort();
            assertThat(provider.send(host("http://127.0.0.1:" + port), PAIR))
                    .isEqualTo(
                            new ProviderReply.NotSent(
                                    "no connection to 127.0.0.1:" + port + " (Connection refused)",
                                    Pause.UNREACHABLE));
        }
    }

    @Test
    void aServerThatSpeaksNoTlsWasSentNothingToActOn() {
        reply = "HTTP/1.1 400 Bad Request\r\n\r\n";
        ProviderReply answer = provider.send(host(url("").replace("http:", "https:")), PAIR);
        assertThat(answer).isInstanceOf(ProviderReply.NotSent.class);
        assertThat(((ProviderReply.NotSent) answer).pause()).isEqualTo(Pause.FAILING);
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
        assertThat(provider.send(host(url("")), PAIR).getClass().getSimpleName())
                .isEqualTo(expected);
    }

    /// `PAGE` is 20 kB of HTML; a reply that ends in `RESET` is followed by a reset of the
    /// connection.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    asked too often, with a long page      | HTTP/1.1 429 Any\\r\\nRetry-After: 3600\\r\\n\\r\\nPAGE                        | Later PT1H PT1H
                    the page is far too long               | HTTP/1.1 429 Any\\r\\nRetry-After: 3600\\r\\n\\r\\nPAGEPAGEPAGEPAGE            | Later PT1H PT1H
                    its length says so beforehand          | HTTP/1.1 429 Any\\r\\nRetry-After: 3600\\r\\nContent-Length: 9999999999\\r\\n\\r\\n | Later PT1H PT1H
                    its length is no number                | HTTP/1.1 429 Any\\r\\nRetry-After: 3600\\r\\nContent-Length: many\\r\\n\\r\\nno  | Later PT1H PT1H
                    it has two lengths                     | HTTP/1.1 429 Any\\r\\nRetry-After: 3600\\r\\nContent-Length: 1\\r\\nContent-Length: 2\\r\\n\\r\\nno | Later PT1H PT1H
                    the page is cut                        | HTTP/1.1 429 Any\\r\\nRetry-After: 3600\\r\\nContent-Length: 30000\\r\\n\\r\\nPAGE | Later PT1H PT1H
                    its chunks are none                    | HTTP/1.1 429 Any\\r\\nRetry-After: 3600\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nPAGE | Later PT1H PT1H
                    a chunk is longer than it says         | HTTP/1.1 429 Any\\r\\nRetry-After: 3600\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n1\\r\\nno | Later PT1H PT1H
                    the connection is reset behind a head  | HTTP/1.1 429 Any\\r\\nRetry-After: 3600\\r\\n\\r\\nRESET                       | Later PT1H PT1H
                    the connection is reset within a head  | HTTP/1.1 429 Any\\r\\nRetry-After: 3600\\r\\nX-CutRESET                          | Later PT1H PT1H
                    without a word when                    | HTTP/1.1 429 Any\\r\\n\\r\\nPAGERESET                                           | Later PT10M PT1H
                    a wrong password, with a long page     | HTTP/1.1 401 Any\\r\\n\\r\\nPAGEPAGEPAGEPAGE                                    | Refused badauth
                    a wrong password, with a page cut      | HTTP/1.1 401 Any\\r\\nContent-Length: 30000\\r\\n\\r\\nPAGE                      | Refused badauth
                    a wrong password, and a reset          | HTTP/1.1 401 Any\\r\\n\\r\\nRESET                                               | Refused badauth
                    a 401 whose Retry-After may be to come | HTTP/1.1 401 Any\\r\\nServer: xRESET                                            | Later PT10M PT6H
                    a lock-out with a long page            | HTTP/1.1 401 Any\\r\\nRetry-After: 900\\r\\n\\r\\nPAGEPAGEPAGEPAGE               | Later PT15M PT15M
                    a moved server with a long page        | HTTP/1.1 301 Any\\r\\nLocation: https://x.example/\\r\\n\\r\\nPAGEPAGEPAGEPAGE   | Later PT10M PT1H
                    trouble there, with a page cut         | HTTP/1.1 503 Any\\r\\nRetry-After: 120\\r\\nContent-Length: 30000\\r\\n\\r\\nPAGE | Unconfirmed PT2M PT2M
                    a refusing word with a wrong length    | HTTP/1.1 200 OK\\r\\nContent-Length: 50\\r\\n\\r\\nbadauth                       | Refused badauth
                    a refusing word in a chunk cut short   | HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n9\\r\\nabuse            | Blocked
                    a yes and a reset                      | HTTP/1.1 200 OK\\r\\nContent-Length: 50\\r\\n\\r\\ngood\\nRESET                  | Unconfirmed PT5S PT1H
                    a yes that goes on behind its length   | HTTP/1.1 200 OK\\r\\nContent-Length: 4\\r\\n\\r\\ngood 198.51.100.1             | Unconfirmed PT10M PT6H
                    a yes and an empty line too much       | HTTP/1.1 200 OK\\r\\nContent-Length: 4\\r\\n\\r\\ngood\\r\\n                     | Accepted
                    a yes whose length is said twice       | HTTP/1.1 200 OK\\r\\nContent-Length: 4\\r\\nContent-Length: 4\\r\\n\\r\\ngood     | Accepted
                    a yes with other lengths               | HTTP/1.1 200 OK\\r\\nContent-Length: 4\\r\\nContent-Length: 5\\r\\n\\r\\ngood\\n   | Unconfirmed PT10M PT6H
                    a yes in a coding not asked for        | HTTP/1.1 200 OK\\r\\nTransfer-Encoding: gzip\\r\\n\\r\\ngood                     | Unconfirmed PT10M PT6H
                    a page that is far too long            | HTTP/1.1 200 OK\\r\\n\\r\\nPAGEPAGEPAGEPAGE                                     | Unconfirmed PT10M PT1H
                    a page that names abuse                | HTTP/1.1 403 No\\r\\n\\r\\n<html>\\nabuse@isp.example may help</html>            | Later PT10M PT1H
                    a yes behind a byte order mark         | HTTP/1.1 200 OK\\r\\n\\r\\nBOMgood                                           | Accepted
                    """)
    void whatWasReadCountsWhateverBecomesOfTheBody(String behaviour, String wire, String expected) {
        reset = wire.endsWith("RESET");
        reply =
                wire.translateEscapes()
                        .replace("RESET", "")
                        .replace("BOM", "\uFEFF")
                        .replace("PAGE", "<p>Please be patient.</p>\n".repeat(800));

        assertThat(meaning(provider.send(host(url("")), PAIR))).isEqualTo(expected);
    }

    private static String meaning(ProviderReply reply) {
        return switch (reply) {
            case ProviderReply.Refused(String word, _, _) -> "Refused " + word;
            case ProviderReply.Later(_, Pause pause) -> "Later " + text(pause);
            case ProviderReply.Unconfirmed(_, Pause pause) -> "Unconfirmed " + text(pause);
            default -> reply.getClass().getSimpleName();
        };
    }

    private static String text(Pause pause) {
        return pause.first() + " " + pause.longest();
    }

    @Test
    void aReplyWithoutEndIsCutOff() {
        reply = "HTTP/1.1 200 OK\r\n\r\n" + "good\n".repeat(100_000);
        assertThat(provider.send(host(url("")), PAIR))
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
            if (reset) {
                socket.setSoLinger(true, 0); // close() sends RST in place of FIN
            }
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
        return new Host("home.dyn.example", URI.create(url), Settings.login("home", "päss:word"));
    }
}

package io.holdfast.agent.address;

import io.holdfast.agent.http.Deadline;
import io.holdfast.agent.http.DeadlineInput;
import io.holdfast.agent.http.HttpReply;
import io.holdfast.net.address.AddressText;
import io.holdfast.runtime.OutsideText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// A GET whose connection is of one address family for sure, through no proxy: the server shall see
/// the address we want to know. `java.net.http` promises neither.
///
/// Follows up to [#REDIRECTS] redirects of the same server over the same family, never from https
/// to http. Another server is not what was asked, but as a rule the log-in page of a line that is
/// not open yet. TLS checks the certificate's chain and name. Bodies end at [HttpReply#BODY_LIMIT].
final class CheckIpRequest {
    /// For the whole request with its redirects; looking the host's name up comes on top, within
    /// the system resolver's own limits.
    static final Duration TIMEOUT = Duration.ofSeconds(15);

    /// For one connection attempt; a host's next address may do better.
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private static final int REDIRECTS = 3;

    private final Supplier<SSLSocketFactory> tls;
    private final Duration timeout;

    /// @param tls asked for the first https URL: to make the JDK's own reads its trust store
    CheckIpRequest(Supplier<SSLSocketFactory> tls, Duration timeout) {
        this.tls = tls;
        this.timeout = timeout;
    }

    /// A reply, and the address of the server that gave it.
    record Answer(HttpReply reply, InetAddress server) {
        /// @throws IOException if the reply is no good one, is not all there (half an address may
        ///   be an address), or is compressed, which nobody asked for
        String goodBody() throws IOException {
            if (reply.status() != 200) {
                throw new IOException("answered with status " + reply.status());
            }
            if (reply.fault().isPresent()) {
                throw new IOException(reply.fault().get().text());
            }
            String coding = reply.header("content-encoding").orElse("identity");
            if (!coding.isEmpty() && !coding.equalsIgnoreCase("identity")) {
                throw new IOException(
                        "the reply is compressed (" + OutsideText.printable(coding, 20) + ")");
            }
            return reply.body();
        }

        /// Whether the server says that the body is HTML.
        boolean isHtml() {
            return reply.header("content-type")
                    .filter(type -> type.toLowerCase(Locale.ROOT).contains("html"))
                    .isPresent();
        }
    }

    /// @return the reply, of whatever status, that is no redirect
    /// @throws IOException with a message for people: no address of the family, no connection, no
    ///   reply in time, or a redirect that is not followed
    Answer get(URI url, Family family) throws IOException {
        Deadline deadline = Deadline.in(timeout);
        URI next = url;
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            Answer answer = exchange(next, family, deadline);
            if (!redirects(answer.reply())) {
                return answer;
            }
            next = target(next, answer.reply());
        }
        throw new IOException("more than " + REDIRECTS + " redirects");
    }

    private static boolean redirects(HttpReply reply) {
        return switch (reply.status()) {
            case 301, 302, 303, 307, 308 -> reply.header("location").isPresent();
            default -> false;
        };
    }

    private static URI target(URI from, HttpReply reply) throws IOException {
        String location = reply.header("location").orElse("");
        URI to;
        try {
            to = from.resolve(URI.create(location));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "redirect to what is no URL: " + OutsideText.printable(location), e);
        }
        String shown = "redirect to " + OutsideText.url(to.toString());
        boolean kept = isTls(to) || ("http".equalsIgnoreCase(to.getScheme()) && !isTls(from));
        if (!kept || to.getHost() == null) {
            throw new IOException(shown + ", which is not followed");
        }
        boolean sameServer =
                to.getHost().equalsIgnoreCase(from.getHost())
                        && (port(to) == port(from) || isTls(to) != isTls(from));
        if (!sameServer) {
            throw new IOException(
                    shown
                            + ", another server, which is not followed; if it is meant, write its"
                            + " URL in the configuration");
        }
        return to;
    }

    private Answer exchange(URI url, Family family, Deadline deadline) throws IOException {
        try (Socket plain = connected(url, family, deadline);
                Socket socket = isTls(url) ? secured(plain, url, deadline) : plain) {
            socket.getOutputStream().write(request(url).getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            HttpReply reply = HttpReply.read(new DeadlineInput(socket, deadline));
            return new Answer(reply, plain.getInetAddress());
        } catch (SocketTimeoutException e) {
            throw new IOException("no reply in " + timeout.toSeconds() + " s", e);
        }
    }

    /// To the first of the host's addresses of this family that answers.
    private static Socket connected(URI url, Family family, Deadline deadline) throws IOException {
        IOException last = new UnknownHostException(host(url) + " has no " + family + " address");
        for (InetAddress address : addresses(url, family)) {
            Socket socket = new Socket(Proxy.NO_PROXY);
            try {
                int millis = (int) Math.min(deadline.millisLeft(), CONNECT_TIMEOUT.toMillis());
                socket.connect(new InetSocketAddress(address, port(url)), millis);
                return socket;
            } catch (IOException e) {
                socket.close();
                last =
                        new IOException(
                                "no connection to "
                                        + AddressText.of(address)
                                        + ": "
                                        + e.getMessage(),
                                e);
            }
        }
        throw last;
    }

    private static List<InetAddress> addresses(URI url, Family family) throws IOException {
        try {
            return Arrays.stream(InetAddress.getAllByName(host(url)))
                    .filter(family::holds)
                    .toList();
        } catch (UnknownHostException e) {
            throw new IOException("the name " + host(url) + " could not be resolved", e);
        }
    }

    private Socket secured(Socket plain, URI url, Deadline deadline) throws IOException {
        SSLSocket socket = (SSLSocket) tls.get().createSocket(plain, host(url), port(url), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 9110 section 4.3.4
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(deadline.millisLeft());
        socket.startHandshake();
        return socket;
    }

    private static String request(URI url) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return "GET "
                + target
                + " HTTP/1.1\r\n"
                + "Host: "
                + url.getHost()
                + port
                + "\r\n"
                + "User-Agent: holdfast-agent\r\n"
                + "Accept: text/plain, text/html;q=0.9, */*;q=0.5\r\n"
                + "Accept-Encoding: identity\r\n" // without it any would do, RFC 9110 12.5.3
                + "Connection: close\r\n\r\n";
    }

    private static boolean isTls(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    private static String host(URI url) {
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : isTls(url) ? 443 : 80;
    }
}

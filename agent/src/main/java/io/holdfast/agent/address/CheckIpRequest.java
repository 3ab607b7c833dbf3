package io.holdfast.agent.address;

import io.holdfast.agent.http.Deadline;
import io.holdfast.agent.http.HttpClient;
import io.holdfast.agent.http.HttpOptions;
import io.holdfast.agent.http.HttpOutcome;
import io.holdfast.agent.http.HttpReply;
import io.holdfast.agent.http.HttpRequest;
import io.holdfast.runtime.OutsideText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/// A GET whose connection is of one address family for sure, through no proxy: the server shall see
/// the address we want to know.
///
/// Follows up to [#REDIRECTS] redirects of the same server over the same family, never from https
/// to http. Another server is not what was asked, but as a rule the log-in page of a line that is
/// not open yet. TLS checks the certificate's chain and name. Bodies end at [HttpReply#BODY_LIMIT].
final class CheckIpRequest {
    /// For the whole request with its redirects; looking the host's name up comes on top, within
    /// the system resolver's own limits.
    static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final int REDIRECTS = 3;

    private final HttpClient http;
    private final Duration timeout;

    CheckIpRequest(HttpClient http, Duration timeout) {
        this.http = http;
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
        HttpRequest request =
                HttpRequest.get(url)
                        .with("User-Agent", "holdfast-agent")
                        .with("Accept", "text/plain, text/html;q=0.9, */*;q=0.5")
                        .with("Accept-Encoding", "identity"); // or any would do, RFC 9110 12.5.3
        HttpOptions options = HttpOptions.USUAL.over(family.protocol()).until(deadline, timeout);
        return switch (http.send(request, options)) {
            case HttpOutcome.Replied(HttpReply reply, InetAddress server) ->
                    new Answer(reply, server);
            case HttpOutcome.NotSent(_, String detail) -> throw new IOException(detail);
            case HttpOutcome.Unknown(_, String detail) -> throw new IOException(detail);
        };
    }

    private static boolean isTls(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    private static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : isTls(url) ? 443 : 80;
    }
}

package io.holdfast.agent.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The reply of an HTTP/1 server (RFC 9112) to a GET on a connection that ends with it, as far as
/// it came.
///
/// A status that was read counts, and so do the headers, whatever becomes of the rest: a server
/// that says 429 and then sends a long page, or half a page, has said 429. So a fault behind the
/// status line is no exception but a part of the reply. Who reads the body must look at the fault.
///
/// @param status 200 to 999
/// @param headers by lower-case name; of repeated ones the first
/// @param body as UTF-8; if there is a fault, the part before it
/// @param fault why this is not the whole reply; empty if it is
public record HttpReply(
        int status, Map<String, String> headers, String body, Optional<Fault> fault) {
    /// In octets.
    public static final int BODY_LIMIT = 64 * 1024;

    /// Of the status line, and of each header and chunk line, in octets.
    private static final int LINE_LIMIT = 8 * 1024;

    private static final int MOST_HEADERS = 100;
    private static final int MOST_INTERIM = 5;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.\\d (\\d{3})( .*)?");

    /// Something wrong behind the status line.
    ///
    /// @param inHead whether headers may be missing, and not the body alone
    /// @param text for people
    public record Fault(Kind kind, boolean inHead, String text) {}

    /// What kind of fault.
    public enum Kind {
        /// The connection ended or broke.
        CUT,
        /// The time was over.
        TIMED_OUT,
        TOO_LONG,
        /// The lengths of the body or of its chunks are not as RFC 9112 section 6 and 7 want them.
        MALFORMED
    }

    public HttpReply {
        headers = Map.copyOf(headers);
    }

    /// The value of one header.
    ///
    /// @param name in lower case
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /// How long the server wants to be left alone (RFC 9110 section 10.2.3). A date is taken as it
    /// stands to the server's own `Date`, so that nobody's clock matters.
    public Optional<Duration> retryAfter() {
        return date("date").flatMap(this::retryAfter).or(this::retryAfterSeconds);
    }

    /// The same, for a date from a server that sends no `Date`.
    ///
    /// @param now by our own clock
    public Optional<Duration> retryAfter(Instant now) {
        return retryAfterSeconds()
                .or(() ->
                        date("retry-after")
                                .map(end -> Duration.between(date("date").orElse(now), end)));
    }

    private Optional<Duration> retryAfterSeconds() {
        return header("retry-after")
                .filter(text -> text.matches("\\d{1,18}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    private Optional<Instant> date(String name) {
        try {
            return header(name).map(DateTimeFormatter.RFC_1123_DATE_TIME::parse).map(Instant::from);
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /// Reads one reply: by its length, by its chunks, or until the server closes.
    ///
    /// @throws IOException if not even a status line came, with a message for people
    public static HttpReply read(InputStream from) throws IOException {
        InputStream in = new BufferedInputStream(from);
        for (int interim = 0; interim <= MOST_INTERIM; interim++) {
            HttpReply reply = new Reader(in).reply();
            if (reply.status >= 200) {
                return reply;
            }
            if (reply.fault.isPresent()) {
                throw new IOException(reply.fault.get().text);
            }
        }
        throw new IOException("interim replies without end");
    }

    /// A fault as it is met.
    private static final class FaultyReplyException extends IOException {
        private final Kind kind;

        FaultyReplyException(Kind kind, String text) {
            super(text);
            this.kind = kind;
        }
    }

    /// One reply while it is read, an interim one (1xx) too.
    private static final class Reader {
        private final InputStream in;
        private final Map<String, String> headers = new TreeMap<>();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        Reader(InputStream in) {
            this.in = in;
        }

        HttpReply reply() throws IOException {
            Matcher statusLine = STATUS_LINE.matcher(line());
            if (!statusLine.matches()) {
                throw new IOException("the reply is not HTTP/1.x");
            }
            int status = Integer.parseInt(statusLine.group(1));
            boolean inHead = true;
            Optional<Fault> fault = Optional.empty();
            try {
                readHeaders();
                inHead = false;
                // RFC 9112 section 6.3: these have no body, whatever their headers say.
                if (status >= 200 && status != 204 && status != 304) {
                    readBody();
                }
            } catch (IOException broken) {
                fault = Optional.of(fault(broken, inHead));
            }
            return new HttpReply(status, headers, body.toString(StandardCharsets.UTF_8), fault);
        }

        private static Fault fault(IOException broken, boolean inHead) {
            return switch (broken) {
                case FaultyReplyException faulty ->
                        new Fault(faulty.kind, inHead, String.valueOf(faulty.getMessage()));
                case SocketTimeoutException _ ->
                        new Fault(Kind.TIMED_OUT, inHead, "the reply took too long");
                case EOFException _ -> new Fault(Kind.CUT, inHead, "the reply was cut short");
                default ->
                        new Fault(
                                Kind.CUT,
                                inHead,
                                "the reply was cut short (" + broken.getMessage() + ")");
            };
        }

        private void readHeaders() throws IOException {
            for (int i = 0; i < MOST_HEADERS; i++) {
                String line = line();
                if (line.isEmpty()) {
                    return;
                }
                int colon = line.indexOf(':');
                if (colon > 0) {
                    String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
                    String value = line.substring(colon + 1).strip();
                    if (name.equals("content-length")) {
                        headers.merge(name, value, (a, b) -> a + "," + b);
                    } else {
                        headers.putIfAbsent(name, value);
                    }
                }
            }
            throw new FaultyReplyException(
                    Kind.TOO_LONG, "the reply has more than " + MOST_HEADERS + " header fields");
        }

        private void readBody() throws IOException {
            String coding = headers.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT);
            if (coding.equals("chunked")) { // RFC 9112 section 6.3: it overrides a length
                readChunks();
            } else if (!coding.isEmpty() && !coding.equals("identity")) {
                throw new FaultyReplyException(
                        Kind.MALFORMED, "the reply has a transfer coding we did not ask for");
            } else if (headers.containsKey("content-length")) {
                readExactly(contentLength(headers.getOrDefault("content-length", "")));
                expectNoMore();
            } else {
                readToTheEnd();
            }
        }

        /// RFC 9110 section 8.6: the same length several times is one length.
        private static long contentLength(String text) throws IOException {
            String[] lengths =
                    Arrays.stream(text.split(",", -1))
                            .map(String::strip)
                            .distinct()
                            .toArray(String[]::new);
            if (lengths.length > 1) {
                throw new FaultyReplyException(
                        Kind.MALFORMED, "the reply names two different lengths");
            }
            return number(lengths[0], "\\d{1,18}", 10);
        }

        private void readChunks() throws IOException {
            while (true) {
                long size = number(line().split(";", 2)[0].strip(), "[0-9A-Fa-f]{1,15}", 16);
                if (size == 0) {
                    return; // trailers say nothing to us
                }
                readExactly(size);
                if (!line().isEmpty()) {
                    throw new FaultyReplyException(
                            Kind.MALFORMED, "a chunk of the reply is longer than its length");
                }
            }
        }

        private static long number(String digits, String form, int radix) throws IOException {
            if (!digits.matches(form)) {
                throw new FaultyReplyException(Kind.MALFORMED, "the reply's length is no number");
            }
            return Long.parseLong(digits, radix);
        }

        private void readExactly(long length) throws IOException {
            if (length > BODY_LIMIT - body.size()) {
                throw tooLong();
            }
            for (long i = 0; i < length; i++) {
                int octet = in.read();
                if (octet < 0) {
                    throw new EOFException();
                }
                take(octet);
            }
        }

        private void readToTheEnd() throws IOException {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                take(octet);
            }
        }

        /// A body that goes on behind its length was cut by that length. Sees what has come by now:
        /// to wait for more could take for ever.
        private void expectNoMore() throws IOException {
            while (in.available() > 0) {
                int octet = in.read();
                if (octet >= 0 && octet != '\r' && octet != '\n') {
                    throw new FaultyReplyException(
                            Kind.MALFORMED, "the reply is longer than its Content-Length");
                }
            }
        }

        private void take(int octet) throws IOException {
            if (body.size() == BODY_LIMIT) {
                throw tooLong();
            }
            body.write(octet);
        }

        private static FaultyReplyException tooLong() {
            return new FaultyReplyException(
                    Kind.TOO_LONG, "the reply is longer than " + BODY_LIMIT + " octets");
        }

        private String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int octet = in.read(); octet != '\n'; octet = in.read()) {
                if (octet < 0) {
                    throw new EOFException("the reply was cut short");
                }
                if (line.size() == LINE_LIMIT) {
                    throw new FaultyReplyException(
                            Kind.TOO_LONG,
                            "the reply has a line of more than " + LINE_LIMIT + " octets");
                }
                line.write(octet);
            }
            String text = line.toString(StandardCharsets.ISO_8859_1);
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        }
    }
}

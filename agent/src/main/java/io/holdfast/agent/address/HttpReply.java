package io.holdfast.agent.address;

import io.holdfast.runtime.OutsideText;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// An HTTP/1.x reply (RFC 9112) to a GET on a connection that ends with it.
///
/// @param fields by lower-case name, the first of each
record HttpReply(int status, Map<String, String> fields, String body) {
    /// In octets; an address needs 39.
    static final int BODY_LIMIT = 64 * 1024;

    /// Of the status line, and of each field and chunk line, in octets.
    private static final int LINE_LIMIT = 8 * 1024;

    private static final int FIELDS_LIMIT = 100;

    /// @throws IOException if it is none, or is longer than we take
    static HttpReply read(InputStream from) throws IOException {
        InputStream in = new BufferedInputStream(from);
        int status = status(line(in));
        while (status / 100 == 1) { // 103 Early Hints and the like come before the reply
            fields(in);
            status = status(line(in));
        }
        Map<String, String> fields = fields(in);
        return new HttpReply(status, fields, status == 200 ? body(in, fields) : "");
    }

    boolean redirects() {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> fields.containsKey("location");
            default -> false;
        };
    }

    String location() {
        return fields.getOrDefault("location", "");
    }

    /// @throws IOException if the reply is no good one, or is compressed, which nobody asked for
    String goodBody() throws IOException {
        if (status != 200) {
            throw new IOException("answered with status " + status);
        }
        String coding = fields.getOrDefault("content-encoding", "identity");
        if (!coding.isEmpty() && !coding.equalsIgnoreCase("identity")) {
            throw new IOException(
                    "the reply is compressed (" + OutsideText.printable(coding, 20) + ")");
        }
        return body;
    }

    /// How long the server wants to be left alone (RFC 9110 section 10.2.3). A date is taken as it
    /// stands to the server's own `Date`, so that nobody's clock matters.
    Optional<Duration> retryAfter() {
        String text = fields.getOrDefault("retry-after", "");
        if (text.matches("\\d{1,18}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        return date("retry-after")
                .flatMap(end -> date("date").map(now -> Duration.between(now, end)));
    }

    private Optional<Instant> date(String field) {
        try {
            return Optional.of(
                    Instant.from(
                            DateTimeFormatter.RFC_1123_DATE_TIME.parse(
                                    fields.getOrDefault(field, ""))));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /// Whether the server says that the body is HTML.
    boolean isHtml() {
        return fields.getOrDefault("content-type", "").toLowerCase(Locale.ROOT).contains("html");
    }

    private static int status(String line) throws IOException {
        String[] words = line.split(" ", 3);
        if (words.length < 2
                || !words[0].startsWith("HTTP/1.")
                || !words[1].matches("[1-5]\\d\\d")) {
            throw new IOException("the reply is not HTTP/1.x");
        }
        return Integer.parseInt(words[1]);
    }

    private static Map<String, String> fields(InputStream in) throws IOException {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < FIELDS_LIMIT; i++) {
            String line = line(in);
            if (line.isEmpty()) {
                return fields;
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
                fields.putIfAbsent(name, line.substring(colon + 1).strip());
            }
        }
        throw new IOException("the reply has more than " + FIELDS_LIMIT + " header fields");
    }

    private static String body(InputStream in, Map<String, String> fields) throws IOException {
        byte[] body;
        if (fields.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            body = chunks(in);
        } else if (fields.containsKey("content-length")) {
            int length = size(fields.get("content-length"), 10);
            body = exactly(in, length);
        } else {
            body = in.readNBytes(BODY_LIMIT + 1);
            size(Integer.toString(body.length), 10);
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            int size = size(line(in).split(";", 2)[0].strip(), 16);
            size(Integer.toString(all.size() + size), 10);
            if (size == 0) {
                return all.toByteArray(); // trailers say nothing about an address
            }
            all.write(exactly(in, size));
            line(in);
        }
    }

    private static int size(String digits, int radix) throws IOException {
        int size;
        try {
            size = Integer.parseUnsignedInt(digits, radix);
        } catch (NumberFormatException e) {
            throw new IOException("the reply's length is no number", e);
        }
        if (size < 0 || size > BODY_LIMIT) {
            throw new IOException("the reply is longer than " + BODY_LIMIT + " octets");
        }
        return size;
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] all = in.readNBytes(length);
        if (all.length < length) {
            throw new EOFException("the reply was cut short");
        }
        return all;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the reply was cut short");
            }
            if (line.size() == LINE_LIMIT) {
                throw new IOException(
                        "the reply has a line of more than " + LINE_LIMIT + " octets");
            }
            line.write(c);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}

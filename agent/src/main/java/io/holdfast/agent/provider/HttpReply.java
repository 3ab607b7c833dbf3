package io.holdfast.agent.provider;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A whole reply of an HTTP/1 server (RFC 9112).
///
/// @param status 200 to 999
/// @param headers by lower-case name; of repeated ones the first
/// @param body as UTF-8, bounded
record HttpReply(int status, Map<String, String> headers, String body) {
    /// An update reply is a line or a few; whatever is longer is none.
    static final int LONGEST_BODY = 16_384;

    private static final int LONGEST_HEAD = 16_384;
    private static final int MOST_INTERIM = 5;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})( .*)?");

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /// Reads one reply to its end: by its length, by its chunks, or until the server closes.
    ///
    /// @throws EOFException if it ends before it is whole
    /// @throws IOException if it is no HTTP/1 reply or too long
    static HttpReply read(InputStream in) throws IOException {
        for (int interim = 0; interim <= MOST_INTERIM; interim++) {
            Matcher statusLine = STATUS_LINE.matcher(line(in, LONGEST_HEAD));
            if (!statusLine.matches()) {
                throw new IOException("what came is no HTTP reply");
            }
            int status = Integer.parseInt(statusLine.group(1));
            Map<String, String> headers = headers(in);
            if (status >= 200) {
                return new HttpReply(status, headers, body(in, status, headers));
            }
        }
        throw new IOException("interim replies without end");
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        int left = LONGEST_HEAD;
        while (true) {
            String line = line(in, left);
            left -= line.length() + 2;
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
    }

    private static String body(InputStream in, int status, Map<String, String> headers)
            throws IOException {
        if (status == 204 || status == 304) {
            return "";
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            int chunk = chunkLength(line(in, LONGEST_HEAD));
            while (chunk > 0) {
                copy(in, body, chunk);
                line(in, LONGEST_HEAD);
                chunk = chunkLength(line(in, LONGEST_HEAD));
            }
        } else if (headers.containsKey("content-length")) {
            copy(in, body, number(headers.getOrDefault("content-length", ""), 10));
        } else {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                take(body, octet);
            }
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private static void copy(InputStream in, ByteArrayOutputStream body, int length)
            throws IOException {
        for (int i = 0; i < length; i++) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException("the reply was cut short");
            }
            take(body, octet);
        }
    }

    private static void take(ByteArrayOutputStream body, int octet) throws IOException {
        if (body.size() == LONGEST_BODY) {
            throw new IOException("the reply is longer than " + LONGEST_BODY + " octets");
        }
        body.write(octet);
    }

    private static int chunkLength(String line) throws IOException {
        int extension = line.indexOf(';');
        return number(extension < 0 ? line : line.substring(0, extension), 16);
    }

    private static int number(String text, int radix) throws IOException {
        try {
            int number = Integer.parseInt(text.strip(), radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException none) {
            throw new IOException("what came is no HTTP reply: length " + text, none);
        }
        throw new IOException("what came is no HTTP reply: length " + text);
    }

    private static String line(InputStream in, int longest) throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException("closed without a whole reply");
            }
            if (octet == '\n') {
                int length = line.length();
                if (length > 0 && line.charAt(length - 1) == '\r') {
                    line.setLength(length - 1);
                }
                return line.toString();
            }
            if (line.length() >= longest) {
                throw new IOException("the reply's head is longer than " + LONGEST_HEAD);
            }
            line.append((char) octet);
        }
    }
}

package io.holdfast.agent.http;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// One request of HTTP/1.1 (RFC 9112), on a connection that ends with it.
///
/// @param method as in `GET`
/// @param uri `http` or `https` with a host; its path and query are sent as they stand
/// @param headers in the order in which they are sent, without line ends; `Host`, `Connection` and
///   the body's length come by themselves
/// @param body empty as a rule
public record HttpRequest(String method, URI uri, Map<String, String> headers, String body) {
    public HttpRequest {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("a request to no host");
        }
        headers.forEach(HttpRequest::checkOneLine);
        checkOneLine("method", method);
    }

    /// Reads something and changes nothing, or is said in the query.
    public static HttpRequest get(URI uri) {
        return new HttpRequest("GET", uri, Map.of(), "");
    }

    /// The same with one more header, behind those that it has.
    public HttpRequest with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpRequest(method, uri, more, body);
    }

    private static void checkOneLine(String what, String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " has control characters");
        }
    }

    boolean isSecure() {
        return "https".equals(uri.getScheme().toLowerCase(Locale.ROOT));
    }

    /// Without the brackets of an IPv6 address.
    String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    int port() {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return isSecure() ? 443 : 80;
    }

    /// As it goes over the wire. User and password in the URI do not.
    byte[] octets() {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder();
        head.append(method).append(' ');
        head.append(uri.getRawPath().isEmpty() ? "/" : uri.getRawPath());
        if (uri.getRawQuery() != null) {
            head.append('?').append(uri.getRawQuery());
        }
        head.append(" HTTP/1.1\r\nHost: ").append(uri.getHost());
        if (uri.getPort() >= 0) {
            head.append(':').append(uri.getPort());
        }
        head.append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (content.length > 0) {
            head.append("Content-Length: ").append(content.length).append("\r\n");
        }
        head.append("Connection: close\r\n\r\n");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        all.writeBytes(content);
        return all.toByteArray();
    }
}

package io.holdfast.service.dyndns;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// How a client says who it is: in an `Authorization` header that is `Bearer`, `Token` or `Basic`
/// and holds a secret, or else in parameters.
///
/// A form that names no user is taken to speak for the first host of the request.
sealed interface Credential {
    /// Nothing was said; the ordinary first half of a challenge.
    record Absent() implements Credential {}

    /// There is an `Authorization` header that nobody can read.
    record Unreadable(String reason) implements Credential {}

    record Presented(String user, String secret) implements Credential {
        @Override
        public String toString() {
            return "Presented[" + user + "]";
        }
    }

    static Credential of(UpdateRequest request) {
        Parameters parameters = request.parameters();
        Credential inHeader = new Absent();
        for (String header : request.authorization()) {
            inHeader = fromHeader(header.strip(), parameters);
            if (inHeader instanceof Presented) {
                return inHeader;
            }
        }
        // Devices send an empty Authorization, or one for somebody else, beside their real secret.
        Optional<String> secret = parameters.first("password", "pass", "token", "key");
        return secret.isPresent() ? new Presented(user(parameters), secret.get()) : inHeader;
    }

    private static Credential fromHeader(String header, Parameters parameters) {
        if (header.isEmpty()) {
            return new Absent();
        }
        int blank = header.indexOf(' ');
        String scheme = (blank < 0 ? header : header.substring(0, blank)).toLowerCase(Locale.ROOT);
        String rest = blank < 0 ? "" : header.substring(blank + 1).strip();
        return switch (scheme) {
            case "basic" -> rest.isEmpty() ? new Absent() : basic(rest, parameters);
            case "bearer", "token" ->
                    rest.isEmpty() ? new Absent() : new Presented(user(parameters), rest);
            default -> new Unreadable("only Basic, Bearer and Token authorization are understood");
        };
    }

    /// RFC 7617 §2: the user ends at the first colon. An empty secret is none: there is nothing to
    /// compare, and nothing to count.
    private static Credential basic(String encoded, Parameters parameters) {
        String pair;
        try {
            pair = text(Base64.getDecoder().decode(encoded));
        } catch (IllegalArgumentException notBase64) {
            return new Unreadable("the Basic credentials are not base64");
        }
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return new Unreadable("the Basic credentials have no colon between user and secret");
        }
        String user = pair.substring(0, colon);
        String secret = pair.substring(colon + 1);
        if (secret.isBlank()) {
            return new Absent();
        }
        return new Presented(user.isBlank() ? user(parameters) : user, secret);
    }

    /// UTF-8, and where it cannot be that, ISO 8859-1, which old clients send (RFC 7617 §2 leaves
    /// it open).
    private static String text(byte[] octets) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(octets, StandardCharsets.ISO_8859_1);
        }
    }

    private static String user(Parameters parameters) {
        return parameters
                .first("username", "user")
                .or(() -> HostList.given(parameters).map(hosts -> hosts.values().getFirst()))
                .orElse("");
    }
}

package io.holdfast.service.dyndns;

import io.holdfast.service.account.Gate;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// How a client says who it is: in `Authorization` headers that are `Bearer`, `Token` or `Basic`
/// and hold a secret, and in parameters. Devices send an empty header, or one that is for somebody
/// else, beside their real secret; so all that a request presents is looked at, the headers first.
///
/// A form that names no user is taken to speak for the first host of the request.
sealed interface Credential {
    /// How many secrets of one request are looked at.
    int MOST = 4;

    /// Parameters that hold one.
    List<String> SECRETS = List.of("password", "pass", "token", "key");

    /// Nothing was said; the ordinary first half of a challenge.
    record Absent() implements Credential {}

    /// There is an `Authorization` header that nobody can read.
    record Unreadable(String reason) implements Credential {}

    /// @param anyOf at least one and at most [#MOST], each different, in the order of the request
    record Presented(List<Gate.Presented> anyOf) implements Credential {}

    static Credential of(UpdateRequest request) {
        Parameters parameters = request.parameters();
        Set<Gate.Presented> presented = new LinkedHashSet<>();
        Credential otherwise = new Absent();
        for (String header : request.authorization()) {
            switch (fromHeader(header.strip(), parameters)) {
                case Presented(var these) -> presented.addAll(these);
                case Unreadable unreadable -> otherwise = unreadable;
                case Absent _ -> {}
            }
        }
        for (String name : SECRETS) {
            parameters
                    .first(name)
                    .ifPresent(
                            secret -> presented.add(new Gate.Presented(user(parameters), secret)));
        }
        return presented.isEmpty()
                ? otherwise
                : new Presented(presented.stream().limit(MOST).toList());
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
                    rest.isEmpty() ? new Absent() : presented(user(parameters), rest);
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
        return presented(user.isBlank() ? user(parameters) : user, secret);
    }

    private static Presented presented(String user, String secret) {
        return new Presented(List.of(new Gate.Presented(user, secret)));
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

package io.holdfast.service.dyndns;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// How a client says who it is. The forms, in the order in which they count: `Authorization:
/// Bearer` or `Token`, `Authorization: Basic`, parameters.
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
        if (request.authorization().isPresent()) {
            return fromHeader(request.authorization().get().strip(), parameters);
        }
        Optional<String> secret = parameters.first("password", "pass", "token", "key");
        return secret.isPresent() ? new Presented(user(parameters), secret.get()) : new Absent();
    }

    private static Credential fromHeader(String header, Parameters parameters) {
        int blank = header.indexOf(' ');
        String scheme = (blank < 0 ? header : header.substring(0, blank)).toLowerCase(Locale.ROOT);
        String rest = blank < 0 ? "" : header.substring(blank + 1).strip();
        if (rest.isEmpty()) {
            return new Unreadable("the Authorization header holds no credentials");
        }
        return switch (scheme) {
            case "basic" -> basic(rest, parameters);
            case "bearer", "token" -> new Presented(user(parameters), rest);
            default -> new Unreadable("only Basic, Bearer and Token authorization are understood");
        };
    }

    /// RFC 7617 §2: the user ends at the first colon. Octets that are not UTF-8 are tolerated; they
    /// match nothing.
    private static Credential basic(String encoded, Parameters parameters) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return new Unreadable("the Basic credentials are not base64");
        }
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return new Unreadable("the Basic credentials have no colon between user and secret");
        }
        String user = colon == 0 ? user(parameters) : pair.substring(0, colon);
        return new Presented(user, pair.substring(colon + 1));
    }

    private static String user(Parameters parameters) {
        return parameters
                .first("username", "user")
                .or(() -> HostList.given(parameters).map(hosts -> hosts.values().getFirst()))
                .orElse("");
    }
}

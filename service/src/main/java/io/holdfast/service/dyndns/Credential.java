package io.holdfast.service.dyndns;

import io.holdfast.service.account.Gate;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How a client says who it is: in `Authorization` headers that are `Bearer`, `Token` or `Basic`
/// and hold a secret, and in parameters. Devices send an empty header, or one that is for somebody
/// else, beside their real secret; so all that a request presents is looked at, the headers first.
///
/// Forms demand a user name where a secret is all that is needed, and people type anything there.
/// So a secret is compared with that of the user given with it, of the user in the parameters, and
/// of each user that the dialect knows besides, such as the hosts that the request names.
public sealed interface Credential {
    /// How many secrets of one request are looked at.
    int MOST = 4;

    /// Parameters that hold one.
    List<String> SECRETS = List.of("password", "pass", "token", "key");

    /// Parameters that hold a user.
    List<String> USERS = List.of("username", "user");

    /// RFC 9110 §11.4 has one space after the scheme, RFC 7235 §2.1 had several; a tab comes, too.
    Pattern BLANKS = Pattern.compile("[ \\t]+");

    /// Nothing was said; the ordinary first half of a challenge.
    record Absent() implements Credential {}

    /// There is an `Authorization` header that nobody can read.
    record Unreadable(String reason) implements Credential {}

    /// @param anyOf at least one and at most [#MOST], each different, in the order of the request
    record Presented(List<Gate.Presented> anyOf) implements Credential {}

    /// @param user empty if none was given with it
    record Secret(String user, String secret) {
        @Override
        public String toString() {
            return "Secret of " + user;
        }
    }

    /// @param authorization the `Authorization` headers
    /// @param besides whose secret it may be, too
    static Credential of(List<String> authorization, Parameters parameters, List<String> besides) {
        List<Secret> secrets = new ArrayList<>();
        Credential otherwise = new Absent();
        for (String header : authorization) {
            switch (fromHeader(header.strip())) {
                case Header.Holds(var secret) -> secrets.add(secret);
                case Header.Unclear(var reason) -> otherwise = new Unreadable(reason);
                case Header.Empty _ -> {}
            }
        }
        for (String name : SECRETS) {
            parameters.first(name).ifPresent(secret -> secrets.add(new Secret("", secret)));
        }
        return secrets.isEmpty()
                ? otherwise
                : new Presented(presented(secrets, parameters, besides));
    }

    /// What one header says.
    sealed interface Header {
        record Holds(Secret secret) implements Header {}

        record Unclear(String reason) implements Header {}

        record Empty() implements Header {}
    }

    private static Header fromHeader(String header) {
        if (header.isEmpty()) {
            return new Header.Empty();
        }
        String[] parts = BLANKS.split(header, 2);
        String rest = parts.length == 2 ? parts[1] : "";
        return switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "basic" -> rest.isEmpty() ? new Header.Empty() : basic(rest);
            case "bearer", "token" ->
                    rest.isEmpty() ? new Header.Empty() : new Header.Holds(new Secret("", rest));
            default ->
                    new Header.Unclear("only Basic, Bearer and Token authorization are understood");
        };
    }

    /// RFC 7617 §2: the user ends at the first colon. An empty secret is none: there is nothing to
    /// compare, and nothing to count.
    private static Header basic(String encoded) {
        String pair;
        try {
            pair = text(Base64.getDecoder().decode(encoded));
        } catch (IllegalArgumentException notBase64) {
            return new Header.Unclear("the Basic credentials are not base64");
        }
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return new Header.Unclear(
                    "the Basic credentials have no colon between user and secret");
        }
        String secret = pair.substring(colon + 1);
        return secret.isBlank()
                ? new Header.Empty()
                : new Header.Holds(new Secret(pair.substring(0, colon), secret));
    }

    private static List<Gate.Presented> presented(
            List<Secret> secrets, Parameters parameters, List<String> besides) {
        Map<String, Set<String>> users = new LinkedHashMap<>();
        for (Secret one : secrets) {
            users.computeIfAbsent(one.secret(), _ -> new LinkedHashSet<>()).add(one.user());
        }
        List<String> others = new ArrayList<>();
        USERS.forEach(name -> parameters.first(name).ifPresent(others::add));
        others.addAll(besides);
        return users.entrySet().stream()
                .limit(MOST)
                .map(entry ->
                        new Gate.Presented(
                                Stream.concat(entry.getValue().stream(), others.stream())
                                        .filter(user -> !user.isBlank())
                                        .distinct()
                                        .toList(),
                                entry.getKey()))
                .toList();
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
}

package io.holdfast.service.store;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a PostgreSQL database is, and who the service is there.
///
/// @param url `postgresql://host[:port][,host2[:port]]/database[?sslmode=...&sslrootcert=...]`
/// @param passwordFile read anew for each connection; empty where the server asks for no password
public record PostgresqlAddress(String url, String user, Optional<Path> passwordFile) {
    public static final String USUAL_USER = "holdfast";

    private static final String SCHEME = "postgresql://";
    private static final int USUAL_PORT = 5432;
    private static final int MOST_PORT = 65_535;
    private static final Pattern URL =
            Pattern.compile(SCHEME + "([^/?]*)/([^/?]+)(?:\\?(.*))?", Pattern.DOTALL);
    private static final Pattern SERVER =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\[\\]:@\\s]+)(?::([0-9]{1,5}))?");
    private static final Set<String> PARAMETERS = Set.of("sslmode", "sslrootcert");

    /// @throws IllegalArgumentException saying how to write it
    public PostgresqlAddress {
        if (user.isBlank()) {
            throw new IllegalArgumentException("write the name of a role of the database");
        }
        check(url);
    }

    /// @throws IllegalArgumentException saying how to write it
    public static String check(String url) {
        servers(url);
        parameters(url);
        return url;
    }

    record Server(String host, int port) {}

    List<Server> servers() {
        return servers(url);
    }

    String database() {
        return URLDecoder.decode(parts(url).group(2), StandardCharsets.UTF_8);
    }

    /// How the connection is secured, in the words of PostgreSQL.
    Map<String, String> parameters() {
        return parameters(url);
    }

    private static Matcher parts(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "write \"sqlite\", or such as \"postgresql://db.example:5432/holdfast\"");
        }
        return parts;
    }

    private static List<Server> servers(String url) {
        String all = parts(url).group(1);
        if (all.contains("@")) {
            throw new IllegalArgumentException(
                    "write user and password as store-user and store-password-file, not in store");
        }
        List<Server> servers = new ArrayList<>();
        for (String one : all.split(",", -1)) {
            Matcher server = SERVER.matcher(one);
            int port = USUAL_PORT;
            if (server.matches() && server.group(2) != null) {
                port = Integer.parseInt(server.group(2));
            }
            if (!server.matches() || port == 0 || port > MOST_PORT) {
                throw new IllegalArgumentException(
                        "\"" + one + "\" is no server; write a host, or a host and its port");
            }
            servers.add(new Server(server.group(1), port));
        }
        return servers;
    }

    private static Map<String, String> parameters(String url) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String all = parts(url).group(3);
        for (String one : all == null ? List.<String>of() : List.of(all.split("&"))) {
            int equals = one.indexOf('=');
            String name = equals < 0 ? one : one.substring(0, equals);
            if (equals < 0 || !PARAMETERS.contains(name)) {
                throw new IllegalArgumentException(
                        "\""
                                + one
                                + "\" is not known after the \"?\"; known: sslmode, sslrootcert");
            }
            String value = one.substring(equals + 1);
            parameters.put(name, URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return parameters;
    }

    @Override
    public String toString() {
        return url;
    }
}

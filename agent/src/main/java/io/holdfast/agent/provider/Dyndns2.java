package io.holdfast.agent.provider;

import io.holdfast.agent.http.HttpClient;
import io.holdfast.agent.http.HttpOptions;
import io.holdfast.agent.http.HttpOutcome;
import io.holdfast.agent.http.HttpReply;
import io.holdfast.agent.http.HttpRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;

/// Speaks dyndns2 (update-protocol.md §1): one GET for one name, one line back.
final class Dyndns2 implements Provider {
    private static final String USER = "user";
    private static final String PASSWORD = "password";

    /// What it wants to know besides the name.
    static final List<Setting> SETTINGS =
            List.of(
                    Setting.required(USER, "the name that the provider knows you by")
                            .checkedBy(Dyndns2::withoutColon),
                    Setting.secret(PASSWORD, "the secret that the provider gave you"));

    private final HttpClient http;
    private final String path;
    private final String agent;
    private final InstantSource clock;

    /// @param path where the server takes updates, unless its URL has a path of its own
    /// @param agent our `User-Agent`
    /// @param clock for a `Retry-After` that names a time of day
    Dyndns2(HttpClient http, String path, String agent, InstantSource clock) {
        this.http = http;
        this.path = path;
        this.agent = agent;
        this.clock = clock;
    }

    @Override
    public ProviderReply send(Host host, Addresses addresses) {
        HttpRequest request =
                HttpRequest.get(uri(host, addresses))
                        .with("Authorization", basic(host.settings()))
                        .with("User-Agent", agent)
                        .with("Accept", "text/plain, */*;q=0.1");
        return switch (http.send(request, HttpOptions.USUAL)) {
            case HttpOutcome.Replied(HttpReply reply, _) ->
                    new Dyndns2Reply(addresses, clock.instant()).read(reply);
            case HttpOutcome.NotSent(HttpOutcome.Obstacle obstacle, String detail) ->
                    new ProviderReply.NotSent(
                            detail,
                            switch (obstacle) {
                                case NO_ADDRESS, NO_CONNECTION -> Pause.UNREACHABLE;
                                case NO_TRUST -> Pause.FAILING;
                            });
            case HttpOutcome.Unknown(boolean timedOut, String detail) ->
                    timedOut
                            ? new ProviderReply.Unconfirmed(detail, Pause.FAILING)
                            : new ProviderReply.Unconfirmed(
                                    "the connection broke before a reply (" + detail + ")",
                                    Pause.CONNECTION_LOST);
        };
    }

    private URI uri(Host host, Addresses addresses) {
        String own = host.server().getRawPath();
        String query =
                "?hostname="
                        + URLEncoder.encode(host.name(), StandardCharsets.UTF_8)
                        + "&myip="
                        + addresses; // letters, digits, dots, colons and a comma stand in a query
        return URI.create(
                host.server().getScheme()
                        + "://"
                        + host.server().getRawAuthority()
                        + (own.isEmpty() || own.equals("/") ? path : own)
                        + query);
    }

    /// RFC 7617 section 2: the colon ends the user.
    private static String withoutColon(String user) {
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "user has a colon, which HTTP Basic cannot carry; write the name alone");
        }
        return user;
    }

    private static String basic(Settings settings) {
        byte[] pair =
                (settings.get(USER) + ":" + settings.get(PASSWORD))
                        .getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}

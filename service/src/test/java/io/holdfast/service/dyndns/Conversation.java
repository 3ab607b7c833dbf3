package io.holdfast.service.dyndns;

import io.holdfast.service.KnownCredentials;
import io.holdfast.service.KnownHostNames;
import io.holdfast.service.RememberingDoor;
import io.holdfast.service.change.RefusedUpdates;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The dialects between a gate and a door made for tests; requests as text, answers as text.
final class Conversation {
    static final String HOME = "203.0.113.99";
    static final String HOME_IPV6 = "2001:db8::99";

    final KnownCredentials gate = new KnownCredentials();
    final RememberingDoor door = new RememberingDoor();
    final RefusedUpdates refused =
            new RefusedUpdates(
                    name -> !name.toString().startsWith("x"),
                    () -> Instant.parse("2026-11-22T12:00:00Z"));
    private final Dialects dialects = Dialects.all(new KnownHostNames());
    private final HttpUpdates updates =
            new HttpUpdates(dialects, gate, door, Set.of("BadBot/1.0"), refused);

    private String source = HOME;
    private String agent = "ddclient/3.10.0";
    private String method = "GET";
    private boolean clientIsKnown = true;

    Conversation from(String address) {
        source = address;
        return this;
    }

    /// From a trusted proxy that does not say for whom.
    Conversation fromASilentProxy() {
        clientIsKnown = false;
        return this;
    }

    Conversation agent(String name) {
        agent = name;
        return this;
    }

    Conversation method(String name) {
        method = name;
        return this;
    }

    /// What alice is answered.
    Reply alice(String query) {
        return basic("alice:s3cret", query);
    }

    Reply basic(String userAndSecret, String query) {
        byte[] octets = userAndSecret.getBytes(StandardCharsets.UTF_8);
        return ask(Optional.of("Basic " + Base64.getEncoder().encodeToString(octets)), query);
    }

    Reply ask(Optional<String> authorization, String query) {
        UpdateRequest request =
                new UpdateRequest(
                        method,
                        "/nic/update",
                        Parameters.of(query),
                        name ->
                                switch (name) {
                                    case "Authorization" -> authorization.stream().toList();
                                    case "User-Agent" -> List.of(agent);
                                    default -> List.of();
                                },
                        "",
                        new Source(InetAddress.ofLiteral(source), clientIsKnown));
        return updates.answer(dialects.of(request).orElseThrow(), request).join();
    }

    /// `200 good 192.0.2.7 / nohost`: status, and the lines of the body.
    static String text(Reply reply) {
        return reply.status() + " " + reply.body().strip().replace("\n", " / ");
    }

    static String reason(Reply reply) {
        return reply.headers().getOrDefault(Reply.REASON, "");
    }
}

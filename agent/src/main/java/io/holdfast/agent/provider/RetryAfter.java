package io.holdfast.agent.provider;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// The `Retry-After` header in both its forms, seconds and a date (RFC 9110 §10.2.3).
final class RetryAfter {
    private RetryAfter() {}

    /// The pause it names; empty if there is none or nobody can read it.
    static Optional<Pause> of(HttpReply reply, Instant now) {
        return reply.header("retry-after").flatMap(text -> pause(text.strip(), now));
    }

    private static Optional<Pause> pause(String text, Instant now) {
        if (text.matches("\\d{1,9}")) {
            return Optional.of(Pause.named(Duration.ofSeconds(Long.parseLong(text))));
        }
        try {
            Instant end = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
            return Optional.of(Pause.named(Duration.between(now, end)));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}

package io.holdfast.agent.provider;

import io.holdfast.agent.http.HttpReply;
import java.time.Instant;
import java.util.Optional;

/// The `Retry-After` header as a pause.
final class RetryAfter {
    private RetryAfter() {}

    /// The pause it names; empty if there is none or nobody can read it.
    ///
    /// @param now for a date from a server that does not say its own time
    static Optional<Pause> of(HttpReply reply, Instant now) {
        return reply.retryAfter(now).map(Pause::named);
    }
}

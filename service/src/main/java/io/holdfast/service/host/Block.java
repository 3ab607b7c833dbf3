package io.holdfast.service.host;

import io.holdfast.runtime.StoredTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Why updates of a host are refused. Its address stays in DNS: a block is about load, not content.
///
/// @param until when it ends by itself; empty if only the operator ends it
public record Block(Cause cause, Instant since, Optional<Instant> until) {
    public enum Cause {
        /// Too many updates that changed nothing.
        NEEDLESS_UPDATES,
        /// Too many changes.
        TOO_MANY_CHANGES,
        /// The operator said so.
        OPERATOR
    }

    /// One that was given while the clock was ahead is over: its end lies further ahead than it was
    /// to last.
    public boolean isInForce(Instant now) {
        return until.isEmpty()
                || !StoredTime.isOver(until.get(), now, Duration.between(since, until.get()));
    }
}

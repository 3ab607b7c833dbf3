package io.holdfast.service.account;

import io.holdfast.runtime.StoredTime;
import java.time.Duration;
import java.time.Instant;

/// The secret that a host or an account had before its present one. It is good beside that until
/// that is used for the first time, or until a time.
///
/// @param owner the id of the host or account
/// @param since when it got its successor
public record FormerSecret(long owner, HashedSecret secret, Instant since, Instant until) {
    /// The longest a former secret may be good.
    public static final Duration LONGEST = Duration.ofDays(90);

    /// Whether it is this secret, and still good.
    boolean proves(HashedSecret presented, Instant now) {
        boolean matches = secret.matches(presented);
        return matches && isGood(now);
    }

    /// By a clock that was set back it is good no longer than it was to be.
    public boolean isGood(Instant now) {
        Duration overlap = Duration.between(since, until);
        Duration longest = overlap.compareTo(LONGEST) < 0 ? overlap : LONGEST;
        return !StoredTime.isOver(until, now, longest);
    }
}

package io.holdfast.service.account;

import io.holdfast.runtime.StoredTime;
import java.time.Duration;
import java.time.Instant;

/// The secret that a host or an account had before its present one. It is good beside that until
/// that is used for the first time, or until a time.
///
/// @param owner the id of the host or account
public record FormerSecret(long owner, HashedSecret secret, Instant until) {
    /// The longest a former secret may be good.
    public static final Duration LONGEST = Duration.ofDays(90);

    /// Whether it is this secret, and still good.
    boolean proves(HashedSecret presented, Instant now) {
        boolean matches = secret.matches(presented);
        return matches && isGood(now);
    }

    /// Not where a clock that was ahead said when it ends.
    public boolean isGood(Instant now) {
        return !StoredTime.isOver(until, now, LONGEST);
    }
}

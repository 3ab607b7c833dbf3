package io.holdfast.service.host;

import io.holdfast.runtime.StoredTime;
import java.time.Duration;
import java.time.Instant;

/// A leaky bucket of things in hand, held as one instant: when it will be full again.
///
/// Taking one moves that instant one refill further; it may be at most `capacity` refills away. So
/// nothing has to tick, and a stored bucket refills while nobody looks.
///
/// @param fullAgainAt any time in the past for a full bucket
public record Bucket(Instant fullAgainAt) {
    public static final Bucket FULL = new Bucket(Instant.EPOCH);

    /// How many are in hand, 0 to `capacity`.
    ///
    /// @param refill how long until one comes back, more than zero
    public int level(Instant now, int capacity, Duration refill) {
        long missing = Math.ceilDiv(missing(now, capacity, refill).toMillis(), refill.toMillis());
        return Math.toIntExact(Math.max(0, capacity - missing));
    }

    boolean isEmpty(Instant now, int capacity, Duration refill) {
        return missing(now, capacity, refill).plus(refill).compareTo(refill.multipliedBy(capacity))
                > 0;
    }

    /// The bucket after one was taken. Not for an empty one.
    Bucket take(Instant now, int capacity, Duration refill) {
        return new Bucket(now.plus(missing(now, capacity, refill)).plus(refill));
    }

    /// More can be missing than fits only if the clock was set back or the capacity lowered.
    /// Neither is the client's doing: it starts with a full bucket.
    private Duration missing(Instant now, int capacity, Duration refill) {
        return StoredTime.left(fullAgainAt, now, refill.multipliedBy(capacity));
    }
}

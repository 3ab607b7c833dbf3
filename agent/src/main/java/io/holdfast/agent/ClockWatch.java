package io.holdfast.agent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// Notices that the clock and the time that passed are no longer the same: the clock was set, or
/// the machine slept, during which waits stand still (Linux's CLOCK_MONOTONIC).
final class ClockWatch {
    /// A clock that is only corrected stays below this from one look to the next.
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private Instant lastClock;
    private long lastNanos;

    /// @param nanoTime as [System#nanoTime]
    ClockWatch(InstantSource clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.lastClock = clock.instant();
        this.lastNanos = nanoTime.getAsLong();
    }

    /// Whether the clock has gone another way than time since the last look.
    boolean jumped() {
        Instant nowClock = clock.instant();
        long nowNanos = nanoTime.getAsLong();
        Duration passed = Duration.ofNanos(nowNanos - lastNanos);
        Duration difference = Duration.between(lastClock, nowClock).minus(passed).abs();
        lastClock = nowClock;
        lastNanos = nowNanos;
        return difference.compareTo(TOLERANCE) > 0;
    }
}

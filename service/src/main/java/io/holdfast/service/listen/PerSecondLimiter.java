package io.holdfast.service.listen;

/// A rate limit: so many in each second of the clock, at the most. Safe for any number of threads.
final class PerSecondLimiter {
    private final int most;
    private long second = Long.MIN_VALUE;
    private int taken;

    PerSecondLimiter(int most) {
        this.most = most;
    }

    /// Whether there is one more.
    ///
    /// @param now in seconds, since whenever
    synchronized boolean take(long now) {
        if (now != second) {
            second = now;
            taken = 0;
        }
        if (taken == most) {
            return false;
        }
        taken++;
        return true;
    }
}

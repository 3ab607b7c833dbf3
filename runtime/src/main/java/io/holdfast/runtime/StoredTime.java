package io.holdfast.runtime;

import java.time.Duration;
import java.time.Instant;

/// The one rule for times that outlive the moment in which they were computed: an end of a wait, of
/// a block, of a lock-out, kept on disk or for long in memory.
///
/// The clock that such a time was computed with may have been wrong: a host without a battery
/// starts years ahead and is set right later. So whoever keeps an end of a wait also knows how long
/// waits of its kind can be. An end further ahead than that was not computed with the clock of
/// today, and the wait is over. Otherwise a wrong clock would silence a name for years.
///
/// A clock that is set back by less than that prolongs a wait at most to its longest length. A
/// clock that is kept by NTP is set back by seconds now and then: such a step ends no wait, not
/// even one that began a moment before with its longest length.
public final class StoredTime {
    /// How far ahead of the longest wait an end may lie because of an ordinary step of the clock.
    static final Duration ORDINARY_STEP = Duration.ofMinutes(1);

    private StoredTime() {}

    /// How much of a wait is left.
    ///
    /// @param end when the wait ends, by the clock of the time when it began
    /// @param longest how long a wait of this kind can be
    /// @return zero if it is over, never more than `longest`
    public static Duration left(Instant end, Instant now, Duration longest) {
        Duration left = Duration.between(now, end);
        if (!left.isPositive() || left.compareTo(longest.plus(ORDINARY_STEP)) > 0) {
            return Duration.ZERO;
        }
        return left.compareTo(longest) < 0 ? left : longest;
    }

    /// Whether a wait is over: [#left] is zero.
    public static boolean isOver(Instant end, Instant now, Duration longest) {
        return left(end, now, longest).isZero();
    }
}

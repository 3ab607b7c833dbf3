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
/// A clock that is set back by less than that prolongs a wait at most to its longest length.
public final class StoredTime {
    private StoredTime() {}

    /// How much of a wait is left.
    ///
    /// @param end when the wait ends, by the clock of the time when it began
    /// @param longest how long a wait of this kind can be
    /// @return zero if it is over, never more than `longest`
    public static Duration left(Instant end, Instant now, Duration longest) {
        if (!end.isAfter(now) || end.isAfter(now.plus(longest))) {
            return Duration.ZERO;
        }
        return Duration.between(now, end);
    }

    /// Whether a wait is over: [#left] is zero.
    public static boolean isOver(Instant end, Instant now, Duration longest) {
        return left(end, now, longest).isZero();
    }
}

package io.holdfast.service.host;

import java.time.Duration;

/// How often a host may be updated before it is blocked.
///
/// @param unchangedAllowed needless updates in hand; one comes back each hour
/// @param unchangedGrace a repeat this soon after a change is not counted; 0 counts at once
/// @param changedAllowed real changes in hand; one comes back each minute; 0 sets no limit
public record AbuseLimits(int unchangedAllowed, Duration unchangedGrace, int changedAllowed) {
    static final Duration UNCHANGED_REFILL = Duration.ofHours(1);
    static final Duration CHANGED_REFILL = Duration.ofMinutes(1);

    /// More in hand than this is no limit at all.
    private static final int MOST_ALLOWED = 1_000_000;

    private static final Duration LONGEST_GRACE = Duration.ofDays(1);

    /// 12 needless updates, five minutes of grace, 60 changes.
    public static final AbuseLimits DEFAULT = new AbuseLimits(12, Duration.ofMinutes(5), 60);

    /// @throws IllegalArgumentException naming the value that is out of range
    public AbuseLimits {
        requireCount("unchanged-allowed", unchangedAllowed);
        requireCount("changed-allowed", changedAllowed);
        if (unchangedGrace.isNegative() || unchangedGrace.compareTo(LONGEST_GRACE) > 0) {
            throw new IllegalArgumentException("unchanged-grace is \"0s\" to \"1d\"");
        }
    }

    private static void requireCount(String what, int count) {
        if (count < 0 || count > MOST_ALLOWED) {
            throw new IllegalArgumentException(what + " is 0 to " + MOST_ALLOWED);
        }
    }
}

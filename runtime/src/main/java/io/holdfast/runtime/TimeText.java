package io.holdfast.runtime;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The one way in which a time is told, to people and in JSON: ISO 8601, in UTC, to the second.
public final class TimeText {
    private TimeText() {}

    /// `2026-11-20T12:00:00Z`.
    public static String of(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}

package io.holdfast.agent;

import java.time.Duration;

/// Durations as people say them.
final class DurationText {
    private DurationText() {}

    /// Rounded to what matters, as in `10 min`.
    static String of(Duration duration) {
        if (duration.toDays() >= 2) {
            return duration.toDays() + " days";
        }
        if (duration.toHours() >= 2) {
            return duration.toHours() + " h";
        }
        if (duration.toMinutes() >= 2) {
            return duration.toMinutes() + " min";
        }
        return Math.max(1, duration.toSeconds()) + " s";
    }
}

package io.holdfast.service.admin;

import io.holdfast.dns.HostName;
import io.holdfast.dns.Name;
import io.holdfast.runtime.TimeText;
import io.holdfast.service.change.AdministrationException;
import io.holdfast.service.change.AdministrationException.Kind;
import java.time.Duration;
import java.time.Instant;

/// Values as operators read and write them: names, places in files, counts, durations, times.
final class OperatorText {
    private OperatorText() {}

    /// A name as updates name hosts, such as `hütte.example`; or any other name.
    static Name name(String text) throws AdministrationException {
        try {
            return HostName.orOther(text);
        } catch (IllegalArgumentException wrong) {
            throw new AdministrationException(Kind.INVALID, String.valueOf(wrong.getMessage()));
        }
    }

    /// `FILE:LINE:COLUMN: `, the form editors jump to.
    static String place(String file, int line, int column) {
        return file + ":" + line + ":" + column + ": ";
    }

    /// `1 host`, `2 hosts`.
    static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /// In the largest unit that says it whole: `7 days`, `90 minutes`.
    static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds > 0 && seconds % 86_400 == 0) {
            return count(seconds / 86_400, "day");
        }
        if (seconds > 0 && seconds % 3_600 == 0) {
            return count(seconds / 3_600, "hour");
        }
        return seconds > 0 && seconds % 60 == 0
                ? count(seconds / 60, "minute")
                : count(seconds, "second");
    }

    /// To the second, in UTC.
    static String time(Instant instant) {
        return TimeText.of(instant);
    }
}

package io.holdfast.service.admin;

import io.holdfast.dns.Name;
import io.holdfast.service.change.AdministrationException;
import io.holdfast.service.change.AdministrationException.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// How values are read from an operator's words, and told in such.
final class Words {
    private Words() {}

    static Name name(String text) throws AdministrationException {
        try {
            return Name.of(text);
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

    /// To the second, in UTC.
    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}

package io.holdfast.service.admin;

import io.holdfast.service.transfer.SecondaryAddress;
import io.holdfast.service.transfer.SecondaryStatus;

/// How far a secondary is, as a line for people.
///
/// ```
/// dyn.example on 192.0.2.53: serial 42 since 2026-11-22T12:00:01Z, current
/// dyn.example on 192.0.2.54:5353: serial 40 since 2026-11-22T11:58:00Z, not 42; does not answer a notification (2026-11-22T12:00:07Z)
/// ```
final class SecondaryText {
    private SecondaryText() {}

    static String of(SecondaryStatus status) {
        StringBuilder line = new StringBuilder();
        line.append(status.zone())
                .append(" on ")
                .append(SecondaryAddress.text(status.server()))
                .append(": ")
                .append(standing(status));
        status.problem()
                .ifPresent(problem ->
                        line.append("; ")
                                .append(problem.what())
                                .append(" (")
                                .append(OperatorText.time(problem.at()))
                                .append(')'));
        return line.toString();
    }

    private static String standing(SecondaryStatus status) {
        if (status.seen().isEmpty()) {
            return "not seen yet to serve it";
        }
        String seen =
                "serial "
                        + Integer.toUnsignedString(status.seen().get().serial())
                        + " since "
                        + OperatorText.time(status.seen().get().at());
        return status.isCurrent()
                ? seen + ", current"
                : seen + ", not " + Integer.toUnsignedString(status.serial());
    }
}

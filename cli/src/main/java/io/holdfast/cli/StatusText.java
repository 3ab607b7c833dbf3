package io.holdfast.cli;

import io.holdfast.agent.NameStatus;
import io.holdfast.agent.NameStatus.FamilyStatus;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/// How the agent's names stand, told to people.
final class StatusText {
    private StatusText() {}

    static List<String> of(List<NameStatus> names) {
        return names.stream().flatMap(name -> of(name).stream()).toList();
    }

    /// The three questions of one name: what do we believe the address is, why, what happens next?
    static List<String> of(NameStatus name) {
        return Stream.of(
                        Stream.of(
                                "%s at %s (%s): %s"
                                        .formatted(
                                                name.name(),
                                                name.provider(),
                                                name.server(),
                                                name.state().word())),
                        name.families().stream().map(StatusText::family),
                        name.warnings().stream().map(warning -> "  WARN  " + warning),
                        Stream.of("  why   " + name.why(), "  next  " + next(name)))
                .flatMap(lines -> lines)
                .toList();
    }

    private static String family(FamilyStatus family) {
        String seen =
                family.seen().orElse("nothing")
                        + (family.how().isEmpty() ? "" : " (" + family.how() + ")");
        String sent =
                family.sent().map(address -> address + ", " + family.answer()).orElse("nothing");
        return "  %s  %s says %s; sent: %s%s"
                .formatted(
                        family.family(),
                        family.source(),
                        seen,
                        sent,
                        family.sentAt()
                                .map(at -> " at " + at.truncatedTo(ChronoUnit.SECONDS))
                                .orElse(""));
    }

    private static String next(NameStatus name) {
        return name.next()
                + name.nextAt()
                        .map(at -> " (" + at.truncatedTo(ChronoUnit.SECONDS) + ")")
                        .orElse("");
    }
}

package io.holdfast.service.admin;

import io.holdfast.net.address.AddressText;
import io.holdfast.runtime.OutsideText;
import io.holdfast.service.change.Explanation;
import io.holdfast.service.change.RefusedUpdates;
import io.holdfast.service.host.Addresses;
import io.holdfast.service.host.Block;
import io.holdfast.service.host.HistoryEntry;
import io.holdfast.service.host.Host;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is known of a host, told to people.
final class HostText {
    private static final int RECENT = 5;

    private HostText() {}

    /// The three questions: what do we believe the address is, why, and what happens next?
    static List<String> explain(Explanation known) {
        Host host = known.host();
        List<String> lines = new ArrayList<>();
        lines.add(host.name() + ", a host of " + known.account() + " in the zone " + known.zone());
        lines.add("What is its address?  " + answered(known));
        lines.add("Why?                  " + why(known));
        lines.add("What happens next?    " + next(known));
        if (!known.refused().isEmpty()) {
            lines.add("What was refused?     newest first");
            known.refused().stream().map(r -> "    " + refused(r)).forEach(lines::add);
        }
        return lines;
    }

    static List<String> show(Explanation known) {
        Host host = known.host();
        List<String> lines = new ArrayList<>();
        lines.add(String.valueOf(host.name()));
        lines.add("  account       " + known.account());
        lines.add("  zone          " + known.zone());
        lines.add("  addresses     " + addresses(host.addresses()));
        lines.add("  ttl           " + known.ttl() + " s");
        lines.add("  added         " + OperatorText.time(host.addedAt()));
        lines.add("  last heard    " + heard(known));
        lines.add("  updates       " + counted(known));
        lines.add(
                "  old secret    "
                        + known.oldSecretUntil()
                                .map(until ->
                                        "good until the new one is used, at most until "
                                                + OperatorText.time(until))
                                .orElse("none"));
        lines.add("  blocked       " + known.block().map(HostText::blocked).orElse("no"));
        lines.add("  history       " + (known.history().isEmpty() ? "none" : "newest first"));
        known.history().stream()
                .limit(RECENT)
                .map(entry -> "    " + happened(entry))
                .forEach(lines::add);
        lines.add("  refused       " + (known.refused().isEmpty() ? "none" : "newest first"));
        known.refused().stream().map(r -> "    " + refused(r)).forEach(lines::add);
        return lines;
    }

    private static String refused(RefusedUpdates.Refused one) {
        String agent = one.origin().agent().isEmpty() ? "" : ", \"" + one.origin().agent() + "\"";
        return "%s: %s%s; by %s from %s%s%s"
                .formatted(
                        OperatorText.time(one.at()),
                        one.code(),
                        one.reason().isEmpty() ? "" : ", " + one.reason(),
                        one.origin().front(),
                        AddressText.of(one.origin().source()),
                        agent,
                        one.times() == 1 ? "" : ", " + one.times() + " times");
    }

    /// Both addresses, or `(no address)`.
    static String addresses(Addresses addresses) {
        String both =
                Stream.of(
                                addresses.ipv4().map(AddressText::of),
                                addresses.ipv6().map(AddressText::of))
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining(" "));
        return both.isEmpty() ? "(no address)" : both;
    }

    private static String answered(Explanation known) {
        Addresses now = known.host().addresses();
        return now.equals(Addresses.NONE)
                ? "It has none: DNS knows the name and answers no A and no AAAA."
                : addresses(now) + ", answered by DNS with a TTL of " + known.ttl() + " s.";
    }

    private static String why(Explanation known) {
        return known.history().stream()
                .filter(entry -> !entry.before().equals(entry.after()))
                .findFirst()
                .map(HostText::happened)
                .orElseGet(() -> unchangedSince(known));
    }

    private static String unchangedSince(Explanation known) {
        String since = "since it was added at " + OperatorText.time(known.host().addedAt()) + ".";
        return known.host().addresses().equals(Addresses.NONE)
                ? "Nobody has sent an update " + since
                : "It has had this address " + since;
    }

    private static String next(Explanation known) {
        if (known.block().isPresent()) {
            return "Updates are answered abuse: "
                    + blocked(known.block().get())
                    + ". The address stays. An operator ends it with: holdfast host unblock "
                    + known.host().name();
        }
        return "The address stays until an update brings another one. " + repeats(known);
    }

    private static String repeats(Explanation known) {
        int left = known.unchangedInHand();
        int allowed = known.limits().unchangedAllowed();
        String next =
                left == 0
                        ? "The next update without a change blocks the host"
                        : OperatorText.count(left, "update")
                                + " without a change may come before the host is blocked";
        return next + (left < allowed ? "; each hour allows one more, up to " + allowed : "") + ".";
    }

    private static String happened(HistoryEntry entry) {
        String agent =
                entry.agent().isEmpty() ? "" : ", \"" + OutsideText.printable(entry.agent()) + "\"";
        return "%s: %s, was %s; by %s from %s%s, answered %s"
                .formatted(
                        OperatorText.time(entry.at()),
                        addresses(entry.after()),
                        addresses(entry.before()),
                        entry.front(),
                        AddressText.of(entry.source()),
                        agent,
                        entry.answered());
    }

    private static String heard(Explanation known) {
        Instant last = known.host().activity().lastContact();
        return last == null ? "never" : OperatorText.time(last);
    }

    private static String counted(Explanation known) {
        var activity = known.host().activity();
        return activity.changes()
                + " changed, "
                + activity.repeats()
                + " unchanged, "
                + activity.refusals()
                + " refused";
    }

    private static String blocked(Block block) {
        String cause =
                switch (block.cause()) {
                    case NEEDLESS_UPDATES -> "too many updates that changed nothing";
                    case TOO_MANY_CHANGES -> "too many changes";
                    case OPERATOR -> "the operator said so";
                };
        return cause
                + ", since "
                + OperatorText.time(block.since())
                + block.until().map(end -> ", until " + OperatorText.time(end)).orElse("");
    }
}

package io.holdfast.agent;

import io.holdfast.agent.address.Family;
import io.holdfast.runtime.OutsideText;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The three questions for one name: what do we believe its address is, why, and what happens next?
///
/// @param provider its id in the catalogue
/// @param server as configured
/// @param why in words, without the name
/// @param next in words
/// @param nextAt when; empty if that does not depend on the time
/// @param warnings in words: what is or will be sent, or is not, and should not stay so
public record NameStatus(
        String name,
        String provider,
        String server,
        State state,
        List<FamilyStatus> families,
        String why,
        String next,
        Optional<Instant> nextAt,
        List<String> warnings) {

    /// More than this is no explanation.
    private static final int LONGEST = 2000;

    public NameStatus {
        warnings = warnings.stream().map(text -> OutsideText.printable(text, LONGEST)).toList();
        families = List.copyOf(families);
        why = OutsideText.printable(why, LONGEST);
        next = OutsideText.printable(next, LONGEST);
    }

    /// The same, with one warning more unless that is empty.
    NameStatus withWarning(String warning) {
        return warning.isEmpty()
                ? this
                : with(nextAt, Stream.concat(warnings.stream(), Stream.of(warning)).toList());
    }

    NameStatus withNextAt(Instant at) {
        return with(Optional.of(at), warnings);
    }

    private NameStatus with(Optional<Instant> at, List<String> warned) {
        return new NameStatus(name, provider, server, state, families, why, next, at, warned);
    }

    /// In one word; the words are for programs as well and do not change.
    public enum State {
        /// Sent, and nothing to do.
        RIGHT,
        /// There is an address to send.
        DUE,
        /// It may have been sent; the DNS is asked.
        UNCONFIRMED,
        /// To be tried again later.
        WAITING,
        /// Not to be tried until a person acts.
        STOPPED,
        /// No address is known.
        NO_ADDRESS;

        /// Lower case, as in `--json`.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// @param source as configured, as in `interface eth0`
    /// @param seen what the source says now; empty if nothing, or if it was not looked at
    /// @param how why that, or why nothing
    /// @param sent what the provider is known to publish
    /// @param sentAt since when we know
    /// @param answer how we know: `good`, `nochg`, or `dns`; empty if never sent
    public record FamilyStatus(
            Family family,
            String source,
            Optional<String> seen,
            String how,
            Optional<String> sent,
            Optional<Instant> sentAt,
            String answer) {
        public FamilyStatus {
            source = OutsideText.printable(source, LONGEST);
            how = OutsideText.printable(how, LONGEST);
            answer = OutsideText.printable(answer);
        }
    }
}

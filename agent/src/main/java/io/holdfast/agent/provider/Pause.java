package io.holdfast.agent.provider;

import java.time.Duration;

/// How long to leave a provider alone: the first time, and at most when it happens again and again.
/// Each pause doubles the one before; the caller adds chance, never less than the pause.
///
/// @param first positive
/// @param longest not below `first`; equal to it when the provider itself named the time
/// @param ends what ends it before its time
public record Pause(Duration first, Duration longest, Ends ends) {
    /// What ends a pause early: whoever stands behind it has to have a say in it.
    public enum Ends {
        /// Nothing: the provider named the time.
        AT_ITS_TIME,
        /// Another address to send: the provider answered, and not to this question.
        WITH_THE_ADDRESS,
        /// Another address, or another way out: it may have been that way that did not lead to the
        /// provider.
        WITH_ADDRESS_OR_ROUTE
    }

    /// Nothing was listening, or there was no way there: costs nobody anything, and is soon over.
    public static final Pause UNREACHABLE =
            new Pause(Duration.ofMillis(250), Duration.ofMinutes(5), Ends.WITH_ADDRESS_OR_ROUTE);

    /// The connection broke before a reply. What was published is asked first, so soon is right.
    public static final Pause CONNECTION_LOST =
            new Pause(Duration.ofSeconds(5), Duration.ofHours(1), Ends.WITH_ADDRESS_OR_ROUTE);

    /// Time-outs, TLS errors, HTTP 5xx and answers nobody understands (update-protocol.md §8).
    public static final Pause FAILING =
            new Pause(Duration.ofMinutes(10), Duration.ofHours(6), Ends.WITH_ADDRESS_OR_ROUTE);

    /// A redirect or a page for people: a hotel's log-in page, or a router's. It is in the way for
    /// as long as somebody takes to log in, so it is looked at again within the hour.
    public static final Pause CAPTIVE_PORTAL =
            new Pause(Duration.ofMinutes(10), Duration.ofHours(1), Ends.WITH_ADDRESS_OR_ROUTE);

    /// The provider says no without a word of the protocol, as with HTTP 429.
    public static final Pause REJECTED =
            new Pause(Duration.ofMinutes(10), Duration.ofHours(6), Ends.WITH_THE_ADDRESS);

    /// `911` and `dnserr`: not before 30 minutes (update-protocol.md §8).
    public static final Pause MAINTENANCE =
            new Pause(Duration.ofMinutes(30), Duration.ofHours(6), Ends.WITH_THE_ADDRESS);

    /// `abuse` without a time: the block is looked at again after a day (update-protocol.md §8).
    public static final Duration BLOCKED = Duration.ofDays(1);

    /// The longest and shortest a provider may name, so that a slip of its pen silences no name.
    public static final Duration LONGEST_NAMED = Duration.ofHours(24);

    static final Duration SHORTEST_NAMED = Duration.ofSeconds(1);

    public Pause {
        if (!first.isPositive() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("pause of " + first + ", at most " + longest);
        }
    }

    /// What the provider asked for, within bounds.
    static Pause named(Duration asked) {
        Duration bounded = asked;
        if (bounded.compareTo(LONGEST_NAMED) > 0) {
            bounded = LONGEST_NAMED;
        }
        if (bounded.compareTo(SHORTEST_NAMED) < 0) {
            bounded = SHORTEST_NAMED;
        }
        return new Pause(bounded, bounded, Ends.AT_ITS_TIME);
    }

    /// The pause after so many failures of this kind in a row.
    ///
    /// @param failures from 1 on
    public Duration after(int failures) {
        Duration pause = first;
        for (int i = 1; i < failures && pause.compareTo(longest) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}

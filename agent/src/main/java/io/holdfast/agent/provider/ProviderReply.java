package io.holdfast.agent.provider;

import java.time.Duration;
import java.util.Optional;

/// What a provider's answer means for one name. Only the first two are success.
public sealed interface ProviderReply {
    /// The name has these addresses now and did not before.
    ///
    /// @param confirmed what the reply vouches for; never empty, maybe fewer than were sent
    record Accepted(Addresses confirmed) implements ProviderReply {}

    /// The name had these addresses already: somebody else sent them, or we did and forgot.
    ///
    /// @param confirmed as for [Accepted]
    record AlreadyRight(Addresses confirmed) implements ProviderReply {}

    /// No, until a person acts.
    ///
    /// @param word what the provider said, as in `badauth`
    /// @param meaning for people, to follow the provider's name: "refused the password"
    /// @param mend what the person can do
    record Refused(String word, String meaning, String mend) implements ProviderReply {}

    /// No to these addresses; others may be taken.
    ///
    /// @param word as for [Refused], and `meaning` and `mend` too
    /// @param instead what is published in their place, if the reply says so
    record AddressRefused(String word, String meaning, String mend, Addresses instead)
            implements ProviderReply {}

    /// The name is blocked for a while.
    ///
    /// @param word as for [Refused], and `meaning` and `mend` too
    /// @param named how long, if the provider said so
    record Blocked(String word, String meaning, String mend, Optional<Duration> named)
            implements ProviderReply {}

    /// What a no holds for.
    enum Scope {
        /// The name, until a person acts.
        NAME,
        /// The addresses that were sent.
        ADDRESS,
        /// The name, for a while.
        A_WHILE
    }

    /// What a word holds for with which a name was stopped; one that is not known holds for the
    /// name.
    static Scope scopeOf(String word) {
        if (word.equals("good") || word.startsWith("HTTP ")) {
            return Scope.ADDRESS; // published another one; a redirect, which once stopped the name
        }
        return ReturnCode.of(word).map(ReturnCode::scope).orElse(Scope.NAME);
    }

    /// Not now, and nothing has changed.
    ///
    /// @param meaning for people, to follow the provider's name: "is out of order (911)"
    record Later(String meaning, Pause pause) implements ProviderReply {}

    /// The request may have taken effect; we saw no reply we can trust.
    ///
    /// @param detail for people: what was seen instead
    record Unconfirmed(String detail, Pause pause) implements ProviderReply {}

    /// The provider was not reached; it has seen no request.
    record NotSent(String detail, Pause pause) implements ProviderReply {}
}

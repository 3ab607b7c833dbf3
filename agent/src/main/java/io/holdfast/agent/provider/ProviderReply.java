package io.holdfast.agent.provider;

/// What a provider's answer means for one name. Only the first two are success.
public sealed interface ProviderReply {
    /// The name has these addresses now and did not before.
    ///
    /// @param confirmed what the reply vouches for; never empty, maybe fewer than were told
    record Accepted(Addresses confirmed) implements ProviderReply {}

    /// The name had these addresses already: somebody else told them, or we did and forgot.
    ///
    /// @param confirmed as for [Accepted]
    record AlreadyRight(Addresses confirmed) implements ProviderReply {}

    /// No, until a person acts.
    ///
    /// @param word what the provider said, as in `badauth`
    /// @param meaning for people, to follow the provider's name: "refused the password"
    /// @param mend what the person can do
    record Refused(String word, String meaning, String mend) implements ProviderReply {}

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

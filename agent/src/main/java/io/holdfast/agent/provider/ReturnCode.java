package io.holdfast.agent.provider;

import io.holdfast.agent.provider.ProviderReply.Scope;
import io.holdfast.runtime.OutsideText;
import java.util.Arrays;
import java.util.Optional;

/// The dyndns2 words that mean no (update-protocol.md §6 and §8): to the name until a person acts,
/// or to the address alone where the word can be about that, or for a while.
enum ReturnCode {
    BADAUTH(
            "badauth",
            Scope.NAME,
            "refused the user or the password",
            "correct user and password-file or password"),
    DONATOR(
            "!donator",
            Scope.NAME,
            "wants payment for what was asked",
            "see your account there, then: holdfast agent retry NAME"),
    ACTIVE(
            "!active",
            Scope.NAME,
            "has not activated the name",
            "activate it there, then: holdfast agent retry NAME"),
    YOURS(
            "!yours",
            Scope.NAME,
            "says that the name belongs to another account",
            "correct name or user"),
    NOTFQDN(
            "notfqdn",
            Scope.ADDRESS,
            "does not accept this name or this address",
            "check that the name is written whole and that the provider takes such an address;"
                    + " another address is sent"),
    NOFQDN("nofqdn", Scope.ADDRESS, NOTFQDN.meaning, NOTFQDN.mend),
    NOHOST(
            "nohost",
            Scope.NAME,
            "knows no such name in this account",
            "correct the name, or make it there, then: holdfast agent retry NAME"),
    NUMHOST(
            "numhost",
            Scope.NAME,
            "refuses so many names or addresses at once",
            "look at the name's settings there, then: holdfast agent retry NAME"),
    ABUSE(
            "abuse",
            Scope.A_WHILE,
            "has blocked the name for needless updates",
            "look for another client that updates it, unblock it there (the provider may have"
                    + " mailed a link), then: holdfast agent retry NAME"),
    BADAGENT(
            "badagent",
            Scope.NAME,
            "has blocked this client program",
            "ask the provider why, then: holdfast agent retry NAME"),
    BADSYS(
            "badsys",
            Scope.NAME,
            "does not know this kind of update",
            "see whether its documentation asks for another provider setting"),
    BADREQUEST(
            "badrequest",
            Scope.ADDRESS,
            "does not understand the request",
            "see whether its documentation asks for another provider setting"),
    BADIP(
            "badip",
            Scope.ADDRESS,
            "does not accept this address",
            "learn the address in another way; another address is sent"),
    CONFLICT(
            "conflict",
            Scope.ADDRESS,
            "has a record of its own in the way",
            "remove that record there, then: holdfast agent retry NAME");

    private final String word;
    private final Scope scope;
    private final String meaning;
    private final String mend;

    ReturnCode(String word, Scope scope, String meaning, String mend) {
        this.word = word;
        this.scope = scope;
        this.meaning = meaning;
        this.mend = mend;
    }

    static Optional<ReturnCode> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
    }

    /// For people, to follow the provider's name, with the line it sent.
    String meaning(String line) {
        return meaning + " (" + OutsideText.printable(line, 60) + ")";
    }

    Scope scope() {
        return scope;
    }

    /// The reply that this word is.
    ///
    /// @param line it stood in
    /// @param sent what was asked for
    /// @param named the time that the reply names, if it does
    ProviderReply reply(String line, Addresses sent, Optional<Pause> named) {
        String text = meaning(line);
        // Two addresses may be the "so many" that it refuses; each alone may be taken.
        boolean ofTwo = this == NUMHOST && sent.byFamily().size() > 1;
        return switch (ofTwo ? Scope.ADDRESS : scope) {
            case NAME -> new ProviderReply.Refused(word, text, mend);
            case ADDRESS -> new ProviderReply.AddressRefused(word, text, mend, Addresses.NONE);
            case A_WHILE -> new ProviderReply.Blocked(word, text, mend, named.map(Pause::first));
        };
    }

    String mend() {
        return mend;
    }
}

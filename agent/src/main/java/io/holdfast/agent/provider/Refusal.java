package io.holdfast.agent.provider;

import java.util.Arrays;
import java.util.Optional;

/// The dyndns2 words that mean no until a person acts (update-protocol.md §6 and §8).
enum Refusal {
    BADAUTH(
            "badauth",
            "refused the user or the password",
            "correct user and password-file or password"),
    DONATOR(
            "!donator",
            "wants payment for what was asked",
            "see your account there, then: holdfast agent forget NAME"),
    ACTIVE(
            "!active",
            "has not activated the name",
            "activate it there, then: holdfast agent forget NAME"),
    YOURS("!yours", "says that the name belongs to another account", "correct name or user"),
    NOTFQDN(
            "notfqdn",
            "does not accept this name or this address",
            "check that the name is written whole and that the provider takes such an address"),
    NOFQDN("nofqdn", NOTFQDN.meaning, NOTFQDN.mend),
    NOHOST("nohost", "knows no such name in this account", "make the name there, or correct it"),
    NUMHOST(
            "numhost",
            "refuses so many names or addresses at once",
            "look at the name's settings there, then: holdfast agent forget NAME"),
    ABUSE(
            "abuse",
            "has blocked the name for needless updates",
            "look for another client that updates it, unblock it there (the provider may have"
                    + " mailed a link), then: holdfast agent forget NAME"),
    BADAGENT(
            "badagent",
            "has blocked this client program",
            "ask the provider why, then: holdfast agent forget NAME"),
    BADSYS(
            "badsys",
            "does not know this kind of update",
            "see whether its documentation asks for another provider setting"),
    BADREQUEST(
            "badrequest",
            "does not understand the request",
            "see whether its documentation asks for another provider setting"),
    BADIP(
            "badip",
            "does not accept this address",
            "learn the address in another way, then: holdfast agent forget NAME"),
    CONFLICT(
            "conflict",
            "has a record of its own in the way",
            "remove that record there, then: holdfast agent forget NAME");

    private final String word;
    private final String meaning;
    private final String mend;

    Refusal(String word, String meaning, String mend) {
        this.word = word;
        this.meaning = meaning;
        this.mend = mend;
    }

    static Optional<Refusal> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
    }

    /// For people, to follow the provider's name, with the line it sent.
    String meaning(String line) {
        return meaning + " (" + (line.length() <= 60 ? line : word) + ")";
    }

    String mend() {
        return mend;
    }
}

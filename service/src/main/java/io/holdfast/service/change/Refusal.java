package io.holdfast.service.change;

/// Reasons to say no, named for people; the word is what a dyndns2 client reads (update-protocol,
/// return codes).
public enum Refusal {
    BAD_CREDENTIALS("badauth"),
    NAME_NOT_QUALIFIED("notfqdn"),
    ADDRESS_NOT_ACCEPTABLE("notfqdn"),
    NAME_NOT_YOURS("nohost"),
    TOO_MANY_NAMES("numhost"),
    TOO_MANY_ADDRESSES("numhost"),
    ABUSE("abuse"),
    AGENT_NOT_WELCOME("badagent"),
    NO_SUCH_SYSTEM("badsys"),
    FEATURE_NOT_OFFERED("!donator");

    private final String word;

    Refusal(String word) {
        this.word = word;
    }

    /// The return code of the dyndns2 protocol.
    public String word() {
        return word;
    }
}

package io.holdfast.agent.provider;

import java.util.function.UnaryOperator;

/// One thing that a provider wants to know besides the name and its addresses: a key of `[[name]]`.
///
/// @param name the key; of a secret one, `NAME-file` may name a file that holds it
/// @param required whether it has to be there
/// @param secret whether it may be shown to nobody
/// @param meaning for people, to follow "write": "the secret that the provider gave you"
/// @param check the value as it is to be used, or an `IllegalArgumentException` that names the mend
///   and repeats no secret
public record Setting(
        String name,
        boolean required,
        boolean secret,
        String meaning,
        UnaryOperator<String> check) {
    /// Must be there.
    static Setting required(String name, String meaning) {
        return new Setting(name, true, false, meaning, UnaryOperator.identity());
    }

    /// Must be there, and is shown to nobody.
    static Setting secret(String name, String meaning) {
        return new Setting(name, true, true, meaning, UnaryOperator.identity());
    }

    /// The same, with values that have to pass this as well.
    Setting checkedBy(UnaryOperator<String> more) {
        return new Setting(name, required, secret, meaning, more);
    }

    /// The value, if it may be used.
    ///
    /// @throws IllegalArgumentException naming the mend; repeats no secret
    public String checked(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException(shown() + " is empty; write " + meaning);
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    shown() + " must be one line, without control characters");
        }
        return check.apply(value);
    }

    private String shown() {
        return secret ? "the " + name : name;
    }
}

package io.holdfast.service.change;

import io.holdfast.service.account.Secrets;
import java.util.Optional;

/// A secret that somebody chose, or one that is made for them.
final class GivenSecret {
    /// Longer than any device lets people type.
    private static final int LONGEST = 200;

    private GivenSecret() {}

    /// @param name whose it is
    /// @throws IllegalArgumentException if the given one is empty, too long or not printable
    static Issued issue(String name, Optional<String> given, Secrets secrets) {
        if (given.isEmpty()) {
            return new Issued(name, secrets.next(), true);
        }
        String secret = given.get();
        if (secret.isEmpty() || secret.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a secret has 1 to " + LONGEST + " characters; leave it out to have one made");
        }
        if (secret.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a secret holds printable characters only");
        }
        return new Issued(name, secret, false);
    }
}

package io.holdfast.service.account;

import java.util.Optional;

/// Somebody who has hosts here.
///
/// @param id never given twice
/// @param name what stands before the colon in HTTP Basic; 1 to 64 printable ASCII characters, no
///   blank and no colon
/// @param email where notices go, if anywhere
public record Account(long id, String name, Optional<String> email, HashedSecret updateKey) {
    /// The longest a name may be.
    public static final int MAX_NAME = 64;

    /// @throws IllegalArgumentException saying which character or length is wrong
    public Account {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "an account's name has 1 to " + MAX_NAME + " characters, not " + name.length());
        }
        if (!name.chars().allMatch(c -> c > ' ' && c < 0x7F && c != ':')) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" cannot name an account; use ASCII without blanks and colons");
        }
    }
}

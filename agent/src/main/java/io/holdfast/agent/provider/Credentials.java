package io.holdfast.agent.provider;

/// What a provider knows its client by. Never printed: [#toString] leaves the password out.
///
/// @param user without colon and control characters (RFC 7617 §2)
/// @param password without control characters
public record Credentials(String user, String password) {
    public Credentials {
        checkedUser(user);
        checkedPassword(password);
    }

    /// The same, if it may be.
    ///
    /// @throws IllegalArgumentException naming the mend
    public static String checkedUser(String user) {
        if (user.isEmpty()) {
            throw new IllegalArgumentException(
                    "user is empty; write the name that the provider knows you by");
        }
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "user has a colon, which HTTP Basic cannot carry; write the name alone");
        }
        return oneLine("user", user);
    }

    /// The same, if it may be. No message repeats it.
    ///
    /// @throws IllegalArgumentException naming the mend
    public static String checkedPassword(String password) {
        if (password.isEmpty()) {
            throw new IllegalArgumentException(
                    "the password is empty; write the secret that the provider gave you");
        }
        return oneLine("the password", password);
    }

    private static String oneLine(String what, String text) {
        if (hasControl(text)) {
            throw new IllegalArgumentException(
                    what + " must be one line, without control characters");
        }
        return text;
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    @Override
    public String toString() {
        return "Credentials[" + user + ", ...]";
    }
}

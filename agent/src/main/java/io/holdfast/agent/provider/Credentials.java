package io.holdfast.agent.provider;

/// What a provider knows its client by. Never printed: [#toString] leaves the password out.
///
/// @param user without colon and control characters (RFC 7617 §2)
/// @param password without control characters
public record Credentials(String user, String password) {
    public Credentials {
        if (user.isEmpty()) {
            throw new IllegalArgumentException(
                    "user is empty; write the name that the provider knows you by");
        }
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "user has a colon, which HTTP Basic cannot carry; write the name alone");
        }
        if (password.isEmpty()) {
            throw new IllegalArgumentException(
                    "the password is empty; write the secret that the provider gave you");
        }
        if (hasControl(user) || hasControl(password)) {
            throw new IllegalArgumentException(
                    "user and password must be one line each, without control characters");
        }
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    @Override
    public String toString() {
        return "Credentials[" + user + ", ...]";
    }
}

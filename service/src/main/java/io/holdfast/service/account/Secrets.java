package io.holdfast.service.account;

import java.util.random.RandomGenerator;

/// Makes update keys and host secrets.
///
/// Only `[A-Za-z0-9_-]`: some devices put them into a URL without escaping.
public final class Secrets {
    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

    /// 27 characters of 6 bits each are 162 random bits.
    private static final int LENGTH = 27;

    private final RandomGenerator random;

    /// @param random unpredictable in production: [java.security.SecureRandom]
    public Secrets(RandomGenerator random) {
        this.random = random;
    }

    /// A new secret; never begins with `-`, which a command would take for an option.
    public String next() {
        byte[] octets = new byte[LENGTH];
        random.nextBytes(octets);
        StringBuilder secret = new StringBuilder(LENGTH);
        for (byte octet : octets) {
            secret.append(ALPHABET.charAt(octet & 0x3F));
        }
        return secret.charAt(0) == '-' ? next() : secret.toString();
    }
}

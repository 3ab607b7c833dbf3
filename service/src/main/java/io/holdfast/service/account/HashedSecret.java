package io.holdfast.service.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What is kept of an update key or a host's secret: its SHA-256.
///
/// A fast hash is right here: the secrets are random, so there is nothing to guess, and every
/// update is checked with it.
public final class HashedSecret {
    /// The length of the hash in octets.
    public static final int LENGTH = 32;

    private final byte[] hash;

    private HashedSecret(byte[] hash) {
        this.hash = hash;
    }

    /// Hashes a secret as it was presented or made.
    public static HashedSecret of(String secret) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return new HashedSecret(sha256.digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Takes a hash that was stored.
    ///
    /// @throws IllegalArgumentException if it is not of [#LENGTH] octets
    public static HashedSecret ofStored(byte[] hash) {
        if (hash.length != LENGTH) {
            throw new IllegalArgumentException("a hashed secret has " + LENGTH + " octets");
        }
        return new HashedSecret(hash.clone());
    }

    /// The octets to store; a copy.
    public byte[] octets() {
        return hash.clone();
    }

    /// Whether both are of the same secret; takes the same time whatever the answer.
    public boolean matches(HashedSecret presented) {
        return MessageDigest.isEqual(hash, presented.hash);
    }
}

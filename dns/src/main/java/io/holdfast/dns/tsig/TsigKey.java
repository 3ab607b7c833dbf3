package io.holdfast.dns.tsig;

import io.holdfast.dns.Name;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A secret that two parties share, its name, and the one algorithm it is used with.
public final class TsigKey {
    /// Longer ones the hashes would shorten anyway.
    private static final int MOST_SECRET = 512;

    private final Name name;
    private final TsigAlgorithm algorithm;
    private final byte[] secret;

    /// Ready to begin; only ever cloned, which is cheaper than to make one for each message.
    private final Mac fresh;

    /// @param secret 1 to 512 octets; copied
    /// @throws IllegalArgumentException if it is empty or longer
    public TsigKey(Name name, TsigAlgorithm algorithm, byte[] secret) {
        if (secret.length == 0 || secret.length > MOST_SECRET) {
            throw new IllegalArgumentException("a key's secret is 1 to " + MOST_SECRET + " octets");
        }
        this.name = name;
        this.algorithm = algorithm;
        this.secret = secret.clone();
        this.fresh = newMac();
    }

    public Name name() {
        return name;
    }

    public TsigAlgorithm algorithm() {
        return algorithm;
    }

    /// The secret itself; a copy.
    public byte[] secret() {
        return secret.clone();
    }

    /// A keyed hash of nothing yet, for one thread.
    Mac mac() {
        try {
            return (Mac) fresh.clone();
        } catch (CloneNotSupportedException notByThisProvider) {
            return newMac();
        }
    }

    private Mac newMac() {
        try {
            Mac mac = Mac.getInstance(algorithm.javaName());
            mac.init(new SecretKeySpec(secret, algorithm.javaName()));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks " + algorithm.javaName(), e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TsigKey key
                && key.name.equals(name)
                && key.algorithm == algorithm
                && Arrays.equals(key.secret, secret);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, algorithm);
    }

    /// Without the secret.
    @Override
    public String toString() {
        return name + " (" + algorithm + ")";
    }
}

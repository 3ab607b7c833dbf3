package io.holdfast.dns.zone;

import java.security.SecureRandom;

/// Hashes of names, made from the right: the hash of `a.example` continues that of `example`.
///
/// So one pass over a question gives the hash of its every suffix, which is what finding the zone,
/// the delegation, the closest encloser and the wildcard need.
///
/// Whoever may choose names in a zone must not be able to choose many that collide: the multiplier
/// of this polynomial differs in each process and nobody outside knows it.
final class NameHash {
    /// The hash of the root.
    static final long ROOT = 1;

    private static final long MULTIPLIER = new SecureRandom().nextLong() | 1;

    private NameHash() {}

    /// Continues `suffix` with the label in `octets`, from its length octet to before `end`.
    static long step(long suffix, byte[] octets, int from, int end) {
        long hash = suffix;
        for (int i = from; i < end; i++) {
            hash = (hash + octets[i]) * MULTIPLIER;
        }
        return hash;
    }

    /// What tables use of it: the upper bits, into which all octets went, spread over 32.
    static int fold(long hash) {
        long mixed = (hash ^ (hash >>> 32)) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32);
    }
}

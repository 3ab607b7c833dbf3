package io.holdfast.dns.zone;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/// Hashes of names, made from the right: the hash of `a.example` continues that of `example`.
///
/// So one pass over a question gives the hash of its every suffix, which is what finding the zone,
/// the delegation, the closest encloser and the wildcard need.
///
/// Whoever may choose names in a zone must not be able to choose many that collide. The hash is the
/// value of a polynomial whose coefficients are the octets of the name, seven at a time, at a point
/// that differs in each process and that nobody outside knows. It is taken modulo the prime 2^61-1:
/// two names have the same value at no more points than the polynomial has degrees, 127 of 2^61.
/// (Modulo 2^64 there are names with the same value at every point, after Thue and Morse.)
final class NameHash {
    /// The hash of the root.
    static final long ROOT = 1;

    /// How many octets may be read beyond the end of a name, whatever they are.
    static final int READ_AHEAD = Long.BYTES - 1;

    private static final long PRIME = (1L << 61) - 1;
    private static final int CHUNK = 7;
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long POINT;
    private static final long SPREAD;

    static {
        SecureRandom random = new SecureRandom();
        POINT = random.nextLong(1L << 32, PRIME);
        SPREAD = random.nextLong() | 1;
    }

    private NameHash() {}

    /// Continues `suffix` with the label in `octets`, from its length octet to before `end`.
    ///
    /// @param octets [#READ_AHEAD] longer than `end`
    static long step(long suffix, byte[] octets, int from, int end) {
        long hash = suffix;
        for (int at = from; at < end; at += CHUNK) {
            int unused = Long.SIZE - Byte.SIZE * Math.min(end - at, CHUNK);
            long chunk = (long) LONGS.get(octets, at) << unused >>> unused;
            hash = timesPoint(hash + chunk);
        }
        return hash >= PRIME ? hash - PRIME : hash;
    }

    /// @param value below 2^62
    /// @return the product, or that and the prime once more, if it is below 2^61 + 3 so
    private static long timesPoint(long value) {
        long high = Math.multiplyHigh(value, POINT);
        long low = value * POINT;
        // 2^61 is 1 here: what stands above its 61 lower bits is added to them.
        long sum = (low & PRIME) + (low >>> 61 | high << 3);
        return (sum & PRIME) + (sum >>> 61);
    }

    /// What tables use of it: the upper bits of a product, which depend on all of it.
    static int fold(long hash) {
        return (int) (((hash ^ (hash >>> 32)) * SPREAD) >>> 32);
    }
}

package io.holdfast.dns.answer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// SipHash-2-4: a keyed hash of short messages that nobody without the key can foresee (Aumasson
/// and Bernstein, 2012).
final class SipHash {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private long v0;
    private long v1;
    private long v2;
    private long v3;

    /// Hashes the first `length` octets; allocates nothing.
    ///
    /// @param key0 the first eight octets of the key, the least significant first
    /// @param key1 the other eight
    long hash(long key0, long key1, byte[] message, int length) {
        v0 = key0 ^ 0x736f6d6570736575L;
        v1 = key1 ^ 0x646f72616e646f6dL;
        v2 = key0 ^ 0x6c7967656e657261L;
        v3 = key1 ^ 0x7465646279746573L;
        int whole = length & -Long.BYTES;
        for (int at = 0; at < whole; at += Long.BYTES) {
            take(littleEndian(message, at));
        }
        long last = (long) length << 56;
        for (int at = whole; at < length; at++) {
            last |= (message[at] & 0xFFL) << (8 * (at - whole));
        }
        take(last);
        v2 ^= 0xFF;
        for (int i = 0; i < 4; i++) {
            round();
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    static long littleEndian(byte[] octets, int at) {
        return (long) LONGS.get(octets, at);
    }

    static void putLittleEndian(byte[] octets, int at, long value) {
        LONGS.set(octets, at, value);
    }

    private void take(long word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }

    private void round() {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
    }
}

package io.holdfast.dns.answer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Addresses of clients with a common beginning. Addresses are 16 octets here, IPv4 mapped into
/// IPv6 (`::ffff:192.0.2.1`, RFC 4291 §2.5.5.2), so that looking at one allocates nothing.
public final class ClientRange {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int OCTETS = 16;
    private static final int MAPPED_BITS = 96;

    private final long highMask;
    private final long lowMask;
    private final long high;
    private final long low;

    private ClientRange(byte[] mapped, int bits) {
        highMask = mask(Math.min(bits, Long.SIZE));
        lowMask = mask(Math.max(bits - Long.SIZE, 0));
        high = high(mapped) & highMask;
        low = low(mapped) & lowMask;
    }

    /// @param address any address of the range: 4 or 16 octets
    /// @param length how many leading bits are common, 0 to 32 or 128
    /// @throws IllegalArgumentException if either is not as said
    public static ClientRange of(byte[] address, int length) {
        boolean ipv4 = address.length == 4;
        boolean known = ipv4 || address.length == OCTETS;
        if (!known || length < 0 || length > 8 * address.length) {
            throw new IllegalArgumentException("no range of addresses");
        }
        return new ClientRange(mapped(address), ipv4 ? MAPPED_BITS + length : length);
    }

    /// Four octets mapped into sixteen; sixteen as they are.
    public static byte[] mapped(byte[] address) {
        if (address.length == OCTETS) {
            return address;
        }
        byte[] mapped = new byte[OCTETS];
        Arrays.fill(mapped, 10, 12, (byte) 0xFF);
        System.arraycopy(address, 0, mapped, 12, 4);
        return mapped;
    }

    boolean contains(byte[] client) {
        return (high(client) & highMask) == high && (low(client) & lowMask) == low;
    }

    static boolean isIpv4(byte[] client) {
        return high(client) == 0 && low(client) >>> 32 == 0xFFFF;
    }

    /// The network that a client is taken for: all of one customer's addresses, commonly. A /24 of
    /// IPv4, a /56 of IPv6.
    public static long network(byte[] client) {
        return isIpv4(client) ? low(client) >>> 8 : high(client) & ~0xFFL;
    }

    private static long high(byte[] address) {
        return (long) LONGS.get(address, 0);
    }

    private static long low(byte[] address) {
        return (long) LONGS.get(address, Long.BYTES);
    }

    private static long mask(int bits) {
        return bits == 0 ? 0 : -1L << (Long.SIZE - bits);
    }
}

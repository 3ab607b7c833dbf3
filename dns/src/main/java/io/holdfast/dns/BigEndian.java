package io.holdfast.dns;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Numbers of the wire, most significant octet first (RFC 1035 §2.3.2), in arrays the caller owns.
///
/// Each becomes one load or store and one byte swap. An index outside the array throws; callers
/// that read what others sent check first.
public final class BigEndian {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private BigEndian() {}

    /// 16 bits, 0 to 65,535.
    public static int u16(byte[] octets, int at) {
        return (short) SHORTS.get(octets, at) & 0xFFFF;
    }

    /// 32 bits; the caller says whether they have a sign.
    public static int i32(byte[] octets, int at) {
        return (int) INTS.get(octets, at);
    }

    /// Writes the low 16 bits.
    public static void put16(byte[] octets, int at, int value) {
        SHORTS.set(octets, at, (short) value);
    }

    /// Writes all 32 bits.
    public static void put32(byte[] octets, int at, int value) {
        INTS.set(octets, at, value);
    }
}

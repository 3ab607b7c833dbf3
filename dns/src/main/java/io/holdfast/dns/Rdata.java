package io.holdfast.dns;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/// The data of one record as uncompressed wire octets (RFC 1035 §3.2.1).
public final class Rdata {
    private final byte[] wire;

    private Rdata(byte[] wire) {
        if (wire.length > 0xFFFF) {
            throw new IllegalArgumentException("record data of over 65,535 octets");
        }
        this.wire = wire;
    }

    /// @param wire at most 65,535 octets; copied
    /// @throws IllegalArgumentException if it is longer
    public static Rdata of(byte[] wire) {
        return new Rdata(wire.clone());
    }

    /// Takes `length` octets from `from` on; copies them.
    ///
    /// @throws IndexOutOfBoundsException if they are not all there
    public static Rdata of(byte[] octets, int from, int length) {
        Objects.checkFromIndexSize(from, length, octets.length);
        return new Rdata(Arrays.copyOfRange(octets, from, from + length));
    }

    /// The octets; a copy.
    public byte[] toWire() {
        return wire.clone();
    }

    /// How many octets there are.
    public int length() {
        return wire.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Rdata rdata && Arrays.equals(wire, rdata.wire);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(wire);
    }

    /// Generic presentation form (RFC 3597 §5).
    @Override
    public String toString() {
        return "\\# " + wire.length + " " + HexFormat.of().formatHex(wire);
    }
}

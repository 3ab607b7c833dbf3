package io.holdfast.dns;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// Reads the data of one record field by field, and keeps what it read: names whole and in lower
/// case, the rest as it is.
///
/// The first thing that is wrong is a state, as in [MessageReader]: from then on fields are empty.
final class RdataReader {
    private final MessageReader in;
    private final int end;
    private final ByteArrayOutputStream out;
    private @Nullable String fault;

    /// @param in stands at the data
    /// @param length of the data, in octets
    RdataReader(MessageReader in, int length) {
        this.in = in;
        this.end = in.at() + length;
        this.out = new ByteArrayOutputStream(length);
        if (in.remaining() < length) {
            fault = "the data ends too early";
        }
    }

    /// What is wrong; null if nothing is.
    @Nullable String fault() {
        return fault;
    }

    /// What was read so far, uncompressed.
    byte[] data() {
        return out.toByteArray();
    }

    /// How many octets of the data are left.
    int left() {
        return fault == null ? end - in.at() : 0;
    }

    /// 8 bits, 0 to 255.
    int u8() {
        byte[] octets = octets(1);
        return octets.length == 1 ? octets[0] & 0xFF : 0;
    }

    /// 16 bits, 0 to 65,535.
    int u16() {
        byte[] octets = octets(Short.BYTES);
        return octets.length == Short.BYTES ? BigEndian.u16(octets, 0) : 0;
    }

    /// 32 bits, without sign.
    long u32() {
        byte[] octets = octets(Integer.BYTES);
        return octets.length == Integer.BYTES ? BigEndian.i32(octets, 0) & 0xFFFF_FFFFL : 0;
    }

    /// The next octets; none if they are not all there.
    byte[] octets(int count) {
        if (count > left()) {
            fail("the data ends too early");
        }
        if (fault != null) {
            return new byte[0];
        }
        byte[] octets = in.octets(count);
        out.writeBytes(octets);
        return octets;
    }

    /// All that is left.
    byte[] rest() {
        return octets(left());
    }

    /// One character-string (RFC 1035 §3.3).
    byte[] string() {
        return octets(u8());
    }

    /// A name that may be compressed in a message (RFC 3597 §4).
    void name() {
        write(fault == null ? in.name() : Name.ROOT);
    }

    /// A name that is never compressed.
    void wholeName() {
        write(fault == null ? in.uncompressedName() : Name.ROOT);
    }

    private void write(Name name) {
        if (in.isBroken() || in.at() > end) {
            fail("a name in it is cut short, too long, or points where it must not");
        }
        if (fault == null) {
            out.writeBytes(name.toWire());
        }
    }

    /// @param what as a sentence without its end; the first one counts
    void fail(String what) {
        if (fault == null) {
            fault = what;
        }
    }

    void failIf(boolean wrong, String what) {
        if (wrong) {
            fail(what);
        }
    }
}

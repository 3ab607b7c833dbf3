package io.holdfast.dns;

import java.util.Arrays;

/// Reads a message that somebody sent, from front to back.
///
/// Running over its end, a broken name, a pointer that does not lead back: that is a state, not an
/// exception. From then on the reader stays where it is and reads zeros, so that a caller may read
/// a whole record and ask [#isBroken] once.
public final class MessageReader {
    /// How long the fixed header is, in octets (RFC 1035 §4.1.1).
    public static final int HEADER = 12;

    private static final int POINTER = 0xC0;

    private final byte[] message;
    private final byte[] scratch = new byte[Name.MAX_LENGTH];
    private int at;
    private boolean broken;

    /// Begins at the first octet.
    ///
    /// @param message not copied
    public MessageReader(byte[] message) {
        this.message = message;
    }

    /// Where the next octet is read from.
    public int at() {
        return at;
    }

    /// Goes on reading there.
    public void moveTo(int position) {
        if (position < 0 || position > message.length) {
            broken = true;
        } else {
            at = position;
        }
    }

    /// Whether something could not be read.
    public boolean isBroken() {
        return broken;
    }

    /// How many octets are left.
    public int remaining() {
        return message.length - at;
    }

    /// 8 bits, 0 to 255.
    public int u8() {
        return has(1) ? message[at - 1] & 0xFF : 0;
    }

    /// 16 bits, 0 to 65,535.
    public int u16() {
        return has(Short.BYTES) ? BigEndian.u16(message, at - Short.BYTES) : 0;
    }

    /// 32 bits; the caller says whether they have a sign.
    public int i32() {
        return has(Integer.BYTES) ? BigEndian.i32(message, at - Integer.BYTES) : 0;
    }

    /// 48 bits, without sign.
    public long u48() {
        long high = u16();
        return high << 32 | (i32() & 0xFFFF_FFFFL);
    }

    /// The next octets; a copy, empty if they are not all there.
    public byte[] octets(int length) {
        return has(length) ? Arrays.copyOfRange(message, at - length, at) : new byte[0];
    }

    public void skip(int length) {
        has(length);
    }

    /// A name, compressed or not (RFC 1035 §4.1.4). Each pointer has to lead before where the part
    /// with it began, so that any chain of them ends.
    public Name name() {
        return name(true);
    }

    /// A name that may not be compressed, as in the data of newer types (RFC 3597 §4).
    public Name uncompressedName() {
        return name(false);
    }

    /// Goes past a name without following it.
    public void skipName() {
        while (!broken) {
            int length = u8();
            if (length >= POINTER) {
                skip(1);
                return;
            }
            if (length == 0) {
                return;
            }
            if (length > Name.MAX_LABEL) {
                broken = true;
            }
            skip(length);
        }
    }

    private Name name(boolean mayPoint) {
        int after = -1;
        int partBegan = at;
        int length = 0;
        while (!broken) {
            int label = u8();
            if (label >= POINTER && mayPoint) {
                int target = (label & ~POINTER) << 8 | u8();
                after = after < 0 ? at : after;
                if (target >= partBegan) {
                    break;
                }
                at = target;
                partBegan = target;
                continue;
            }
            if (label > Name.MAX_LABEL
                    || length + 1 + label > Name.MAX_LENGTH
                    || label > remaining()) {
                break;
            }
            scratch[length] = (byte) label;
            System.arraycopy(message, at, scratch, length + 1, label);
            length += 1 + label;
            at += label;
            if (label == 0 && !broken) {
                at = after < 0 ? at : after;
                return Name.fromWire(scratch, 0);
            }
        }
        broken = true;
        return Name.ROOT;
    }

    /// Takes so many octets, if they are there.
    private boolean has(int length) {
        if (broken || length > message.length - at) {
            broken = true;
            return false;
        }
        at += length;
        return true;
    }
}

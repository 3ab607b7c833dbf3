package io.holdfast.dns.tsig;

import io.holdfast.dns.BigEndian;
import io.holdfast.dns.MessageReader;
import io.holdfast.dns.Name;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// The fields of a TSIG record (RFC 8945 §4.2).
///
/// @param time when it was signed, in seconds since 1970, 48 bits
/// @param fudge how far clocks may differ, in seconds
/// @param mac empty in what cannot be signed
/// @param originalId the message's, whatever somebody on the way made of it
/// @param error a [TsigError]
/// @param other the server's time with BADTIME, else empty
@SuppressWarnings("ArrayRecordComponent") // lives for one message; never compared, never kept
record TsigRecord(
        Name keyName,
        Name algorithm,
        long time,
        int fudge,
        byte[] mac,
        int originalId,
        int error,
        byte[] other) {

    static final int TYPE = 250;

    private static final int CLASS_ANY = 255;

    /// Type, class, TTL and length of the data.
    private static final int RECORD_HEADER = 10;

    /// Of the data, all but the algorithm's name, the MAC and other data.
    private static final int FIXED = 16;

    private static final int ID = 0;
    private static final int ADDITIONALS = 10;

    /// The signature fields of a new message.
    static TsigRecord unsigned(TsigKey key, byte[] message, long time, int fudge) {
        return new TsigRecord(
                key.name(),
                key.algorithm().dnsName(),
                time,
                fudge,
                new byte[0],
                BigEndian.u16(message, ID),
                0,
                new byte[0]);
    }

    TsigRecord with(byte[] signature) {
        return new TsigRecord(keyName, algorithm, time, fudge, signature, originalId, error, other);
    }

    /// Reads the record that begins at `at` and ends the message.
    ///
    /// @return empty if it is not as §4.2 has it
    static Optional<TsigRecord> read(byte[] message, int at) {
        MessageReader in = new MessageReader(message);
        in.moveTo(at);
        Name keyName = in.name();
        int type = in.u16();
        int dnsClass = in.u16();
        int ttl = in.i32();
        int length = in.u16();
        boolean whole = length == in.remaining();
        Name algorithm = in.uncompressedName();
        long time = in.u48();
        int fudge = in.u16();
        byte[] mac = in.octets(in.u16());
        int originalId = in.u16();
        int error = in.u16();
        byte[] other = in.octets(in.u16());
        boolean good = type == TYPE && dnsClass == CLASS_ANY && ttl == 0 && whole;
        if (!good || in.isBroken() || in.remaining() != 0) {
            return Optional.empty();
        }
        return Optional.of(
                new TsigRecord(keyName, algorithm, time, fudge, mac, originalId, error, other));
    }

    /// What is signed besides the message (§4.3.3).
    byte[] variables() {
        ByteBuffer out =
                ByteBuffer.allocate(
                        keyName.length() + algorithm.length() + other.length + FIXED + 2);
        out.put(keyName.toWire()).putShort((short) CLASS_ANY).putInt(0);
        out.put(algorithm.toWire());
        putTimers(out).putShort((short) error).putShort((short) other.length).put(other);
        return out.array();
    }

    /// What is signed besides a message that is not the first of several (§5.3.1).
    byte[] timers() {
        return putTimers(ByteBuffer.allocate(Long.BYTES)).array();
    }

    /// The message with this record at its end.
    byte[] appendedTo(byte[] message) {
        int data = algorithm.length() + FIXED + mac.length + other.length;
        int length = message.length + keyName.length() + RECORD_HEADER + data;
        ByteBuffer out = ByteBuffer.wrap(Arrays.copyOf(message, length)).position(message.length);
        out.put(keyName.toWire()).putShort((short) TYPE).putShort((short) CLASS_ANY).putInt(0);
        out.putShort((short) data).put(algorithm.toWire());
        putTimers(out).putShort((short) mac.length).put(mac);
        out.putShort((short) originalId).putShort((short) error);
        out.putShort((short) other.length).put(other);
        byte[] signed = out.array();
        BigEndian.put16(signed, ADDITIONALS, BigEndian.u16(signed, ADDITIONALS) + 1);
        return signed;
    }

    /// How long a record with a whole MAC of that key is.
    static int room(TsigKey key) {
        TsigAlgorithm algorithm = key.algorithm();
        int names = key.name().length() + algorithm.dnsName().length();
        return names + RECORD_HEADER + FIXED + algorithm.macLength();
    }

    /// Whether it was signed now, as far as clocks may differ. No signer is given more than
    /// [TsigSigner#FUDGE], so that what has been seen need not be remembered for longer.
    boolean isTimely(long now) {
        return Math.abs(now - time) <= Math.min(fudge, TsigSigner.FUDGE);
    }

    /// The message without this record, which began at `at`: as it was when it was signed, but for
    /// its id.
    static byte[] removedFrom(byte[] message, int at) {
        byte[] bare = Arrays.copyOf(message, at);
        BigEndian.put16(bare, ADDITIONALS, BigEndian.u16(bare, ADDITIONALS) - 1);
        return bare;
    }

    private ByteBuffer putTimers(ByteBuffer out) {
        return out.putShort((short) (time >>> 32)).putInt((int) time).putShort((short) fudge);
    }
}

package io.holdfast.service.transfer;

import io.holdfast.dns.BigEndian;
import io.holdfast.dns.MessageReader;
import io.holdfast.dns.Name;
import io.holdfast.dns.Type;
import java.util.Arrays;
import java.util.Optional;

/// A question for a zone: the whole of it (RFC 5936 §2.1), or what changed since a version that the
/// client has (RFC 1995 §3).
///
/// @param head the header and the question as they came; replies begin with them
/// @param zone the apex
/// @param serial of the version that the client has, unsigned; empty where it wants the whole zone
/// @param payload how long a datagram the client takes, in octets, from its EDNS; 0 without EDNS
@SuppressWarnings("ArrayRecordComponent") // never compared
record TransferRequest(byte[] head, Name zone, int qclass, Optional<Integer> serial, int payload) {
    private static final int FLAGS = 2;
    private static final int QUESTIONS = 4;
    private static final int NOT_A_PLAIN_QUERY = 0xF800;

    /// Whether a message asks for a zone; it may still be malformed.
    private static boolean isIn(byte[] message) {
        if (message.length < MessageReader.HEADER
                || (BigEndian.u16(message, FLAGS) & NOT_A_PLAIN_QUERY) != 0
                || BigEndian.u16(message, QUESTIONS) != 1) {
            return false;
        }
        MessageReader reader = new MessageReader(message);
        reader.moveTo(MessageReader.HEADER);
        reader.uncompressedName();
        int type = reader.u16();
        return !reader.isBroken() && (type == Type.AXFR.value() || type == Type.IXFR.value());
    }

    /// @return empty if it is malformed, no such question, or an incremental one that names no
    ///   version
    static Optional<TransferRequest> read(byte[] message) {
        if (!isIn(message)) {
            return Optional.empty();
        }
        MessageReader reader = new MessageReader(message);
        reader.moveTo(QUESTIONS + Short.BYTES);
        int answers = reader.u16();
        int authorities = reader.u16();
        int additionals = reader.u16();
        Name zone = reader.uncompressedName();
        boolean incremental = reader.u16() == Type.IXFR.value();
        int qclass = reader.u16();
        int headEnds = reader.at();
        Records records = new Records(reader);
        records.read(answers + authorities + additionals);
        if (reader.isBroken() || reader.remaining() > 0 || (incremental && !records.soaSeen)) {
            return Optional.empty();
        }
        return Optional.of(
                new TransferRequest(
                        Arrays.copyOf(message, headEnds),
                        zone,
                        qclass,
                        incremental ? Optional.of(records.serial) : Optional.empty(),
                        records.payload));
    }

    /// What the records behind the question say.
    private static final class Records {
        private static final int SOA_NUMBERS_AFTER_SERIAL = 16;

        private final MessageReader reader;
        private boolean soaSeen;
        private int serial;
        private int payload;

        Records(MessageReader reader) {
            this.reader = reader;
        }

        void read(int count) {
            for (int left = count; left > 0 && !reader.isBroken(); left--) {
                reader.skipName();
                int type = reader.u16();
                int classOrPayload = reader.u16();
                reader.skip(Integer.BYTES);
                int length = reader.u16();
                int end = reader.at() + length;
                if (type == Type.SOA.value()) {
                    reader.skipName();
                    reader.skipName();
                    serial = reader.i32();
                    reader.skip(SOA_NUMBERS_AFTER_SERIAL);
                    soaSeen = reader.at() == end;
                } else if (type == Type.OPT.value()) {
                    payload = classOrPayload;
                }
                reader.moveTo(end);
            }
        }
    }
}

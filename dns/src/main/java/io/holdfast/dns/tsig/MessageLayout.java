package io.holdfast.dns.tsig;

import io.holdfast.dns.MessageReader;
import java.util.Optional;

/// Where things stand in a message, as far as signatures care.
///
/// @param tsigAt where the TSIG record begins, or -1
record MessageLayout(int tsigAt) {
    private static final int COUNTS_AT = 4;
    private static final int TYPE_AND_CLASS = 4;

    /// Class and TTL.
    private static final int CLASS_AND_TTL = 6;

    /// @return empty if the counts and the octets do not agree, or a TSIG record is somewhere else
    ///   than at the end of the additional section (RFC 8945 §5.1)
    static Optional<MessageLayout> of(byte[] message) {
        MessageReader in = new MessageReader(message);
        in.moveTo(COUNTS_AT);
        int questions = in.u16();
        int others = in.u16() + in.u16();
        int additionals = in.u16();
        for (int i = 0; i < questions && !in.isBroken(); i++) {
            in.skipName();
            in.skip(TYPE_AND_CLASS);
        }
        int tsigAt = -1;
        int records = others + additionals;
        for (int i = 0; i < records && !in.isBroken(); i++) {
            int at = in.at();
            if (nextType(in) == TsigRecord.TYPE) {
                if (i != records - 1 || additionals == 0) {
                    return Optional.empty();
                }
                tsigAt = at;
            }
        }
        return in.isBroken() || in.remaining() > 0
                ? Optional.empty()
                : Optional.of(new MessageLayout(tsigAt));
    }

    private static int nextType(MessageReader in) {
        in.skipName();
        int type = in.u16();
        in.skip(CLASS_AND_TTL);
        in.skip(in.u16());
        return type;
    }
}

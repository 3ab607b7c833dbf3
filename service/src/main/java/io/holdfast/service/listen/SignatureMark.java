package io.holdfast.service.listen;

import io.holdfast.dns.MessageReader;

/// Whether a message bears a signature (RFC 8945 §5.1: TSIG is the last record); not whether it is
/// a good one. Costs less than to check one.
final class SignatureMark {
    private static final int COUNTS_AT = 4;
    private static final int TSIG = 250;

    /// More records than an update of a datagram's length can have need not be walked.
    private static final int MOST_RECORDS = 6_000;

    private SignatureMark() {}

    static boolean isOn(byte[] message) {
        MessageReader in = new MessageReader(message);
        in.moveTo(COUNTS_AT);
        int questions = in.u16();
        int records = in.u16() + in.u16();
        int additional = in.u16();
        if (in.isBroken() || additional == 0 || questions + records + additional > MOST_RECORDS) {
            return false;
        }
        for (int i = 0; i < questions && !in.isBroken(); i++) {
            in.skipName();
            in.skip(4);
        }
        for (int i = 1; i < records + additional && !in.isBroken(); i++) {
            in.skipName();
            in.skip(8);
            in.skip(in.u16());
        }
        in.skipName();
        return in.u16() == TSIG && !in.isBroken();
    }
}

package io.holdfast.dns.tsig;

import io.holdfast.dns.BigEndian;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;

/// The keyed hash over a message (RFC 8945 §4.3).
final class TsigDigest {
    private static final int ID_LENGTH = 2;

    private TsigDigest() {}

    /// @param prior the MAC of what this replies to or follows; empty for none
    /// @param message without its TSIG record
    /// @param tail the variables or timers of the record
    static byte[] of(TsigKey key, byte[] prior, byte[] message, TsigRecord record, byte[] tail) {
        Mac mac = key.mac();
        if (prior.length > 0) {
            updateShort(mac, prior.length);
            mac.update(prior);
        }
        updateShort(mac, record.originalId());
        mac.update(message, ID_LENGTH, message.length - ID_LENGTH);
        return mac.doFinal(tail);
    }

    /// Whether `given` is `expected`, or as much of its beginning as there is; in constant time.
    static boolean matches(byte[] given, byte[] expected) {
        byte[] part =
                given.length < expected.length ? Arrays.copyOf(expected, given.length) : expected;
        return MessageDigest.isEqual(given, part);
    }

    private static void updateShort(Mac mac, int value) {
        byte[] octets = new byte[Short.BYTES];
        BigEndian.put16(octets, 0, value);
        mac.update(octets);
    }
}

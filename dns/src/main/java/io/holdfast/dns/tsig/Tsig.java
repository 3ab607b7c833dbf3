package io.holdfast.dns.tsig;

import io.holdfast.dns.BareReply;
import io.holdfast.dns.BigEndian;
import io.holdfast.dns.Name;
import io.holdfast.dns.Rcode;
import java.util.Optional;
import java.util.function.Function;

/// Checks the signature of a request in the order of RFC 8945 §5.2: key, MAC, time. Whatever octets
/// come, the result is a verdict, never an exception.
///
/// Of a truncated MAC ten octets and half the hash have to be there, else it is malformed; our own
/// policy wants 16 octets, which shorter ones are told by BADTRUNC (§5.2.2.1).
public final class Tsig {
    private Tsig() {}

    /// @param message as it came; not changed
    /// @param keys finds a key by its name
    /// @param now in seconds since 1970
    public static TsigVerdict check(
            byte[] message, Function<Name, Optional<TsigKey>> keys, long now) {
        Optional<MessageLayout> layout = MessageLayout.of(message);
        if (layout.isEmpty()) {
            return new TsigVerdict.Malformed();
        }
        int at = layout.get().tsigAt();
        if (at < 0) {
            return new TsigVerdict.Unsigned();
        }
        Optional<TsigRecord> record = TsigRecord.read(message, at);
        if (record.isEmpty()) {
            return new TsigVerdict.Malformed();
        }
        return new Request(message, at, record.get()).check(keys, now);
    }

    /// One signed request.
    @SuppressWarnings("ArrayRecordComponent") // never compared; lives for one check
    private record Request(byte[] message, int at, TsigRecord record) {
        TsigVerdict check(Function<Name, Optional<TsigKey>> keys, long now) {
            Optional<TsigKey> found =
                    keys.apply(record.keyName())
                            .filter(key -> key.algorithm().dnsName().equals(record.algorithm()));
            if (found.isEmpty()) {
                return unsigned(TsigError.BADKEY, now);
            }
            TsigKey key = found.get();
            int length = record.mac().length;
            if (length > key.algorithm().macLength() || length < key.algorithm().leastMacLength()) {
                return new TsigVerdict.Malformed();
            }
            byte[] bare = TsigRecord.removedFrom(message, at);
            byte[] expected = TsigDigest.of(key, new byte[0], bare, record, record.variables());
            if (!TsigDigest.matches(record.mac(), expected)) {
                return unsigned(TsigError.BADSIG, now);
            }
            if (length < key.algorithm().leastMacTaken()) {
                return signed(key, TsigError.BADTRUNC, now, new byte[0]);
            }
            if (!record.isTimely(now)) {
                return badTime(key, now);
            }
            return new TsigVerdict.Signed(key, record.mac(), record.time(), bare);
        }

        /// §5.3.2: whoever does not know the key could not check a signature.
        private TsigVerdict unsigned(TsigError error, long now) {
            TsigRecord told =
                    new TsigRecord(
                            record.keyName(),
                            record.algorithm(),
                            now,
                            record.fudge(),
                            new byte[0],
                            BigEndian.u16(message, 0),
                            error.value(),
                            new byte[0]);
            return new TsigVerdict.Failed(record.keyName(), error, told.appendedTo(errorReply()));
        }

        /// §5.2.3: signed, with the client's time so that the client accepts it, and with ours.
        private TsigVerdict badTime(TsigKey key, long now) {
            byte[] ours = new byte[6];
            BigEndian.put16(ours, 0, (int) (now >>> 32));
            BigEndian.put32(ours, 2, (int) now);
            return signed(key, TsigError.BADTIME, record.time(), ours);
        }

        /// §5.3.2: what is wrong with the time or the length of the MAC is told to a holder of the
        /// key.
        private TsigVerdict signed(TsigKey key, TsigError error, long time, byte[] other) {
            TsigRecord told =
                    new TsigRecord(
                            key.name(),
                            record.algorithm(),
                            time,
                            record.fudge(),
                            new byte[0],
                            BigEndian.u16(message, 0),
                            error.value(),
                            other);
            byte[] errorReply = errorReply();
            byte[] mac = TsigDigest.of(key, record.mac(), errorReply, told, told.variables());
            byte[] reply = told.with(mac).appendedTo(errorReply);
            return new TsigVerdict.Failed(key.name(), error, reply);
        }

        private byte[] errorReply() {
            return new BareReply(message).with(Rcode.NOTAUTH);
        }
    }
}

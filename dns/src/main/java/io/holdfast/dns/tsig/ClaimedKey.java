package io.holdfast.dns.tsig;

import io.holdfast.dns.MessageReader;
import io.holdfast.dns.Name;
import java.util.Optional;
import java.util.function.Function;

/// The key that a message says it is signed with. Anybody can say so: this costs much less than
/// [Tsig#check] and proves nothing, but whose key is not known need not be looked at any further.
public record ClaimedKey(Name name, Name algorithm) {
    private static final int COUNTS_AT = 4;
    private static final int TYPE_AND_CLASS = 4;

    /// Type, class and TTL.
    private static final int BEFORE_LENGTH = 8;

    /// Class, TTL and length of the data.
    private static final int BEFORE_DATA = 8;

    /// More records than an update of a datagram's length can have need not be walked.
    private static final int MOST_RECORDS = 6_000;

    /// RFC 8945 §5.1: TSIG is the last record.
    ///
    /// @return empty if there is none, or the message is cut short before it names its key
    public static Optional<ClaimedKey> of(byte[] message) {
        MessageReader in = new MessageReader(message);
        in.moveTo(COUNTS_AT);
        int questions = in.u16();
        int records = in.u16() + in.u16();
        int additional = in.u16();
        if (in.isBroken() || additional == 0 || questions + records + additional > MOST_RECORDS) {
            return Optional.empty();
        }
        for (int i = 0; i < questions && !in.isBroken(); i++) {
            in.skipName();
            in.skip(TYPE_AND_CLASS);
        }
        for (int i = 1; i < records + additional && !in.isBroken(); i++) {
            in.skipName();
            in.skip(BEFORE_LENGTH);
            in.skip(in.u16());
        }
        int at = in.at();
        in.skipName();
        if (in.u16() != TsigRecord.TYPE) {
            return Optional.empty();
        }
        in.skip(BEFORE_DATA);
        Name algorithm = in.uncompressedName();
        in.moveTo(at);
        Name name = in.name();
        return in.isBroken() ? Optional.empty() : Optional.of(new ClaimedKey(name, algorithm));
    }

    /// Whether there is such a key, of that algorithm.
    public boolean isOneOf(Function<Name, Optional<TsigKey>> keys) {
        return keys.apply(name)
                .filter(key -> key.algorithm().dnsName().equals(algorithm))
                .isPresent();
    }
}

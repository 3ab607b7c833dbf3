package io.holdfast.dns.tsig;

import java.util.Optional;

/// Checks the replies to a request that we signed, in the order in which they come. Each has to be
/// signed. For one thread.
public final class TsigReplies {
    private final TsigKey key;
    private byte[] prior;
    private boolean first = true;

    TsigReplies(TsigKey key, byte[] requestMac) {
        this.key = key;
        this.prior = requestMac;
    }

    /// What a reply is worth.
    public sealed interface Verdict {
        /// It comes from a holder of the key.
        ///
        /// @param message without the TSIG record
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Genuine(byte[] message) implements Verdict {}

        /// It proves nothing, and is best ignored: the true one may still come.
        ///
        /// @param why for the log
        record Doubtful(String why) implements Verdict {}
    }

    /// @param reply as it came
    /// @param now in seconds since 1970
    public Verdict check(byte[] reply, long now) {
        Optional<MessageLayout> layout = MessageLayout.of(reply);
        if (layout.isEmpty()) {
            return new Verdict.Doubtful("malformed");
        }
        int at = layout.get().tsigAt();
        if (at < 0) {
            return new Verdict.Doubtful("not signed");
        }
        Optional<TsigRecord> record = TsigRecord.read(reply, at);
        if (record.isEmpty()) {
            return new Verdict.Doubtful("malformed TSIG record");
        }
        return check(reply, at, record.get(), now);
    }

    private Verdict check(byte[] reply, int at, TsigRecord record, long now) {
        if (record.mac().length == 0 && record.error() != 0) {
            return new Verdict.Doubtful("says " + new TsigError(record.error()) + ", not signed");
        }
        boolean ours =
                record.keyName().equals(key.name())
                        && record.algorithm().equals(key.algorithm().dnsName())
                        && record.mac().length >= key.algorithm().leastMacLength();
        byte[] bare = TsigRecord.removedFrom(reply, at);
        byte[] tail = first ? record.variables() : record.timers();
        if (!ours
                || !TsigDigest.matches(
                        record.mac(), TsigDigest.of(key, prior, bare, record, tail))) {
            return new Verdict.Doubtful("not signed with " + key);
        }
        if (record.error() != 0) {
            return new Verdict.Doubtful("says " + new TsigError(record.error()));
        }
        if (!record.isTimely(now)) {
            return new Verdict.Doubtful("signed at another time than now");
        }
        prior = record.mac();
        first = false;
        return new Verdict.Genuine(bare);
    }
}

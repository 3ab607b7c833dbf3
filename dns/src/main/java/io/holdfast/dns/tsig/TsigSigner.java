package io.holdfast.dns.tsig;

/// Signs one request, or all that answers one request, message after message. For one thread.
public final class TsigSigner {
    /// How far the clocks of both sides may differ, in seconds (RFC 8945 §10 recommends it).
    static final int FUDGE = 300;

    private final TsigKey key;
    private byte[] prior;
    private boolean first = true;

    private TsigSigner(TsigKey key, byte[] prior) {
        this.key = key;
        this.prior = prior;
    }

    public static TsigSigner ofRequest(TsigKey key) {
        return new TsigSigner(key, new byte[0]);
    }

    /// @param requestMac as the request carried it
    static TsigSigner ofReplies(TsigKey key, byte[] requestMac) {
        return new TsigSigner(key, requestMac);
    }

    /// The message with a TSIG record at its end; each but the first is bound to the one before it
    /// (RFC 8945 §5.3.1).
    ///
    /// @param message whole, without TSIG; at most 65,535 octets less [#room]
    /// @param now in seconds since 1970
    public byte[] sign(byte[] message, long now) {
        TsigRecord record = TsigRecord.unsigned(key, message, now, FUDGE);
        byte[] tail = first ? record.variables() : record.timers();
        prior = TsigDigest.of(key, prior, message, record, tail);
        first = false;
        return record.with(prior).appendedTo(message);
    }

    /// How many octets longer a message becomes.
    public int room() {
        return TsigRecord.room(key);
    }

    /// Checks what answers the request that was signed.
    public TsigReplies replies() {
        return new TsigReplies(key, prior);
    }
}

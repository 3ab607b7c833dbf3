package io.holdfast.dns.tsig;

import io.holdfast.dns.Name;

/// What a request's signature is worth.
public sealed interface TsigVerdict {
    /// It has none.
    record Unsigned() implements TsigVerdict {}

    /// It comes from a holder of the key, as it is, within the time allowed.
    ///
    /// @param mac as it stood in the request: tells one signed message from every other
    /// @param time when it was signed, in seconds since 1970
    /// @param message without the TSIG record; the id is that of the message as it came
    @SuppressWarnings("ArrayRecordComponent") // never compared; as large as what was received
    record Signed(TsigKey key, byte[] mac, long time, byte[] message) implements TsigVerdict {
        /// Signs what answers it.
        public TsigSigner replies() {
            return TsigSigner.ofReplies(key, mac);
        }
    }

    /// It is signed, but not to be believed.
    ///
    /// @param key the name of the key that it says it was signed with
    /// @param reply ready to be sent: NOTAUTH, with a TSIG record that tells the error (RFC 8945
    ///   §5.3.2)
    @SuppressWarnings("ArrayRecordComponent") // never compared; goes straight to the client
    record Failed(Name key, TsigError error, byte[] reply) implements TsigVerdict {}

    /// No message that could be checked: records that do not fit, or a TSIG record that is not the
    /// last and only one. The answer is FORMERR.
    record Malformed() implements TsigVerdict {}
}

package io.holdfast.dns.tsig;

/// What a TSIG record says went wrong: any number of the open registry (RFC 8945 §3). These are
/// others than the response codes of headers: 16 is BADVERS there.
///
/// @param value 0 to 65535
public record TsigError(int value) {
    public static final TsigError NONE = new TsigError(0);

    /// The signature is not that of this message and key.
    public static final TsigError BADSIG = new TsigError(16);

    /// No such key, or not with that algorithm.
    public static final TsigError BADKEY = new TsigError(17);

    /// Signed too long ago, or in the future.
    public static final TsigError BADTIME = new TsigError(18);

    /// Less of the MAC than whoever checks it wants.
    public static final TsigError BADTRUNC = new TsigError(22);

    /// @throws IllegalArgumentException if the value does not fit 16 bits
    public TsigError {
        if (value < 0 || value > 0xFFFF) {
            throw new IllegalArgumentException("a TSIG error is a number from 0 to 65535");
        }
    }

    /// The registry's mnemonic, or the number.
    @Override
    public String toString() {
        return org.xbill.DNS.Rcode.TSIGstring(value);
    }
}

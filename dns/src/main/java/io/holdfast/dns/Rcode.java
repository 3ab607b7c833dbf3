package io.holdfast.dns;

/// A response code: any number of the open registry, named or not (RFC 6895 §2.3).
///
/// These are the codes of headers and OPT records. TSIG error codes are others: 16 is BADVERS here
/// and BADSIG there.
///
/// @param value 0 to 4095
public record Rcode(int value) {
    public static final Rcode NOERROR = new Rcode(0);
    public static final Rcode FORMERR = new Rcode(1);
    public static final Rcode SERVFAIL = new Rcode(2);
    public static final Rcode NXDOMAIN = new Rcode(3);
    public static final Rcode NOTIMP = new Rcode(4);
    public static final Rcode REFUSED = new Rcode(5);

    /// A name is there that should not be (RFC 2136 §2.2), or would be too long (RFC 6672 §2.2).
    public static final Rcode YXDOMAIN = new Rcode(6);

    /// An RRset is there that should not be (RFC 2136 §2.2).
    public static final Rcode YXRRSET = new Rcode(7);

    /// An RRset that should be there is not (RFC 2136 §2.2).
    public static final Rcode NXRRSET = new Rcode(8);

    /// Not our zone (RFC 2136 §2.2), or not a good signature (RFC 8945 §5.2).
    public static final Rcode NOTAUTH = new Rcode(9);

    /// A name outside the zone it is said to be in (RFC 2136 §2.2).
    public static final Rcode NOTZONE = new Rcode(10);

    /// An EDNS version we do not speak (RFC 6891 §9).
    public static final Rcode BADVERS = new Rcode(16);

    /// A cookie that is missing or wrong (RFC 7873 §8).
    public static final Rcode BADCOOKIE = new Rcode(23);

    /// @throws IllegalArgumentException if the value does not fit 12 bits
    public Rcode {
        if (value < 0 || value > 0xFFF) {
            throw new IllegalArgumentException("a response code is a number from 0 to 4095");
        }
    }

    /// The registry's mnemonic, or `RESERVEDn`.
    @Override
    public String toString() {
        return org.xbill.DNS.Rcode.string(value);
    }
}

package io.holdfast.dns;

/// A record type: any number of the open registry, named or not (RFC 1035 §3.2.2, RFC 6895).
///
/// @param value 0 to 65535
public record Type(int value) {
    public static final Type A = new Type(1);
    public static final Type NS = new Type(2);
    public static final Type CNAME = new Type(5);
    public static final Type SOA = new Type(6);
    public static final Type PTR = new Type(12);
    public static final Type MX = new Type(15);
    public static final Type TXT = new Type(16);
    public static final Type AAAA = new Type(28);
    public static final Type SRV = new Type(33);
    public static final Type DNAME = new Type(39);
    public static final Type OPT = new Type(41);
    public static final Type DS = new Type(43);
    public static final Type RRSIG = new Type(46);
    public static final Type NSEC = new Type(47);
    public static final Type DHCID = new Type(49);

    /// The steps from one version of a zone to the next; asked for, never a record (RFC 1995).
    public static final Type IXFR = new Type(251);

    /// A whole zone; asked for, never a record (RFC 5936).
    public static final Type AXFR = new Type(252);

    public static final Type ANY = new Type(255);

    /// @throws IllegalArgumentException if the value does not fit 16 bits
    public Type {
        if (value < 0 || value > 0xFFFF) {
            throw new IllegalArgumentException("a record type is a number from 0 to 65535");
        }
    }

    /// The registry's mnemonic, or `TYPEn` (RFC 3597 §5).
    @Override
    public String toString() {
        return org.xbill.DNS.Type.string(value);
    }
}

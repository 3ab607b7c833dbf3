package io.holdfast.dns.answer;

/// Response codes that an answer can have (RFC 6895 §2.3). Plain numbers: this is the hot path.
final class Rcode {
    static final int NOERROR = 0;
    static final int FORMERR = 1;
    static final int NXDOMAIN = 3;
    static final int NOTIMP = 4;
    static final int REFUSED = 5;

    /// A DNAME made a name that is too long (RFC 6672 §2.2).
    static final int YXDOMAIN = 6;

    /// Needs an OPT record: its upper bits do not fit the header (RFC 6891 §6.1.3).
    static final int BADVERS = 16;

    private Rcode() {}
}

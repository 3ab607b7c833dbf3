package io.holdfast.dns.answer;

import io.holdfast.dns.BigEndian;
import io.holdfast.dns.Type;
import io.holdfast.dns.zone.LookupName;

/// One query as far as answering needs it; read again for each packet, in one pass and without
/// making anything.
final class Query {
    /// What kind of packet it is.
    enum Parsed {
        /// Too short for a header, or a response: answering could begin a loop.
        NOT_A_QUERY,
        MALFORMED,
        /// Another opcode, or a type nobody uses any more.
        UNSUPPORTED,
        /// EDNS of a version we do not know.
        UNKNOWN_VERSION,
        /// AXFR or IXFR.
        TRANSFER,
        /// Another opcode, whose messages are not looked into (RFC 2136).
        UPDATE,
        /// Likewise (RFC 1996).
        NOTIFY,
        /// Nothing but a cookie is asked for (RFC 7873 §5.4).
        COOKIE_ONLY,
        /// About the server itself: class CH.
        CHAOS,
        /// Well-formed, and nothing for us: another class.
        NOT_SERVED,
        QUESTION
    }

    private static final int OPCODE_QUERY = 0;
    private static final int OPCODE_NOTIFY = 4;
    private static final int OPCODE_UPDATE = 5;
    private static final int CLASS_IN = 1;
    private static final int FIRST_META = 128;
    private static final int LAST_META = 255;
    private static final int TSIG = 250;
    private static final int IXFR = 251;
    private static final int AXFR = 252;
    private static final int MAILB = 253;
    private static final int MAILA = 254;

    /// What follows the owner in any record: type, class, TTL and length of data.
    private static final int RECORD_FIXED = 10;

    final LookupName name = new LookupName();
    final Edns edns = new Edns();
    private int type;
    private int end;
    private boolean signed;

    /// The type asked for; valid after [Parsed#QUESTION] and [Parsed#CHAOS].
    int type() {
        return type;
    }

    /// Where header and question end in the packet: what a reply repeats.
    int end() {
        return end;
    }

    /// Whether there is a question to repeat.
    boolean hasQuestion() {
        return end > Header.LENGTH;
    }

    /// Whether it is what other parts of a name server answer.
    ///
    /// @param parsed what [#read] gave for it
    boolean isForHandler(Parsed parsed) {
        return switch (parsed) {
            case UPDATE, NOTIFY, TRANSFER -> true;
            case NOT_A_QUERY, MALFORMED -> false;
            case UNSUPPORTED, UNKNOWN_VERSION, COOKIE_ONLY, CHAOS, NOT_SERVED, QUESTION -> signed;
        };
    }

    Parsed read(byte[] in, int length) {
        edns.clear();
        signed = false;
        end = Header.LENGTH;
        if (length < Header.LENGTH || Header.isResponse(in)) {
            return Parsed.NOT_A_QUERY;
        }
        switch (Header.opcode(in)) {
            case OPCODE_QUERY -> {}
            case OPCODE_UPDATE -> {
                return readOther(Parsed.UPDATE, in, length);
            }
            case OPCODE_NOTIFY -> {
                return readOther(Parsed.NOTIFY, in, length);
            }
            default -> {
                return readOther(Parsed.UNSUPPORTED, in, length);
            }
        }
        return switch (Header.questions(in)) {
            case 0 -> readCookieOnly(in, length);
            case 1 -> readQuestion(in, length);
            default -> Parsed.MALFORMED; // RFC 9619: one at most
        };
    }

    /// RFC 6891 §6.1.3: whatever is asked for, with an unknown version of EDNS it is refused; only
    /// after that comes what kind of message it is. Whether the message is good is not found out
    /// here.
    private Parsed readOther(Parsed kind, byte[] in, int length) {
        if (Header.questions(in) == 1) {
            int nameLength = name.read(in, Header.LENGTH, length);
            int fixed = Header.LENGTH + nameLength;
            if (nameLength == LookupName.MALFORMED || length - fixed < 4) {
                return kind;
            }
            end = fixed + 4;
        }
        if (readRecords(in, length) && !edns.isKnownVersion()) {
            return Parsed.UNKNOWN_VERSION;
        }
        edns.clear();
        end = Header.LENGTH;
        return kind;
    }

    private Parsed readCookieOnly(byte[] in, int length) {
        boolean cookie = readRecords(in, length) && edns.cookieLength() > 0;
        if (!cookie || !edns.isKnownVersion()) {
            edns.clear();
            return Parsed.MALFORMED;
        }
        return Parsed.COOKIE_ONLY;
    }

    private Parsed readQuestion(byte[] in, int length) {
        int nameLength = name.read(in, Header.LENGTH, length);
        int fixed = Header.LENGTH + nameLength;
        if (nameLength == LookupName.MALFORMED || length - fixed < 4) {
            return Parsed.MALFORMED;
        }
        type = BigEndian.u16(in, fixed);
        int queryClass = BigEndian.u16(in, fixed + 2);
        end = fixed + 4;
        if (!readRecords(in, length)) {
            edns.clear();
            return Parsed.MALFORMED;
        }
        if (!edns.isKnownVersion()) {
            return Parsed.UNKNOWN_VERSION;
        }
        return switch (queryClass) {
            case CLASS_IN -> kindOfType();
            case Chaos.CLASS -> Parsed.CHAOS;
            default -> Parsed.NOT_SERVED;
        };
    }

    /// RFC 6895 §3.1: 128 to 255 are no types of data.
    private Parsed kindOfType() {
        if (type != Edns.TYPE && (type < FIRST_META || type > LAST_META)) {
            return Parsed.QUESTION;
        }
        if (type == Type.ANY.value()) {
            return Parsed.QUESTION;
        }
        if (type == AXFR || type == IXFR) {
            return Parsed.TRANSFER;
        }
        return type == MAILA || type == MAILB ? Parsed.UNSUPPORTED : Parsed.MALFORMED;
    }

    /// Looks for the OPT and TSIG records; all else, such as the SOA of an IXFR query, is only
    /// passed over. Ends with the packet, since every record takes some of it. Octets after the
    /// last are ignored.
    private boolean readRecords(byte[] in, int length) {
        int others = Header.answers(in) + Header.authorities(in);
        int all = others + Header.additionals(in);
        int at = end;
        for (int i = 0; i < all; i++) {
            int fixed = skipName(in, at, length);
            if (fixed < 0 || length - fixed < RECORD_FIXED) {
                return false;
            }
            int next = fixed + RECORD_FIXED + BigEndian.u16(in, fixed + 8);
            if (next > length) {
                return false;
            }
            int recordType = BigEndian.u16(in, fixed);
            if (recordType == TSIG) {
                if (i < others || i < all - 1) { // RFC 8945 §5.1: the last of the message
                    return false;
                }
                signed = true;
            } else if (recordType == Edns.TYPE) {
                // RFC 6891 §6.1.1: one at most, in the additional section, owned by the root.
                boolean misplaced = i < others || fixed - at != 1 || edns.isPresent();
                if (misplaced || !edns.read(in, at, next)) {
                    return false;
                }
            }
            at = next;
        }
        return true;
    }

    /// Where the name that begins at `at` ends, or -1 if the packet ends before.
    private static int skipName(byte[] in, int at, int length) {
        for (int p = at; p < length; ) { // each turn passes one octet or more
            int label = in[p] & 0xFF;
            if (label == 0) {
                return p + 1;
            }
            if (label >= 0xC0) {
                return p + 2;
            }
            p += 1 + label;
        }
        return -1;
    }
}

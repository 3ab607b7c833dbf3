package io.holdfast.dns.answer;

import io.holdfast.dns.BigEndian;

/// The fixed header of a message (RFC 1035 §4.1.1).
///
/// ```
///    0       2                                   4       6       8       10      12
///   +-------+--+------+--+--+--+--+-----+-------+-------+-------+-------+-------+
///   | id    |QR|opcode|AA|TC|RD|RA|Z    | rcode | QD    | AN    | NS    | AR    |
///   +-------+--+------+--+--+--+--+-----+-------+-------+-------+-------+-------+
/// ```
final class Header {
    static final int LENGTH = 12;

    private static final int FLAGS = 2;
    private static final int QUESTIONS = 4;
    private static final int ANSWERS = 6;
    private static final int AUTHORITIES = 8;
    private static final int ADDITIONALS = 10;

    private static final int RESPONSE = 0x8000;
    private static final int OPCODE = 0x7800;
    private static final int AUTHORITATIVE = 0x0400;
    private static final int TRUNCATED = 0x0200;
    private static final int RECURSION_DESIRED = 0x0100;

    private Header() {}

    static boolean isResponse(byte[] message) {
        return (BigEndian.u16(message, FLAGS) & RESPONSE) != 0;
    }

    /// 0 to 15.
    static int opcode(byte[] message) {
        return (BigEndian.u16(message, FLAGS) & OPCODE) >>> 11;
    }

    static int questions(byte[] message) {
        return BigEndian.u16(message, QUESTIONS);
    }

    static int answers(byte[] message) {
        return BigEndian.u16(message, ANSWERS);
    }

    static int authorities(byte[] message) {
        return BigEndian.u16(message, AUTHORITIES);
    }

    static int additionals(byte[] message) {
        return BigEndian.u16(message, ADDITIONALS);
    }

    /// Makes the header of a query that of its reply. The opcode stays as it is, and RD in a query
    /// (RFC 1035 §4.1.1); other opcodes have no such bit, and a reply to them has it clear, as
    /// BIND's. RA, AD and CD are never set by a server that neither recurses nor validates (RFC
    /// 4035 §3.1.6).
    static void reply(byte[] message, int rcode, boolean authoritative, boolean truncated) {
        int asked = BigEndian.u16(message, FLAGS);
        int kept = asked & ((asked & OPCODE) == 0 ? RECURSION_DESIRED : OPCODE);
        int flags =
                RESPONSE
                        | kept
                        | (authoritative ? AUTHORITATIVE : 0)
                        | (truncated ? TRUNCATED : 0)
                        | (rcode & 0xF);
        BigEndian.put16(message, FLAGS, flags);
    }

    static void counts(byte[] message, int questions, int answers, int authorities, int rest) {
        BigEndian.put16(message, QUESTIONS, questions);
        BigEndian.put16(message, ANSWERS, answers);
        BigEndian.put16(message, AUTHORITIES, authorities);
        BigEndian.put16(message, ADDITIONALS, rest);
    }
}

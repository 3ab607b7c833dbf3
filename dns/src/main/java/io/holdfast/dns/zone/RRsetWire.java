package io.holdfast.dns.zone;

import io.holdfast.dns.BigEndian;
import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import java.util.ArrayList;
import java.util.List;

/// The form in which a node keeps its RRsets: one after the other in one array, each with a header
/// before its records.
///
/// ```
///    0       2       4               8
///   +-------+-------+---------------+----------+----------+--
///   | type  | count | octets        | record 1 | record 2 | ...
///   +-------+-------+---------------+----------+----------+--
/// ```
///
/// A record is as RFC 1035 §4.1.3 draws it and as replies carry it, its owner a pointer to where
/// the name in a question stands.
///
/// ```
///    0       2       4       6               10      12
///   +-------+-------+-------+---------------+-------+--------
///   | C0 0C | type  | class | TTL           | length| data ...
///   +-------+-------+-------+---------------+-------+--------
/// ```
final class RRsetWire {
    static final int NONE = -1;

    /// What precedes the data in a record.
    static final int RECORD_HEADER = 12;

    private static final int HEADER = 8;
    private static final int QUESTION_POINTER = 0xC00C;
    private static final int CLASS_IN = 1;

    /// So many octets of records an RRset may have: a reply's header, the longest question and an
    /// OPT record must fit beside it in a message.
    static final int MOST_OCTETS = 0xFFFF - 12 - (Name.MAX_LENGTH + 4) - 11;

    private RRsetWire() {}

    /// @throws IllegalArgumentException if no message could carry the RRset
    static byte[] of(RRset rrset) {
        List<Rdata> rdata = rrset.rdata();
        long octets = octets(rdata);
        if (octets > MOST_OCTETS) {
            throw new IllegalArgumentException(
                    rrset.owner() + " " + rrset.type() + " is too long for a DNS message");
        }
        byte[] wire = new byte[HEADER + (int) octets];
        BigEndian.put16(wire, 0, rrset.type().value());
        BigEndian.put16(wire, 2, rdata.size());
        BigEndian.put32(wire, 4, (int) octets);
        int at = HEADER;
        for (Rdata data : rdata) {
            BigEndian.put16(wire, at, QUESTION_POINTER);
            BigEndian.put16(wire, at + 2, rrset.type().value());
            BigEndian.put16(wire, at + 4, CLASS_IN);
            BigEndian.put32(wire, at + 6, rrset.ttl());
            BigEndian.put16(wire, at + 10, data.length());
            System.arraycopy(data.toWire(), 0, wire, at + RECORD_HEADER, data.length());
            at += RECORD_HEADER + data.length();
        }
        return wire;
    }

    /// How many octets records with these data take.
    static long octets(List<Rdata> rdata) {
        return rdata.stream().mapToLong(data -> RECORD_HEADER + data.length()).sum();
    }

    /// Where the RRset of a type begins, looked for from the RRset at `from` on, or [#NONE].
    static int find(byte[] records, int from, int type) {
        int at = from;
        while (at < records.length) {
            if (BigEndian.u16(records, at) == type) {
                return at;
            }
            at = next(records, at);
        }
        return NONE;
    }

    /// Where the RRset after the one at `at` begins; the end after the last.
    static int next(byte[] records, int at) {
        return first(at) + octets(records, at);
    }

    /// Where the first record of the RRset at `at` begins.
    static int first(int at) {
        return at + HEADER;
    }

    static int count(byte[] records, int at) {
        return BigEndian.u16(records, at + 2);
    }

    /// How many octets the records of the RRset at `at` take together.
    static int octets(byte[] records, int at) {
        return BigEndian.i32(records, at + 4);
    }

    /// The RRset at `at` as a value.
    static RRset read(Name owner, byte[] records, int at) {
        List<Rdata> rdata = new ArrayList<>(count(records, at));
        int record = first(at);
        int ttl = BigEndian.i32(records, record + 6);
        for (int end = next(records, at); record < end; ) {
            int length = BigEndian.u16(records, record + 10);
            rdata.add(Rdata.of(records, record + RECORD_HEADER, length));
            record += RECORD_HEADER + length;
        }
        return new RRset(owner, new Type(BigEndian.u16(records, at)), ttl, rdata);
    }

    /// The same RRsets with `wire` in place of the one of its type, or after all others.
    static byte[] put(byte[] records, byte[] wire) {
        int at = find(records, 0, BigEndian.u16(wire, 0));
        return at == NONE
                ? splice(records, records.length, records.length, wire)
                : splice(records, at, next(records, at), wire);
    }

    /// The same RRsets without the one of a type.
    static byte[] remove(byte[] records, int type) {
        int at = find(records, 0, type);
        return at == NONE ? records : splice(records, at, next(records, at), new byte[0]);
    }

    private static byte[] splice(byte[] records, int from, int to, byte[] wire) {
        byte[] next = new byte[records.length - (to - from) + wire.length];
        System.arraycopy(records, 0, next, 0, from);
        System.arraycopy(wire, 0, next, from, wire.length);
        System.arraycopy(records, to, next, from + wire.length, records.length - to);
        return next;
    }
}

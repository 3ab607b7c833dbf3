package io.holdfast.dns.answer;

import io.holdfast.dns.BigEndian;
import io.holdfast.dns.Name;
import io.holdfast.dns.Rcode;
import io.holdfast.dns.Type;
import io.holdfast.dns.zone.Hit;
import io.holdfast.dns.zone.LookupName;

/// Puts a reply together: the query's own header and question, records as they lie ready, an OPT
/// record.
///
/// No name is ever searched for compression. The owner of every record a reply can have is already
/// in the message: it is the name asked for, the target in a CNAME just written, or a suffix of
/// either. So a pointer of two octets is all that changes in ready records.
///
/// Whole RRsets or nothing. One that does not fit the answer or authority section sets TC and ends
/// the reply; out of room is a state, not an exception.
final class ReplyWriter {
    /// The data of a record begins so far after its owner's pointer.
    static final int RECORD_HEADER = 12;

    /// A pointer to the name in the question.
    static final int TO_QUESTION = 0xC000 | Header.LENGTH;

    private static final int POINTER = 0xC000;
    private static final int LAST_POINTED = 0x3FFF;
    private static final int CLASS_IN = 1;

    private byte[] out = {};
    private Edns edns = new Edns(); // the query's
    private byte[] nsid = {};
    private byte[] cookie = {};
    private ExtendedError error = ExtendedError.NONE;
    private int start;
    private int at;
    private int limit;
    private int questions;
    private int answers;
    private int authorities;
    private int additionals;
    private boolean authoritative;
    private boolean truncated;

    /// Starts the reply to `query`.
    ///
    /// @param most octets the reply may take, at least [Edns#LEAST_PAYLOAD]
    /// @param nsid what our OPT record says about which server this is; empty for nothing
    /// @param cookie what it carries as a cookie; empty for none
    void begin(byte[] in, Query query, byte[] out, int most, byte[] nsid, byte[] cookie) {
        this.out = out;
        this.edns = query.edns;
        this.nsid = nsid;
        this.cookie = cookie;
        this.error = ExtendedError.NONE;
        this.start = query.end();
        this.at = start;
        this.limit = most - (edns.isPresent() ? Edns.length(nsid, cookie) : 0);
        this.questions = query.hasQuestion() ? 1 : 0;
        this.answers = 0;
        this.authorities = 0;
        this.additionals = 0;
        this.authoritative = false;
        this.truncated = false;
        System.arraycopy(in, 0, out, 0, at);
    }

    /// Says why, if the client has EDNS; only for replies without records, which have room for it.
    void because(ExtendedError error) {
        this.error = error;
    }

    /// Takes all records out again and sets TC.
    void empty() {
        at = start;
        answers = 0;
        authorities = 0;
        additionals = 0;
        truncated = true;
    }

    /// Where the next record goes.
    int at() {
        return at;
    }

    void authoritative() {
        authoritative = true;
    }

    void truncated() {
        truncated = true;
    }

    /// Writes records into the answer section.
    ///
    /// @param nameAt where in the reply the name stands that was looked for
    /// @return whether there was room
    boolean answer(Hit hit, LookupName name, int nameAt) {
        if (!put(hit, nameAt + name.offset(hit.ownerSuffix()))) {
            truncated = true;
            return false;
        }
        answers += hit.count();
        return true;
    }

    /// Writes one record, ready with its owner, into the answer section.
    void answer(byte[] record) {
        if (limit - at < record.length) {
            truncated = true;
            return;
        }
        System.arraycopy(record, 0, out, at, record.length);
        at += record.length;
        answers++;
    }

    /// Writes records into the authority section; returns whether there was room.
    boolean authority(Hit hit, LookupName name, int nameAt) {
        if (!put(hit, nameAt + name.offset(hit.ownerSuffix()))) {
            truncated = true;
            return false;
        }
        authorities += hit.count();
        return true;
    }

    /// Writes the SOA of a negative answer, its TTL the lower one of its own and its MINIMUM (RFC
    /// 2308 §3, §5).
    void negative(Hit soa, LookupName name, int nameAt) {
        int ttl = at + 6;
        if (authority(soa, name, nameAt)) {
            int minimum = BigEndian.i32(out, at - Integer.BYTES);
            if (Integer.compareUnsigned(minimum, BigEndian.i32(out, ttl)) < 0) {
                BigEndian.put32(out, ttl, minimum);
            }
        }
    }

    /// Writes records that nobody asked for; returns whether there was room, or a way to point to
    /// the owner. Without them the reply is still whole.
    boolean additional(Hit hit, int ownerAt) {
        if (ownerAt > LAST_POINTED || !put(hit, ownerAt)) {
            return false;
        }
        additionals += hit.count();
        return true;
    }

    /// Writes the CNAME that a DNAME stands for (RFC 6672 §3.1): the labels before the DNAME's
    /// owner, then its target.
    ///
    /// @param dnameAt where in the reply the DNAME record is
    /// @param nameAt where in the reply the name stands that was looked for
    /// @param prefix how many octets of that name are before the DNAME's owner
    /// @return false if the name would be too long, and nothing was written
    boolean dname(int dnameAt, int nameAt, int prefix) {
        int target = BigEndian.u16(out, dnameAt + 10);
        int length = prefix + target;
        if (length > Name.MAX_LENGTH) {
            return false;
        }
        int p = at;
        if (limit - p < RECORD_HEADER + length) {
            truncated = true;
            return true;
        }
        // The owner is where put() could point to, and so is this name.
        BigEndian.put16(out, p, POINTER | nameAt);
        BigEndian.put16(out, p + 2, Type.CNAME.value());
        BigEndian.put16(out, p + 4, CLASS_IN);
        BigEndian.put32(out, p + 6, BigEndian.i32(out, dnameAt + 6));
        BigEndian.put16(out, p + 10, length);
        System.arraycopy(out, nameAt, out, p + RECORD_HEADER, prefix);
        System.arraycopy(out, dnameAt + RECORD_HEADER, out, p + RECORD_HEADER + prefix, target);
        at = p + RECORD_HEADER + length;
        answers++;
        return true;
    }

    /// Takes the name that begins at `at`, in data just written.
    ///
    /// @return false if none does
    boolean readName(LookupName name, int at) {
        return name.read(out, at, this.at) != LookupName.MALFORMED;
    }

    /// Two octets of data just written.
    int u16(int at) {
        return BigEndian.u16(out, at);
    }

    /// Where the record after the one at `record` begins.
    int next(int record) {
        return record + RECORD_HEADER + BigEndian.u16(out, record + 10);
    }

    boolean isTruncated() {
        return truncated;
    }

    /// Finishes the reply and returns its length.
    int end(Rcode rcode) {
        Header.reply(out, rcode.value(), authoritative, truncated);
        int extra = 0;
        if (edns.isPresent()) { // begin() kept room for it
            at = edns.write(out, at, rcode.value(), nsid, cookie, error);
            extra = 1;
        }
        Header.counts(out, questions, answers, authorities, additionals + extra);
        return at;
    }

    /// Copies records and points each owner to where that name stands. In the answer and authority
    /// sections it always stands where a pointer reaches: before it are the question and at most
    /// [Answerer#MOST_ALIASES] aliases.
    private boolean put(Hit hit, int ownerAt) {
        int p = at;
        int end = p + hit.octets();
        if (end > limit) {
            return false;
        }
        hit.copyTo(out, p);
        at = end;
        if (ownerAt != Header.LENGTH) { // they lie ready for the question's own name
            while (p < end) {
                BigEndian.put16(out, p, POINTER | ownerAt);
                p = next(p);
            }
        }
        return true;
    }
}

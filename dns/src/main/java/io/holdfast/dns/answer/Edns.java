package io.holdfast.dns.answer;

import io.holdfast.dns.BigEndian;

/// What the OPT record of a query said (RFC 6891 §6.1), and the one its reply carries.
///
/// ```
///    0    1       3         5        6         7          9       11
///   +----+-------+---------+--------+---------+----------+-------+---------
///   | 0  | 41    | payload | rcode, | version | DO, Z    | length| options
///   |    |       | size    | upper  |         |          |       |
///   +----+-------+---------+--------+---------+----------+-------+---------
/// ```
final class Edns {
    static final int TYPE = 41;

    /// How long an OPT record without options is.
    static final int LENGTH = 11;

    /// What fits every network without fragments: the least MTU of IPv6 less its headers (RFC
    /// 9715).
    static final int MOST_PAYLOAD = 1232;

    /// What everybody takes, asked or not (RFC 1035 §4.2.1; RFC 6891 §6.2.3).
    static final int LEAST_PAYLOAD = 512;

    private static final int DNSSEC_OK = 0x8000;

    private boolean present;
    private int payload;
    private int version;
    private int flags;

    /// No OPT record.
    void clear() {
        present = false;
    }

    /// Takes the OPT record that begins at `at` and ends before `end`; its fixed part is known to
    /// be there.
    ///
    /// @return whether it is well-formed. Options mean nothing to us yet and are passed over
    ///   (§6.1.2).
    boolean read(byte[] in, int at, int end) {
        present = true;
        payload = BigEndian.u16(in, at + 3);
        version = in[at + 6] & 0xFF;
        flags = BigEndian.u16(in, at + 7);
        int option = at + LENGTH;
        while (end - option >= 4) { // each turn passes four octets or more
            option += 4 + BigEndian.u16(in, option + 2);
        }
        return option == end;
    }

    boolean isPresent() {
        return present;
    }

    /// Whether the version is one we speak: 0.
    boolean isKnownVersion() {
        return !present || version == 0;
    }

    /// The longest reply, in octets, that may go back as one datagram.
    int mostPayload() {
        return present ? Math.clamp(payload, LEAST_PAYLOAD, MOST_PAYLOAD) : LEAST_PAYLOAD;
    }

    /// Writes the reply's own OPT record; DO comes back as it was (RFC 3225 §3).
    void write(byte[] out, int at, int rcode) {
        out[at] = 0;
        BigEndian.put16(out, at + 1, TYPE);
        BigEndian.put16(out, at + 3, MOST_PAYLOAD);
        out[at + 5] = (byte) (rcode >>> 4);
        out[at + 6] = 0;
        BigEndian.put16(out, at + 7, flags & DNSSEC_OK);
        BigEndian.put16(out, at + 9, 0);
    }
}

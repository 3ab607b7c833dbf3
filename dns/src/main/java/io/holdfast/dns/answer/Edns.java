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
///
/// An option is a code and a length of two octets each, and its data.
final class Edns {
    static final int TYPE = 41;

    /// What fits every network without fragments: the least MTU of IPv6 less its headers (RFC
    /// 9715).
    static final int MOST_PAYLOAD = 1232;

    /// What everybody takes, asked or not (RFC 1035 §4.2.1; RFC 6891 §6.2.3). Enough for a question
    /// of any length with every option we have.
    static final int LEAST_PAYLOAD = 512;

    /// How long an OPT record without options is.
    private static final int LENGTH = 11;

    private static final int OPTION_HEADER = 4;
    private static final int NSID = 3; // RFC 5001
    private static final int COOKIE = 10; // RFC 7873
    private static final int EXTENDED_ERROR = 15; // RFC 8914
    private static final int DNSSEC_OK = 0x8000;

    private boolean present;
    private int payload;
    private int version;
    private int flags;
    private boolean asksNsid;
    private int cookieAt;
    private int cookieLength;

    /// No OPT record.
    void clear() {
        present = false;
        cookieLength = 0;
    }

    /// Takes the OPT record that begins at `at` and ends before `end`; its fixed part is known to
    /// be there.
    ///
    /// @return whether it is well-formed. Options that we do not know are passed over (§6.1.2).
    boolean read(byte[] in, int at, int end) {
        present = true;
        payload = BigEndian.u16(in, at + 3);
        version = in[at + 6] & 0xFF;
        flags = BigEndian.u16(in, at + 7);
        asksNsid = false;
        cookieLength = 0;
        int option = at + LENGTH;
        while (end - option >= OPTION_HEADER) { // each turn passes four octets or more
            int length = BigEndian.u16(in, option + 2);
            int data = option + OPTION_HEADER;
            int code = BigEndian.u16(in, option);
            if (code == NSID) {
                asksNsid = true;
            } else if (code == COOKIE && cookieLength == 0) { // RFC 7873 §5.2: the first counts
                if (!Cookies.isLength(length)) {
                    return false;
                }
                cookieAt = data;
                cookieLength = length;
            }
            option = data + length;
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

    boolean asksNsid() {
        return present && asksNsid;
    }

    /// Where in the query its COOKIE option has its data.
    int cookieAt() {
        return cookieAt;
    }

    /// How long those are; 0 if there is no such option.
    int cookieLength() {
        return cookieLength;
    }

    /// The longest reply, in octets, that may go back as one datagram.
    int mostPayload() {
        return present ? Math.clamp(payload, LEAST_PAYLOAD, MOST_PAYLOAD) : LEAST_PAYLOAD;
    }

    /// How long the reply's own OPT record is, without an extended error.
    ///
    /// @param nsid what is told to who asks; empty for nothing
    /// @param cookie what goes back; empty for nothing
    static int length(byte[] nsid, byte[] cookie) {
        return LENGTH + optionLength(nsid) + optionLength(cookie);
    }

    /// Writes the reply's own OPT record; DO comes back as it was (RFC 3225 §3).
    ///
    /// @return where it ends
    int write(byte[] out, int at, int rcode, byte[] nsid, byte[] cookie, ExtendedError error) {
        out[at] = 0;
        BigEndian.put16(out, at + 1, TYPE);
        BigEndian.put16(out, at + 3, MOST_PAYLOAD);
        out[at + 5] = (byte) (rcode >>> 4);
        out[at + 6] = 0;
        BigEndian.put16(out, at + 7, flags & DNSSEC_OK);
        int end = putOption(out, at + LENGTH, COOKIE, cookie);
        end = putOption(out, end, NSID, nsid);
        if (error != ExtendedError.NONE) {
            BigEndian.put32(out, end, (EXTENDED_ERROR << 16) | Short.BYTES);
            BigEndian.put16(out, end + OPTION_HEADER, error.code);
            end += OPTION_HEADER + Short.BYTES;
        }
        BigEndian.put16(out, at + 9, end - at - LENGTH);
        return end;
    }

    private static int putOption(byte[] out, int at, int code, byte[] data) {
        if (data.length == 0) {
            return at;
        }
        BigEndian.put32(out, at, (code << 16) | data.length);
        System.arraycopy(data, 0, out, at + OPTION_HEADER, data.length);
        return at + OPTION_HEADER + data.length;
    }

    private static int optionLength(byte[] data) {
        return data.length == 0 ? 0 : OPTION_HEADER + data.length;
    }
}

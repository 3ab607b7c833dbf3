package io.holdfast.dns.answer;

import io.holdfast.dns.BigEndian;
import java.util.List;

/// DNS cookies (RFC 7873): shows that a client is where its datagrams say it is. Server cookies are
/// those of RFC 9018 §4, which servers of different make understand.
///
/// ```
///    0                 8         9          12          16       24
///   +-----------------+---------+----------+-----------+--------+
///   | client cookie   | 1       | reserved | timestamp | hash   |
///   +-----------------+---------+----------+-----------+--------+
/// ```
///
/// The hash covers the 16 octets before it and the client's address. A wrong server cookie is
/// treated as none (RFC 7873 §5.2.3, §5.2.4): the query is answered, and a right one goes with the
/// answer. Nobody gets BADCOOKIE, since a cookie is asked of nobody.
final class Cookies {
    /// A client cookie with nothing after it.
    static final int CLIENT_ONLY = 8;

    /// A client cookie, and a server cookie of ours.
    static final int LENGTH = 24;

    private static final int SHORTEST_FOREIGN = 16;
    private static final int LONGEST = 40;
    private static final byte VERSION = 1;
    private static final int TIMESTAMP_AT = 12;
    private static final int HASHED = 16;
    private static final int ADDRESS = 16;

    /// RFC 9018 §4.3.
    private static final int OLDEST_SECONDS = 3_600;

    private static final int NEWEST_SECONDS = -300;
    private static final int RENEWED_SECONDS = 1_800;
    private static final int NOBODY = -1;

    private final CookieSecret[] secrets;
    private final SipHash hash = new SipHash();
    private final byte[] cookie = new byte[LENGTH];
    private final byte[] hashed = new byte[HASHED + ADDRESS];

    /// @param secrets the first makes cookies, all are accepted; none for no cookies at all
    Cookies(List<CookieSecret> secrets) {
        this.secrets = secrets.toArray(new CookieSecret[0]);
    }

    boolean areOn() {
        return secrets.length > 0;
    }

    /// Whether a COOKIE option may have so many octets (RFC 7873 §4).
    static boolean isLength(int length) {
        return length == CLIENT_ONLY || (length >= SHORTEST_FOREIGN && length <= LONGEST);
    }

    /// What goes with the reply: valid after [#check], [#LENGTH] octets.
    byte[] cookie() {
        return cookie;
    }

    /// Checks the cookie of a query, and makes the one for its reply ready: the same as long as it
    /// is young.
    ///
    /// @param at where in the query the client cookie begins
    /// @param length of both cookies, as [#isLength] allows
    /// @param client who asks: an IPv6 address, or an IPv4 address mapped into one
    /// @param nowSeconds since 1970
    /// @return whether the server cookie is ours, of this client, and not too old
    boolean check(byte[] in, int at, int length, byte[] client, long nowSeconds) {
        int addressed = HASHED + putAddress(client);
        System.arraycopy(in, at, cookie, 0, CLIENT_ONLY);
        boolean good = false;
        if (length == LENGTH && in[at + CLIENT_ONLY] == VERSION) {
            int age = (int) nowSeconds - BigEndian.i32(in, at + TIMESTAMP_AT); // RFC 1982
            System.arraycopy(in, at, hashed, 0, HASHED);
            int maker = maker(SipHash.littleEndian(in, at + HASHED), addressed);
            good = maker != NOBODY && age <= OLDEST_SECONDS && age >= NEWEST_SECONDS;
            if (good && maker == 0 && age <= RENEWED_SECONDS) {
                System.arraycopy(in, at, cookie, 0, LENGTH);
                return true;
            }
        }
        issue(addressed, nowSeconds);
        return good;
    }

    private void issue(int addressed, long nowSeconds) {
        BigEndian.put32(cookie, CLIENT_ONLY, VERSION << 24);
        BigEndian.put32(cookie, TIMESTAMP_AT, (int) nowSeconds);
        System.arraycopy(cookie, 0, hashed, 0, HASHED);
        SipHash.putLittleEndian(cookie, HASHED, hash(secrets[0], addressed));
    }

    private int maker(long expected, int addressed) {
        for (int i = 0; i < secrets.length; i++) {
            if (hash(secrets[i], addressed) == expected) {
                return i;
            }
        }
        return NOBODY;
    }

    private long hash(CookieSecret secret, int addressed) {
        return hash.hash(secret.key0, secret.key1, hashed, addressed);
    }

    /// Puts the address where it is hashed, IPv4 as its four octets; returns how many.
    private int putAddress(byte[] client) {
        if (ClientRange.isIpv4(client)) {
            System.arraycopy(client, 12, hashed, HASHED, 4);
            return 4;
        }
        System.arraycopy(client, 0, hashed, HASHED, ADDRESS);
        return ADDRESS;
    }
}

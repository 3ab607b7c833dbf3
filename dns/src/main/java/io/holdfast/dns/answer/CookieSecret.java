package io.holdfast.dns.answer;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// What server cookies are made with (RFC 9018 §5). Servers of one address share it.
public final class CookieSecret {
    private static final int LENGTH = 16;

    final long key0;
    final long key1;

    private CookieSecret(byte[] octets) {
        key0 = SipHash.littleEndian(octets, 0);
        key1 = SipHash.littleEndian(octets, Long.BYTES);
    }

    /// Reads 32 hexadecimal digits.
    ///
    /// @throws IllegalArgumentException for anything else; the message does not repeat the text
    public static CookieSecret of(String digits) {
        if (!digits.matches("[0-9A-Fa-f]{32}")) {
            throw new IllegalArgumentException(
                    "a cookie secret has 32 hexadecimal digits, as openssl rand -hex 16 writes");
        }
        return new CookieSecret(HexFormat.of().parseHex(digits));
    }

    /// A new one.
    ///
    /// @param random that nobody can foresee
    public static CookieSecret random(RandomGenerator random) {
        byte[] octets = new byte[LENGTH];
        random.nextBytes(octets);
        return new CookieSecret(octets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CookieSecret secret && secret.key0 == key0 && secret.key1 == key1;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(key0 ^ key1);
    }
}

package io.holdfast.dns.tsig;

import io.holdfast.dns.Name;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A keyed hash of RFC 8945 §6. MD5 is left out: nobody should begin with it any more.
public enum TsigAlgorithm {
    HMAC_SHA1("hmac-sha1", "HmacSHA1", 20),
    HMAC_SHA224("hmac-sha224", "HmacSHA224", 28),
    HMAC_SHA256("hmac-sha256", "HmacSHA256", 32),
    HMAC_SHA384("hmac-sha384", "HmacSHA384", 48),
    HMAC_SHA512("hmac-sha512", "HmacSHA512", 64);

    private static final int LEAST_MAC = 10;

    /// 128 bits, as the truncated algorithms of RFC 8945 §6 have them.
    private static final int LEAST_TAKEN = 16;

    @SuppressWarnings("ImmutableEnumChecker") // a Name never changes
    private final Name name;

    private final String javaName;
    private final int length;

    TsigAlgorithm(String word, String javaName, int length) {
        this.name = Name.of(word);
        this.javaName = javaName;
        this.length = length;
    }

    /// The algorithm of that name, as messages and key files spell it; in any case.
    public static Optional<TsigAlgorithm> of(Name name) {
        return Arrays.stream(values()).filter(a -> a.name.equals(name)).findFirst();
    }

    /// @throws IllegalArgumentException naming those there are
    public static TsigAlgorithm of(String text) {
        return Arrays.stream(values())
                .filter(a -> a.toString().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "\""
                                        + text
                                        + "\" is no algorithm; there are "
                                        + Arrays.toString(values())));
    }

    /// The name it has in messages.
    public Name dnsName() {
        return name;
    }

    /// What the JDK's cryptography calls it.
    String javaName() {
        return javaName;
    }

    /// How long a whole MAC is, in octets.
    public int macLength() {
        return length;
    }

    /// How much of a MAC has to be there at least, in octets (RFC 8945 §5.2.2.1).
    int leastMacLength() {
        return Math.max(LEAST_MAC, length / 2);
    }

    /// How much of a MAC we want, in octets: less is not worth a signature, whoever sends it.
    int leastMacTaken() {
        return Math.max(LEAST_TAKEN, leastMacLength());
    }

    @Override
    public String toString() {
        return name.toString();
    }
}

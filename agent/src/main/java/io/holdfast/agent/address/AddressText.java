package io.holdfast.agent.address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Addresses as text: written in one way only, and found in whatever a page or a program says.
public final class AddressText {
    private static final Pattern DOTTED =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^0-9A-Za-z:._-]+");

    /// The page that Dyn served, and that many imitate, has the address after these words.
    private static final String DYN = "Current IP Address:";

    private AddressText() {}

    /// The canonical text: dotted decimal, or RFC 5952 for IPv6.
    public static String of(InetAddress address) {
        return address instanceof Inet4Address
                ? address.getHostAddress()
                : six(address.getAddress());
    }

    /// Reads a text that is an address and nothing else. An IPv4-mapped IPv6 address is IPv4.
    public static Optional<InetAddress> parse(String text) {
        boolean four = DOTTED.matcher(text).matches();
        boolean six = text.indexOf(':') >= 0 && text.indexOf('%') < 0;
        if (!four && !six) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The first address of a family in any text: bare, on Dyn's page, in JSON, with a port or a
    /// prefix length behind it.
    public static Optional<InetAddress> find(String text, Family family) {
        int from = Math.max(0, text.indexOf(DYN));
        return BETWEEN_WORDS
                .splitAsStream(text.substring(from))
                .flatMap(word -> meant(word).stream())
                .filter(family::holds)
                .findFirst();
    }

    /// A word may be `192.0.2.7.`, `ip:192.0.2.7` or `192.0.2.7:80`; the first reading that is an
    /// address counts.
    private static Optional<InetAddress> meant(String word) {
        return readings(word).flatMap(reading -> parse(reading).stream()).findFirst();
    }

    private static Stream<String> readings(String word) {
        String bare = word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
        int first = bare.indexOf(':');
        int last = bare.lastIndexOf(':');
        return first < 0
                ? Stream.of(bare)
                : Stream.of(bare, bare.substring(first + 1), bare.substring(0, last));
    }

    /// RFC 5952 section 4: lower case, no leading zeros, `::` for the first longest run of zeros.
    private static String six(byte[] octets) {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (octets[2 * i] & 0xFF) << 8 | (octets[2 * i + 1] & 0xFF);
        }
        int start = 0;
        int length = 1; // a single zero is written out, section 4.2.2
        for (int i = 0; i < 8; i++) {
            int zeros = 0;
            while (i + zeros < 8 && groups[i + zeros] == 0) {
                zeros++;
            }
            if (zeros > length) {
                start = i;
                length = zeros;
            }
        }
        return length == 1
                ? hex(groups, 0, 8)
                : hex(groups, 0, start) + "::" + hex(groups, start + length, 8);
    }

    private static String hex(int[] groups, int from, int to) {
        List<String> words =
                IntStream.range(from, to).mapToObj(i -> Integer.toHexString(groups[i])).toList();
        return String.join(":", words);
    }
}

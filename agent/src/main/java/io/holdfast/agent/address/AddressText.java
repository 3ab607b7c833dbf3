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
    private static final Pattern SIX = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    /// What could belong to an address or would make it something else. Digits of other scripts and
    /// invisible characters are among it, so that `192.0.2.7` never is cut out of something longer.
    private static final Pattern WORD =
            Pattern.compile(
                    "[0-9A-Za-z:._\\-\\p{Nd}\\p{Cf}\\x00-\\x08\\x0e-\\x1f\\x7f-\\x9f\\ufffd]+");

    /// What has the form of an address and is none: the host of a URL, and the number of a version,
    /// named as such or behind a product (RFC 9110 section 10.1.5).
    private static final Pattern NOT_MEANT =
            Pattern.compile(
                    "\\b[a-z][a-z0-9+.-]{0,20}://[^\\s\"'<>]*"
                            + "|\\b(?:version|release|build|firmware|ver|v)\\b[\"']?\\s{0,8}[:=]?"
                            + "\\s{0,8}[\"']?v?[0-9]+(?:\\.[0-9]+)+"
                            + "|(?<=[a-z])/v?[0-9]+(?:\\.[0-9]+)+",
                    Pattern.CASE_INSENSITIVE);

    private AddressText() {}

    /// The canonical text: dotted decimal, or RFC 5952 for IPv6.
    public static String of(InetAddress address) {
        return address instanceof Inet4Address
                ? address.getHostAddress()
                : six(address.getAddress());
    }

    /// Reads a text that is an address and nothing else. An IPv4-mapped IPv6 address is IPv4.
    public static Optional<InetAddress> parse(String text) {
        boolean six = text.indexOf(':') >= 0 && SIX.matcher(text).matches();
        if (!six && !DOTTED.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The addresses of a family that any text names, each once, in their order: bare, in JSON,
    /// with a port or a prefix length behind them. Hosts of URLs and numbers of versions are none.
    static List<InetAddress> all(String text, Family family) {
        String meant = NOT_MEANT.matcher(text).replaceAll(" ");
        return WORD.matcher(meant)
                .results()
                .flatMap(word -> meant(word.group()).stream())
                .filter(family::holds)
                .distinct()
                .toList();
    }

    /// A word may be `192.0.2.7.`, `ip:192.0.2.7` or `192.0.2.7:80`; the first reading that is an
    /// address counts. `::` alone is punctuation.
    private static Optional<InetAddress> meant(String word) {
        return word.equals("::")
                ? Optional.empty()
                : readings(word).flatMap(reading -> parse(reading).stream()).findFirst();
    }

    private static Stream<String> readings(String word) {
        String bare = word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
        int first = bare.indexOf(':');
        int last = bare.lastIndexOf(':');
        return first < 0
                ? Stream.of(bare)
                : Stream.of(
                        bare,
                        bare.substring(first + 1),
                        bare.substring(0, last),
                        bare.substring(Math.min(first + 1, last), last));
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

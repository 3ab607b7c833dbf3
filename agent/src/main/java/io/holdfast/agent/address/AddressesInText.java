package io.holdfast.agent.address;

import io.holdfast.net.address.AddressText;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Addresses, found in whatever a page, a file or a program says.
final class AddressesInText {
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

    private AddressesInText() {}

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
                : readings(word).flatMap(reading -> AddressText.read(reading).stream()).findFirst();
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
}

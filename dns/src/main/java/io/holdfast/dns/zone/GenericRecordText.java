package io.holdfast.dns.zone;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// The generic form of record data, which is good for every type: `\\# 4 c0000201` (RFC 3597 §5).
final class GenericRecordText {
    private GenericRecordText() {}

    /// @param text what follows the type
    /// @return empty if it is of another form
    /// @throws IllegalArgumentException if it is of this form and wrong
    static Optional<byte[]> read(String text) {
        if (!text.startsWith("\\#")) {
            return Optional.empty();
        }
        String[] words = text.split("\\s+");
        if (!words[0].equals("\\#") || words.length < 2 || !words[1].matches("\\d{1,5}")) {
            throw new IllegalArgumentException("after \\# comes how many octets there are");
        }
        StringBuilder digits = new StringBuilder();
        for (int i = 2; i < words.length; i++) {
            digits.append(words[i].toLowerCase(Locale.ROOT));
        }
        int count = Integer.parseInt(words[1]);
        if (!digits.toString().matches("[0-9a-f]*") || digits.length() != 2 * count) {
            throw new IllegalArgumentException(
                    "there are not " + count + " octets in hexadecimal after \\# " + count);
        }
        return Optional.of(HexFormat.of().parseHex(digits));
    }
}

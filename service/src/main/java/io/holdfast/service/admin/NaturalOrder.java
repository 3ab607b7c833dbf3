package io.holdfast.service.admin;

import java.util.List;

/// The order in which people look for things: host2 before host10, and domain names zone by zone.
public final class NaturalOrder {
    /// Comes before every character of a name.
    private static final char BETWEEN_LABELS = '\u0001';

    private NaturalOrder() {}

    /// A text that sorts as another one is looked for: each number comes with its length before it.
    public static String key(String text) {
        StringBuilder key = new StringBuilder(text.length() + 8);
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && isDigit(text.charAt(end))) {
                end++;
            }
            if (end == at) {
                key.append(Character.toLowerCase(text.charAt(at++)));
                continue;
            }
            int significant = at;
            while (significant < end - 1 && text.charAt(significant) == '0') {
                significant++;
            }
            // Any length is one character from '0' on, so that numbers stay among themselves.
            key.append((char) ('0' + end - significant)).append(text, significant, end);
            at = end;
        }
        return key.toString();
    }

    /// The same for a domain name, its last label first.
    public static String keyOfName(String name) {
        return key(
                String.join(String.valueOf(BETWEEN_LABELS), List.of(name.split("\\.")).reversed()));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

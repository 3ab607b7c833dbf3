package io.holdfast.dns;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A domain name, fully qualified, in lower case (RFC 1035 §3.1; names compare without case, RFC
/// 4343).
///
/// Held as its uncompressed wire form: labels, each with its length, ended by the empty one.
public final class Name implements Comparable<Name> {
    /// The longest a name may be on the wire, in octets (RFC 1035 §2.3.4).
    public static final int MAX_LENGTH = 255;

    /// The longest a label may be, in octets.
    public static final int MAX_LABEL = 63;

    /// The name of the root of the tree.
    public static final Name ROOT = new Name(new byte[] {0});

    private static final int NOT_AN_OCTET = 0x100;

    private final byte[] wire;

    private Name(byte[] wire) {
        this.wire = wire;
    }

    /// Reads presentation form: `a.example`, with or without the last dot, with `\.` and `\DDD`
    /// escapes.
    ///
    /// @throws IllegalArgumentException naming what is wrong: an empty label, one over 63 octets, a
    ///   name over 255, a broken escape, or a character beyond ASCII
    public static Name of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a domain name is missing");
        }
        if (text.equals(".")) {
            return ROOT;
        }
        byte[] out = new byte[MAX_LENGTH];
        int lengthAt = 0;
        int at = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                closeLabel(out, lengthAt, at, text);
                lengthAt = at++;
                if (lengthAt >= MAX_LENGTH) {
                    throw tooLong(text);
                }
                continue;
            }
            int octet = c;
            if (c == '\\') {
                octet = escaped(text, i + 1);
                i += isDigit(text.charAt(i + 1)) ? 3 : 1;
            }
            if (octet > 0xFF || c < 0x21 || c > 0x7E) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" has a character that a domain name cannot hold");
            }
            if (at >= MAX_LENGTH) {
                throw tooLong(text);
            }
            out[at++] = lower((byte) octet);
        }
        if (at - lengthAt > 1) { // no dot at the end
            closeLabel(out, lengthAt, at, text);
            lengthAt = at++;
        }
        if (at > MAX_LENGTH) {
            throw tooLong(text);
        }
        out[lengthAt] = 0;
        return new Name(Arrays.copyOf(out, at));
    }

    /// Takes the uncompressed name that begins at `offset`.
    ///
    /// @throws IllegalArgumentException if no whole uncompressed name stands there
    public static Name fromWire(byte[] message, int offset) {
        int at = offset;
        while (at < message.length && message[at] != 0) {
            int length = message[at] & 0xFF;
            if (length > MAX_LABEL) {
                throw new IllegalArgumentException("a label of " + length + " octets or a pointer");
            }
            at += 1 + length;
        }
        if (at >= message.length || at + 1 - offset > MAX_LENGTH) {
            throw new IllegalArgumentException("no whole name within " + MAX_LENGTH + " octets");
        }
        byte[] wire = Arrays.copyOfRange(message, offset, at + 1);
        for (int i = 0; i < wire.length; i++) {
            wire[i] = lower(wire[i]);
        }
        return new Name(wire);
    }

    /// The uncompressed wire form; a copy.
    public byte[] toWire() {
        return wire.clone();
    }

    /// How long the wire form is, in octets, 1 to 255.
    public int length() {
        return wire.length;
    }

    /// How many labels the name has; the root has none.
    public int labels() {
        int count = 0;
        for (int at = 0; wire[at] != 0; at += 1 + wire[at]) {
            count++;
        }
        return count;
    }

    /// The name one label up.
    ///
    /// @throws IllegalStateException at the root
    public Name parent() {
        if (wire.length == 1) {
            throw new IllegalStateException("the root has no parent");
        }
        return new Name(Arrays.copyOfRange(wire, 1 + wire[0], wire.length));
    }

    /// Whether this name is `ancestor` or below it.
    public boolean isAtOrBelow(Name ancestor) {
        int from = wire.length - ancestor.wire.length;
        for (int at = 0; at <= from; at += 1 + wire[at]) {
            if (at == from) {
                return Arrays.equals(
                        wire, from, wire.length, ancestor.wire, 0, ancestor.wire.length);
            }
        }
        return false;
    }

    /// Whether the leftmost label is `*` (RFC 4592 §2.1.1).
    public boolean isWildcard() {
        return wire.length > 2 && wire[0] == 1 && wire[1] == '*';
    }

    /// Presentation form without the last dot; the root is `.`.
    @Override
    public String toString() {
        if (wire.length == 1) {
            return ".";
        }
        StringBuilder text = new StringBuilder(wire.length);
        for (int at = 0; wire[at] != 0; at += 1 + wire[at]) {
            if (at > 0) {
                text.append('.');
            }
            for (int i = at + 1; i <= at + wire[at]; i++) {
                append(text, wire[i] & 0xFF);
            }
        }
        return text.toString();
    }

    /// Canonical order (RFC 4034 §6.1): label by label from the right.
    @Override
    public int compareTo(Name other) {
        int[] mine = labelOffsets();
        int[] theirs = other.labelOffsets();
        for (int i = 1; i <= Math.min(mine.length, theirs.length); i++) {
            int a = mine[mine.length - i];
            int b = theirs[theirs.length - i];
            int order =
                    Arrays.compareUnsigned(
                            wire, a + 1, a + 1 + wire[a], other.wire, b + 1, b + 1 + other.wire[b]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(mine.length, theirs.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Name name && Arrays.equals(wire, name.wire);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(wire);
    }

    private int[] labelOffsets() {
        int[] offsets = new int[labels()];
        int at = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = at;
            at += 1 + wire[at];
        }
        return offsets;
    }

    private static void closeLabel(byte[] out, int lengthAt, int at, String text) {
        int length = at - lengthAt - 1;
        if (length == 0) {
            throw new IllegalArgumentException("\"" + text + "\" has an empty label");
        }
        if (length > MAX_LABEL) {
            throw new IllegalArgumentException(
                    "\""
                            + text
                            + "\" has a label of "
                            + length
                            + " octets; at most 63 are allowed");
        }
        out[lengthAt] = (byte) length;
    }

    private static int escaped(String text, int at) {
        if (at < text.length() && !isDigit(text.charAt(at))) {
            char literal = text.charAt(at);
            return literal > 0x7E ? NOT_AN_OCTET : literal;
        }
        if (at + 3 <= text.length()) {
            String digits = text.substring(at, at + 3);
            if (digits.chars().allMatch(c -> isDigit((char) c)) && Integer.parseInt(digits) < 256) {
                return Integer.parseInt(digits);
            }
        }
        throw new IllegalArgumentException(
                "\""
                        + text
                        + "\" has a broken escape; write \\. or \\DDD with DDD from 000 to 255");
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static void append(StringBuilder text, int octet) {
        if (octet < 0x21 || octet > 0x7E) {
            text.append('\\')
                    .append((char) ('0' + octet / 100))
                    .append((char) ('0' + octet / 10 % 10))
                    .append((char) ('0' + octet % 10));
        } else {
            if (".\\\"();@$".indexOf(octet) >= 0) {
                text.append('\\');
            }
            text.append((char) octet);
        }
    }

    /// One octet of a name as names compare: `A` to `Z` in lower case, every other unchanged (RFC
    /// 4343 §2).
    public static byte lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? (byte) (octet | 0x20) : octet;
    }

    private static IllegalArgumentException tooLong(String text) {
        int shown = Math.min(text.length(), 60);
        byte[] start = text.substring(0, shown).getBytes(StandardCharsets.UTF_8);
        return new IllegalArgumentException(
                "\""
                        + new String(start, StandardCharsets.UTF_8)
                        + (shown < text.length() ? "..." : "")
                        + "\" is longer than "
                        + MAX_LENGTH
                        + " octets");
    }
}

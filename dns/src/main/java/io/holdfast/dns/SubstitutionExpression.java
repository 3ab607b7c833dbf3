package io.holdfast.dns;

/// The expressions of NAPTR records (RFC 3402 §3.2): `!pattern!replacement!flags`, of which the
/// pattern is an extended regular expression of POSIX. Only their form is looked at.
final class SubstitutionExpression {
    private SubstitutionExpression() {}

    /// Whether it is one, or empty.
    static boolean isGood(byte[] octets) {
        return octets.length == 0 || new Parts(octets).areGood();
    }

    /// The three parts, cut at their delimiters.
    private static final class Parts {
        private final byte[] octets;
        private final byte[] pattern;
        private int length;
        private int highestReference;

        Parts(byte[] octets) {
            this.octets = octets;
            this.pattern = new byte[octets.length + 1];
        }

        boolean areGood() {
            byte delimiter = octets[0];
            if (isDigit(delimiter) || delimiter == '\\' || delimiter == 'i' || delimiter == 0) {
                return false;
            }
            int part = 0;
            for (int i = 1; i < octets.length; i++) {
                byte c = octets[i];
                if (c == delimiter) {
                    part++;
                } else if (part == 2 && c != 'i') {
                    return false;
                }
                if (c == 0 || part > 2) {
                    return false;
                }
                if (c == delimiter || part == 2) {
                    continue;
                }
                take(c, part);
                if (c == '\\') {
                    i++;
                    if (i == octets.length || octets[i] == 0) {
                        return false;
                    }
                    takeEscaped(octets[i], part);
                }
            }
            int groups = part == 2 ? new Pattern(pattern, length).groups() : -1;
            return groups >= highestReference;
        }

        private void take(byte c, int part) {
            if (part == 0) {
                pattern[length++] = c;
            }
        }

        private void takeEscaped(byte c, int part) {
            take(c, part);
            if (part == 1 && isDigit(c)) {
                highestReference = Math.max(highestReference, c - '0');
            }
        }
    }

    /// An extended regular expression, as the checkers of others read it: `{` begins a bound only
    /// before a digit, a `)` without its `(` is itself.
    private static final class Pattern {
        private static final int LARGEST_BOUND = 255;

        private final byte[] text;
        private final int end;
        private int at;
        private int groups;
        private int open;
        private boolean hasAtom;
        private boolean mayBeEmpty;
        private boolean isRepeated;

        Pattern(byte[] text, int length) {
            this.text = text;
            this.end = length;
        }

        /// How many groups it has; -1 if it is none.
        int groups() {
            while (at < end) {
                if (!next()) {
                    return -1;
                }
            }
            return open == 0 && hasAtom ? groups : -1;
        }

        private boolean next() {
            byte c = text[at++];
            switch (c) {
                case '\\' -> {
                    byte escaped = peek();
                    at++;
                    atom(false);
                    return !isDigit(escaped) || escaped == '0' || escaped - '0' <= groups;
                }
                case '[' -> {
                    atom(false);
                    return bracket();
                }
                case '{' -> {
                    if (isDigit(peek())) {
                        return hasAtom && !isRepeated && bound();
                    }
                    atom(false);
                }
                case '(' -> {
                    hasAtom = false;
                    isRepeated = false;
                    mayBeEmpty = true;
                    open++;
                    groups++;
                }
                case ')' -> {
                    if (open > 0 && !hasAtom && !mayBeEmpty) {
                        return false;
                    }
                    atom(false);
                    open = Math.max(open - 1, 0);
                }
                case '|' -> {
                    if (!hasAtom) {
                        return false;
                    }
                    hasAtom = false;
                    mayBeEmpty = false;
                    isRepeated = false;
                }
                case '^', '$' -> atom(true);
                case '+', '*', '?' -> {
                    if (isRepeated || !hasAtom) {
                        return false;
                    }
                    isRepeated = true;
                }
                default -> atom(false);
            }
            return true;
        }

        private void atom(boolean noRepeat) {
            hasAtom = true;
            isRepeated = noRepeat;
        }

        /// `{m}`, `{m,}` or `{m,n}`.
        private boolean bound() {
            int low = number();
            int high = low;
            if (peek() == ',') {
                at++;
                high = isDigit(peek()) ? number() : LARGEST_BOUND;
            }
            isRepeated = true;
            return at < end && text[at++] == '}' && low <= high && high <= LARGEST_BOUND;
        }

        private int number() {
            int value = 0;
            while (isDigit(peek())) {
                value = Math.min(value * 10 + text[at++] - '0', LARGEST_BOUND + 1);
            }
            return value;
        }

        /// `[...]` of characters and ranges. Classes such as `[:alpha:]` are taken whole.
        private boolean bracket() {
            if (peek() == '^') {
                at++;
            }
            boolean first = true;
            int rangeFrom = -1;
            while (at < end) {
                byte c = text[at++];
                if (c == ']' && !first) {
                    return true;
                }
                first = false;
                if (c == '[' && (peek() == ':' || peek() == '.' || peek() == '=')) {
                    if (!named(peek())) {
                        return false;
                    }
                    rangeFrom = -1;
                } else if (c == '-' && rangeFrom >= 0 && peek() != ']') {
                    if (at == end || (text[at] & 0xFF) < rangeFrom || text[at] == '[') {
                        return false;
                    }
                    at++;
                    rangeFrom = -1;
                } else {
                    rangeFrom = c & 0xFF;
                }
            }
            return false;
        }

        private boolean named(byte kind) {
            int from = ++at;
            while (at + 1 < end) {
                if (text[at] == kind && text[at + 1] == ']') {
                    String name =
                            new String(
                                    text,
                                    from,
                                    at - from,
                                    java.nio.charset.StandardCharsets.US_ASCII);
                    at += 2;
                    return kind == ':' ? CLASSES.contains(name) : name.length() == 1;
                }
                at++;
            }
            return false;
        }

        private static final java.util.Set<String> CLASSES =
                java.util.Set.of(
                        "alnum", "digit", "punct", "alpha", "graph", "space", "blank", "lower",
                        "upper", "cntrl", "print", "xdigit");

        /// 0 at the end, where no character is 0.
        private byte peek() {
            return at < end ? text[at] : 0;
        }
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}

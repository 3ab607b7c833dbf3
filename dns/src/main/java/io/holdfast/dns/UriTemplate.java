package io.holdfast.dns;

/// A URI template (RFC 6570 §2): literals, and expressions of variables between braces.
final class UriTemplate {
    private static final String NOT_LITERAL = "\"'%<>\\\\^`{|}";
    private static final String OPERATORS = "+#./;?&";
    private static final int MOST_DIGITS = 4;

    private final String text;
    private int at;
    private boolean found;

    UriTemplate(String text) {
        this.text = text;
    }

    /// Whether it is a template, and one of its variables has that name.
    boolean hasVariable(String name) {
        while (at < text.length()) {
            char c = text.charAt(at++);
            boolean good =
                    switch (c) {
                        case '{' -> expression(name);
                        case '%' -> encoded();
                        default -> c > ' ' && c != 0x7F && NOT_LITERAL.indexOf(c) < 0;
                    };
            if (!good) {
                return false;
            }
        }
        return found;
    }

    private boolean expression(String name) {
        if (OPERATORS.indexOf(peek()) >= 0) {
            at++;
        }
        do {
            int from = at;
            if (!variable()) {
                return false;
            }
            found |= text.substring(from, at).equals(name);
            if (!modifier()) {
                return false;
            }
        } while (take(','));
        return take('}');
    }

    /// Letters, digits, `_` and encoded octets, with dots between them.
    private boolean variable() {
        do {
            int from = at;
            while (isWordCharacter(peek()) || peek() == '%') {
                if (text.charAt(at++) == '%' && !encoded()) {
                    return false;
                }
            }
            if (at == from) {
                return false;
            }
        } while (take('.'));
        return true;
    }

    /// `*`, or `:` and a length up to 9999.
    private boolean modifier() {
        if (take('*') || !take(':')) {
            return true;
        }
        int from = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        return at > from && at - from <= MOST_DIGITS && text.charAt(from) != '0';
    }

    private boolean encoded() {
        boolean good =
                at + 2 <= text.length()
                        && Character.digit(text.charAt(at), 16) >= 0
                        && Character.digit(text.charAt(at + 1), 16) >= 0;
        at += good ? 2 : 0;
        return good;
    }

    private static boolean isWordCharacter(char c) {
        return c == '_'
                || (c >= '0' && c <= '9')
                || (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z');
    }

    private boolean take(char wanted) {
        boolean there = peek() == wanted;
        at += there ? 1 : 0;
        return there;
    }

    /// 0 at the end, and for a character that is 0.
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }
}

package io.holdfast.runtime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text that came from outside, made safe for a log, a terminal or a message to people.
///
/// Whoever sends us text chooses its characters: some move the cursor, turn the direction of
/// writing, or begin a line that looks like one of ours. Those are shown as escapes. What is left
/// are the characters that a reader sees.
public final class OutsideText {
    /// How many characters of a text are shown where nothing else is said.
    public static final int SHOWN = 120;

    /// A web address in a text: it ends at a blank, a quote or an angle bracket (RFC 3986 appendix
    /// C). A closing parenthesis may belong to a query.
    private static final Pattern URL =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,20}://[^\\s\"'<>]+");

    private OutsideText() {}

    /// The text on one line, with `<U+000A>` and the like in place of what cannot be seen or could
    /// mislead: control and format characters (Unicode categories Cc, Cf, Zl, Zp), private and
    /// unassigned ones, and halves of pairs.
    ///
    /// @return at most [#SHOWN] characters of the text, then `...` if there were more
    public static String printable(String text) {
        return printable(text, SHOWN);
    }

    /// The same with a bound of the caller's.
    ///
    /// @param most how many characters of the text are shown, above zero
    public static String printable(String text, int most) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), most) + 8);
        int left = most;
        for (int at = 0; at < text.length(); ) {
            if (left-- == 0) {
                return shown.append("...").toString();
            }
            int character = text.codePointAt(at);
            append(character, shown);
            at += Character.charCount(character);
        }
        return shown.toString();
    }

    /// The address of a web page without what may be secret: user information is left out, a query
    /// is shown as `?...`, a fragment is left out. Takes malformed ones too; where it cannot be
    /// told what is user information, nothing but the scheme is shown.
    public static String url(String text) {
        int colons = text.indexOf("://");
        int start = colons < 0 ? 0 : colons + 3;
        int end = start;
        while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String scheme = text.substring(0, start);
        String authority = text.substring(start, end);
        boolean mayGoOn =
                authority.isEmpty() || authority.indexOf(':') >= 0 || authority.indexOf('@') >= 0;
        if (mayGoOn && text.indexOf('@', end) >= 0) {
            // A password with a slash in it looks like the end of the authority; what is behind the
            // last @ may be a path just as well as a host. So nothing is shown.
            return printable(scheme) + "...";
        }
        String rest =
                text.substring(end).replaceFirst("(?s)#.*", "").replaceFirst("(?s)\\?.*", "?...");
        return printable(scheme + authority.substring(authority.lastIndexOf('@') + 1) + rest);
    }

    /// A message that may name web addresses, each shown as [#url] does; the rest as [#printable].
    ///
    /// @param most how many characters are shown, above zero
    public static String message(String text, int most) {
        return printable(URL.matcher(text).replaceAll(found -> quoted(found.group())), most);
    }

    private static String quoted(String url) {
        return Matcher.quoteReplacement(url(url));
    }

    private static void append(int character, StringBuilder shown) {
        if (isVisible(character)) {
            shown.appendCodePoint(character);
        } else {
            shown.append(String.format("<U+%04X>", character));
        }
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }
}

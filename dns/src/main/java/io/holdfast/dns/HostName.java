package io.holdfast.dns;

import java.io.ByteArrayOutputStream;
import java.net.IDN;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Reads the name of a host as people and devices write it: in any case, with or without the last
/// dot, international labels as Unicode (`hütte.example`), as A-labels (`xn--htte-0ra.example`), or
/// percent-encoded as in a URL (RFC 3986 §3.2.2); a wildcard is allowed. Wherever a host is named,
/// it is read here, so that it is the same host.
public final class HostName {
    // IDNA 2008 keeps these apart from what IDNA 2003, which the JDK has, makes of them (RFC 5894
    // §7.2): converting would name another host than the one meant.
    private static final Pattern CONVERTED_DIFFERENTLY = Pattern.compile("[ßςẞ\u200c\u200d]");

    private static final Pattern LABELS =
            Pattern.compile(
                    "(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?"
                            + "(\\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)+");

    private HostName() {}

    /// What became of reading.
    public sealed interface Reading {
        record Host(Name name) implements Reading {}

        /// @param why the end of a sentence that begins with the text
        record None(String why) implements Reading {}
    }

    /// Whatever the text, this does not throw.
    public static Reading read(String text) {
        // Also keeps long matches off the stack. Three characters may stand for one octet.
        if (text.length() > 3 * Name.MAX_LENGTH) {
            return new Reading.None("is too long");
        }
        try {
            String decoded = text.indexOf('%') < 0 ? text : percentDecoded(text);
            String ascii = isAscii(decoded) ? decoded : toAscii(decoded);
            String plain = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
            if (plain.length() >= Name.MAX_LENGTH) {
                return new Reading.None("is too long");
            }
            if (plain.startsWith(".") || plain.contains("..")) {
                return new Reading.None("has an empty label");
            }
            if (!LABELS.matcher(plain).matches()) {
                return new Reading.None(
                        plain.contains(".")
                                ? "is not a host name"
                                : "is not a fully qualified name");
            }
            return new Reading.Host(Name.of(plain));
        } catch (NoSuchNameException differs) {
            return new Reading.None("is not a host name; write this international name as xn--...");
        } catch (IllegalArgumentException | CharacterCodingException notAName) {
            return new Reading.None("is not a host name");
        }
    }

    /// The same where any name may stand, such as that of a zone.
    ///
    /// @throws IllegalArgumentException if it is neither a host's name nor another
    public static Name orOther(String text) {
        return read(text) instanceof Reading.Host(var name) ? name : Name.of(text);
    }

    private static String toAscii(String text) throws NoSuchNameException {
        if (CONVERTED_DIFFERENTLY.matcher(text).find()) {
            throw new NoSuchNameException();
        }
        return IDN.toASCII(text);
    }

    private static String percentDecoded(String text) throws CharacterCodingException {
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] != '%') {
                out.write(in[i]);
                continue;
            }
            int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw new CharacterCodingException();
            }
            out.write(high << 4 | low);
            i += 2;
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(out.toByteArray()))
                .toString();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /// A name that IDNA 2003 cannot say.
    private static final class NoSuchNameException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}

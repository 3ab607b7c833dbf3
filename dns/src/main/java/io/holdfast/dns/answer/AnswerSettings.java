package io.holdfast.dns.answer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What the operator decides about answers; shared by all [Answerer]s of a server.
///
/// @param cookieSecrets the first makes server cookies, all are accepted (RFC 9018 §5); none for no
///   cookies at all
/// @param nsid which of several servers this is, told to who asks for it (RFC 5001) and as
///   `id.server` (RFC 4892); 1 to 128 visible ASCII characters
/// @param version told as `version.bind`; 1 to 255 ASCII characters
/// @param limiter of equal responses by UDP
public record AnswerSettings(
        List<CookieSecret> cookieSecrets,
        Optional<String> nsid,
        Optional<String> version,
        RateLimiter limiter) {
    /// Answers, and nothing about the server itself.
    public static final AnswerSettings PLAIN =
            new AnswerSettings(List.of(), Optional.empty(), Optional.empty(), RateLimiter.OFF);

    private static final int LONGEST_NSID = 128;
    private static final int LONGEST_TEXT = 255;

    /// @throws IllegalArgumentException for a text that is empty, too long or not ASCII
    public AnswerSettings {
        cookieSecrets = List.copyOf(cookieSecrets);
        nsid.ifPresent(text -> checked("nsid", text, 1, LONGEST_NSID));
        version.ifPresent(text -> checked("version", text, 1, LONGEST_TEXT));
    }

    /// The text, if it may be an NSID.
    ///
    /// @throws IllegalArgumentException saying what may
    public static String checkedNsid(String text) {
        return checked("nsid", text, 1, LONGEST_NSID);
    }

    /// The text, if it may be a version, or is empty for none.
    ///
    /// @throws IllegalArgumentException saying what may
    public static String checkedVersion(String text) {
        return checked("version", text, 0, LONGEST_TEXT);
    }

    private static String checked(String what, String text, int shortest, int longest) {
        boolean visible = text.chars().allMatch(c -> c >= ' ' && c <= '~');
        if (text.length() < shortest || text.length() > longest || !visible) {
            throw new IllegalArgumentException(
                    "%s has %d to %d visible ASCII characters".formatted(what, shortest, longest));
        }
        return text;
    }

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

package io.holdfast.service.dyndns;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// What goes back to the client.
///
/// @param status the HTTP status
/// @param headers names and values, safe to put on a line each; `Content-Length` is the server's
/// @param body ASCII
public record Reply(int status, Map<String, String> headers, String body) {
    /// The header that explains an answer. The body cannot: some clients take any body for a
    /// success that holds "ok", as in "token" (update-protocol §5.1).
    public static final String REASON = "X-Holdfast-Reason";

    /// How long a client should wait after a fault of ours.
    static final Duration RETRY_AFTER_FAULT = Duration.ofMinutes(5);

    private static final int MAX_REASON = 400;

    /// @param lines return codes, each ended by a line feed
    /// @param reason for people; may be empty
    static Reply codes(String lines, String reason) {
        return new Reply(200, headers(reason), lines);
    }

    /// A request as a whole is refused, in one line.
    static Reply code(String word, String reason) {
        return codes(word + "\n", reason);
    }

    /// Credentials are missing or wrong. The body is the bare word without a line end, as clients
    /// know it from the others (update-protocol §15.2), and the challenge is what makes GNU wget
    /// and urllib send credentials at all.
    static Reply badCredentials(String reason) {
        Map<String, String> headers = headers(reason);
        headers.put("WWW-Authenticate", "Basic realm=\"Holdfast\"");
        return new Reply(401, headers, "badauth");
    }

    /// Wrong credentials once more, from a source that has sent too many. The word is the one that
    /// clients know.
    static Reply lockedOut(Duration retryAfter) {
        Reply wrong = badCredentials("too many failed attempts from this address");
        wrong.headers.put("Retry-After", seconds(retryAfter));
        return new Reply(429, wrong.headers, wrong.body);
    }

    /// A fault of ours. Not 200: clients that look at the status alone must not take it for a
    /// success, and inadyn retries after a 503 but ends after a 200 with `911`.
    public static Reply fault(String incident) {
        Map<String, String> headers = headers(incident);
        headers.put("Retry-After", seconds(RETRY_AFTER_FAULT));
        return new Reply(503, headers, "911\n");
    }

    /// Nothing was read, so nothing that a client could take for a success is said.
    ///
    /// @param allowed the methods that are, separated by commas
    public static Reply methodNotAllowed(String allowed) {
        Reply reply = notRead(405, "use one of " + allowed);
        reply.headers.put("Allow", allowed);
        return reply;
    }

    /// A body of a type that is not read here.
    public static Reply unsupportedBody(String reason) {
        return notRead(415, reason);
    }

    /// A body or a request line that cannot be read.
    public static Reply malformed(String reason) {
        return notRead(400, reason);
    }

    /// A form that is larger than any client's.
    ///
    /// @param limit how many octets it may have
    public static Reply tooLarge(int limit) {
        return notRead(413, "a form may have " + limit + " octets");
    }

    private static Reply notRead(int status, String reason) {
        return new Reply(status, headers(reason), "badagent\n");
    }

    private static Map<String, String> headers(String reason) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "text/plain");
        headers.put("Cache-Control", "no-store");
        if (!reason.isEmpty()) {
            headers.put(REASON, headerText(reason));
        }
        return headers;
    }

    /// Values that a client sent are repeated in reasons: nothing of them may end the header line.
    private static String headerText(String text) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), MAX_REASON); i++) {
            char c = text.charAt(i);
            safe.append(c >= 0x20 && c < 0x7F ? c : '?');
        }
        return safe.toString();
    }

    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.toSeconds()));
    }
}

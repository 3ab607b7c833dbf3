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

    /// Plain text.
    ///
    /// @param reason for people; may be empty
    static Reply of(int status, String body, String reason) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "text/plain");
        headers.put("Cache-Control", "no-store");
        if (!reason.isEmpty()) {
            headers.put(REASON, headerText(reason));
        }
        return new Reply(status, headers, body);
    }

    /// Nothing was done; with the headers that every dialect sends alike.
    ///
    /// @param status as a rule the rejection's own
    static Reply of(int status, String body, Rejection why) {
        Reply reply = of(status, body, why.reason());
        switch (why) {
            case Rejection.LockedOut(var wait) -> reply.headers.put("Retry-After", seconds(wait));
            case Rejection.Fault _ -> reply.headers.put("Retry-After", seconds(RETRY_AFTER_FAULT));
            case Rejection.MethodNotAllowed _ -> reply.headers.put("Allow", Dialect.ALLOW);
            case Rejection.Refused _, Rejection.BadCredentials _, Rejection.NotRead _ -> {}
        }
        return reply;
    }

    /// The same with one more header.
    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
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

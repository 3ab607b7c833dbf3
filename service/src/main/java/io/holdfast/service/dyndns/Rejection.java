package io.holdfast.service.dyndns;

import io.holdfast.service.change.Refusal;
import java.time.Duration;

/// Why nothing was done for a request, before any dialect puts it into words.
public sealed interface Rejection {
    /// For people; holds no secret.
    String reason();

    /// The HTTP status, where a dialect has none of its own. A refusal is 200 with its word, as
    /// clients know it. What is our own fault is not: clients that look at the status alone must
    /// not take it for a success, and inadyn retries after a 503 but ends after a 200 with `911`.
    default int status() {
        return switch (this) {
            case Refused _ -> 200;
            case BadCredentials _ -> 401;
            case LockedOut _ -> 429;
            case Fault _ -> 503;
            case MethodNotAllowed _ -> 405;
            case NotRead one -> one.status;
        };
    }

    /// The request, or each of its hosts, is not acceptable.
    ///
    /// @param hosts of how many hosts it is said; 1 where it is about the request as a whole
    record Refused(Refusal why, String reason, int hosts) implements Rejection {
        Refused(Refusal why, String reason) {
            this(why, reason, 1);
        }
    }

    /// Credentials are missing or wrong.
    record BadCredentials(String reason) implements Rejection {}

    /// Wrong credentials once more, from a source that has sent too many.
    record LockedOut(Duration retryAfter) implements Rejection {
        @Override
        public String reason() {
            return "too many failed attempts from this address";
        }
    }

    /// A fault of ours: the client shall come again.
    record Fault(String reason) implements Rejection {}

    /// Nothing was read, so nothing that a client could take for a success may be said.
    record MethodNotAllowed() implements Rejection {
        @Override
        public String reason() {
            return "use one of " + Dialect.ALLOW;
        }
    }

    /// A body or a request line that was not read.
    ///
    /// @param status 400, 413 or 415
    record NotRead(int status, String reason) implements Rejection {
        /// A body of a type that is not read here.
        public static NotRead unsupportedBody(String reason) {
            return new NotRead(415, reason);
        }

        /// A body or a request line that cannot be read.
        public static NotRead malformed(String reason) {
            return new NotRead(400, reason);
        }

        /// A form that is larger than any client's.
        ///
        /// @param limit how many octets it may have
        public static NotRead tooLarge(int limit) {
            return new NotRead(413, "a form may have " + limit + " octets");
        }
    }
}

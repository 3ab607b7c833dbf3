package io.holdfast.service.account;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/// Checks update credentials. Fast: in memory, SHA-256, constant time; never a password-grade hash.
public interface Gate {
    /// What became of a presented credential.
    sealed interface Verdict {
        record Known(Principal principal) implements Verdict {}

        record Wrong() implements Verdict {}

        /// Wrong, and this source has been wrong too often.
        record LockedOut(Duration retryAfter) implements Verdict {}
    }

    /// A secret that somebody presents.
    ///
    /// @param users whose it may be: names of accounts, or of hosts in any case, with or without
    ///   the last dot; the first that it proves counts
    /// @param secret the account's update key or the host's secret, as octets decoded from UTF-8
    record Presented(List<String> users, String secret) {
        public Presented {
            users = List.copyOf(users);
        }

        public Presented(String user, String secret) {
            this(List.of(user), secret);
        }

        @Override
        public String toString() {
            return "Presented" + users;
        }
    }

    /// @param anyOf what one request presents; the first that is right counts. That none is right
    ///   is one failure
    /// @param source who presents it; failures are counted against this address alone
    Verdict check(List<Presented> anyOf, InetAddress source);
}

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

    /// What somebody presents.
    ///
    /// @param user an account's name, or a host's name in any case, with or without the last dot
    /// @param secret the account's update key or the host's secret, as octets decoded from UTF-8
    record Presented(String user, String secret) {
        @Override
        public String toString() {
            return "Presented[" + user + "]";
        }
    }

    /// @param anyOf what one request presents; the first that is right counts. That none is right
    ///   is one failure
    /// @param source who presents it; failures are counted against this address alone
    Verdict check(List<Presented> anyOf, InetAddress source);
}

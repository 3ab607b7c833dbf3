package io.holdfast.service.account;

import java.net.InetAddress;
import java.time.Duration;

/// Checks update credentials. Fast: in memory, SHA-256, constant time; never a password-grade hash.
public interface Gate {
    /// What became of a presented credential.
    sealed interface Verdict {
        record Known(Principal principal) implements Verdict {}

        record Wrong() implements Verdict {}

        /// Wrong, and this source has been wrong too often.
        record LockedOut(Duration retryAfter) implements Verdict {}
    }

    /// @param user an account's name, or a host's name in any case, with or without the last dot
    /// @param secret the account's update key or the host's secret, as octets decoded from UTF-8
    /// @param source who presents it; failures are counted against this address alone
    Verdict check(String user, String secret, InetAddress source);
}

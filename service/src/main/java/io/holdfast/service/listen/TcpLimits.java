package io.holdfast.service.listen;

import java.time.Duration;

/// What clients may take of us over TCP (RFC 7766 §6.2, §10).
///
/// @param connections how many in all; a newcomer beyond is closed at once
/// @param connectionsPerClient how many for one IPv4 address or one IPv6 /64
/// @param idle how long a connection may take to bring its next whole query, however many octets of
///   it trickle in
/// @param write how long a client may take to accept one reply
public record TcpLimits(int connections, int connectionsPerClient, Duration idle, Duration write) {
    /// RFC 7766 §6.2.3 wants an idle time of "a few seconds".
    public static final TcpLimits DEFAULT =
            new TcpLimits(1_000, 50, Duration.ofSeconds(10), Duration.ofSeconds(5));

    /// @throws IllegalArgumentException if anything is not positive
    public TcpLimits {
        if (connections < 1 || connectionsPerClient < 1) {
            throw new IllegalArgumentException("at least one connection");
        }
        if (!idle.isPositive() || !write.isPositive()) {
            throw new IllegalArgumentException("a time-out is longer than nothing");
        }
    }
}

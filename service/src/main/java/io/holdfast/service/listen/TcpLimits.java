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
    /// Each takes a file descriptor; no system that we know has more for one process.
    private static final int MOST_CONNECTIONS = 1_000_000;

    /// Longer would be no limit at all.
    private static final Duration LONGEST = Duration.ofHours(1);

    /// RFC 7766 §6.2.3 wants an idle time of "a few seconds".
    public static final TcpLimits DEFAULT =
            new TcpLimits(1_000, 50, Duration.ofSeconds(10), Duration.ofSeconds(5));

    /// @throws IllegalArgumentException naming the value that is out of range, as `holdfast.toml`
    ///   calls it
    public TcpLimits {
        requireCount("connections", connections);
        requireCount("connections-per-client", connectionsPerClient);
        requireTime("idle", idle);
        requireTime("write", write);
    }

    private static void requireCount(String what, int count) {
        if (count < 1 || count > MOST_CONNECTIONS) {
            throw new IllegalArgumentException(what + " is 1 to " + MOST_CONNECTIONS);
        }
    }

    private static void requireTime(String what, Duration time) {
        if (!time.isPositive() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + " is more than \"0s\", up to \"1h\"");
        }
    }
}

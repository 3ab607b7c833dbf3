package io.holdfast.service.listen;

import java.util.List;

/// How much DNS has been served since the start; each number only grows, and they are read one
/// after the other while traffic goes on.
///
/// @param udpQueries datagrams received
/// @param udpReplies replies handed to the system
/// @param tcpQueries whole messages received over TCP
/// @param tcpReplies replies a client took
/// @param exchanges messages left to others: updates, transfers, signed queries; each is counted
///   above as well
/// @param exchangesDropped such messages beyond [UdpExchanges#MOST_SIGNED], or the share of one, at
///   the same time
/// @param failures queries lost to a fault of ours, each logged or counted in the log
/// @param tcpConnections connections accepted
/// @param tcpRefused connections closed at once, over a limit of [TcpLimits]
/// @param tcpTimedOut connections closed because the client was slower than [TcpLimits]
/// @param truncated replies with TC
/// @param limited responses dropped by the [io.holdfast.dns.answer.RateLimiter]
/// @param slipped responses that it sent truncated instead
/// @param rcodes replies to plain questions by the lower four bits of the response code, 0 to 15
public record DnsTraffic(
        long udpQueries,
        long udpReplies,
        long tcpQueries,
        long tcpReplies,
        long exchanges,
        long exchangesDropped,
        long failures,
        long tcpConnections,
        long tcpRefused,
        long tcpTimedOut,
        long truncated,
        long limited,
        long slipped,
        List<Long> rcodes) {
    public DnsTraffic {
        rcodes = List.copyOf(rcodes);
    }

    /// Queries that got no reply: not worth one, over the limit, refused by the network, failed, or
    /// still in the hands of others. A transfer has many replies, so this is a figure for plain
    /// traffic.
    public long unanswered() {
        return udpQueries - udpReplies + tcpQueries - tcpReplies;
    }
}

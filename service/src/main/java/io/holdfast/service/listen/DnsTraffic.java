package io.holdfast.service.listen;

/// How much DNS has been served since the start; each number only grows, and they are read one
/// after the other while traffic goes on.
///
/// @param udpQueries datagrams received
/// @param udpReplies replies handed to the system
/// @param tcpQueries whole messages received over TCP
/// @param tcpReplies replies a client took
/// @param exchanges messages left to others: updates, transfers, signed queries; each is counted
///   above as well
/// @param exchangesDropped such messages beyond [UdpExchanges#MOST] at the same time
/// @param failures queries lost to a fault of ours, each logged or counted in the log
/// @param tcpConnections connections accepted
/// @param tcpRefused connections closed at once, over a limit of [TcpLimits]
/// @param tcpTimedOut connections closed because the client was slower than [TcpLimits]
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
        long tcpTimedOut) {

    /// Queries that got no reply: not worth one, refused by the network, failed, or still in the
    /// hands of others. A transfer has many replies, so this is a figure for plain traffic.
    public long unanswered() {
        return udpQueries - udpReplies + tcpQueries - tcpReplies;
    }
}

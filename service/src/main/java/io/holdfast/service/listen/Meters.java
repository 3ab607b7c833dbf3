package io.holdfast.service.listen;

import java.util.concurrent.atomic.LongAdder;

/// Counters that threads add to without waiting for each other; UDP adds once a batch.
final class Meters {
    final LongAdder udpQueries = new LongAdder();
    final LongAdder udpReplies = new LongAdder();
    final LongAdder tcpQueries = new LongAdder();
    final LongAdder tcpReplies = new LongAdder();
    final LongAdder exchanges = new LongAdder();
    final LongAdder exchangesDropped = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder tcpConnections = new LongAdder();
    final LongAdder tcpRefused = new LongAdder();
    final LongAdder tcpTimedOut = new LongAdder();

    DnsTraffic read() {
        return new DnsTraffic(
                udpQueries.sum(),
                udpReplies.sum(),
                tcpQueries.sum(),
                tcpReplies.sum(),
                exchanges.sum(),
                exchangesDropped.sum(),
                failures.sum(),
                tcpConnections.sum(),
                tcpRefused.sum(),
                tcpTimedOut.sum());
    }
}

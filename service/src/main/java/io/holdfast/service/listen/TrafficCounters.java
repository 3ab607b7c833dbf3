package io.holdfast.service.listen;

import io.holdfast.dns.answer.RateLimiter;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/// Counters of DNS traffic that threads add to without waiting for each other; UDP adds once a
/// batch.
final class TrafficCounters {
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
    private final LongAdder truncated = new LongAdder();
    private final List<LongAdder> rcodes =
            Stream.generate(LongAdder::new).limit(ReplyCounts.RCODES).toList();

    /// Adds, and begins anew.
    void take(ReplyCounts counts) {
        for (int rcode = 0; rcode < ReplyCounts.RCODES; rcode++) {
            if (counts.rcodes[rcode] != 0) {
                rcodes.get(rcode).add(counts.rcodes[rcode]);
            }
        }
        if (counts.truncated != 0) {
            truncated.add(counts.truncated);
        }
        counts.clear();
    }

    DnsTraffic read(RateLimiter limiter) {
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
                tcpTimedOut.sum(),
                truncated.sum(),
                limiter.dropped(),
                limiter.slipped(),
                rcodes.stream().map(LongAdder::sum).toList());
    }
}

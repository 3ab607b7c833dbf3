package io.holdfast.service.account;

import io.holdfast.runtime.StoredTime;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// Counts wrong credentials for each source, so that guessing is slow and locks out nobody else.
///
/// An IPv4 source is one address; an IPv6 source is a /64, which is what one customer has. Of at
/// most [#MAX_SOURCES] sources the failures are known; beyond that the oldest are forgotten. Safe
/// for any number of threads.
final class LockOut {
    static final int ALLOWED = 30;
    static final Duration WINDOW = Duration.ofMinutes(15);
    static final int MAX_SOURCES = 65_536;

    private record Failures(Instant since, int count) {}

    /// In the order in which their windows began.
    private final SequencedMap<Long, Failures> sources = new LinkedHashMap<>();

    /// How long the source has to wait; empty if it may try now.
    synchronized Optional<Duration> remaining(InetAddress source, Instant now) {
        Failures failures = sources.get(key(source));
        if (failures == null || failures.count < ALLOWED || isOver(failures, now)) {
            return Optional.empty();
        }
        return Optional.of(StoredTime.left(failures.since.plus(WINDOW), now, WINDOW));
    }

    synchronized void failed(InetAddress source, Instant now) {
        long key = key(source);
        Failures failures = sources.get(key);
        if (failures == null || isOver(failures, now)) {
            sources.remove(key);
            sources.put(key, new Failures(now, 1));
            forgetOldest(now);
        } else {
            sources.put(key, new Failures(failures.since, failures.count + 1));
        }
    }

    private void forgetOldest(Instant now) {
        while (sources.size() > MAX_SOURCES || isOver(sources.firstEntry().getValue(), now)) {
            sources.pollFirstEntry();
        }
    }

    private static boolean isOver(Failures failures, Instant now) {
        return StoredTime.isOver(failures.since.plus(WINDOW), now, WINDOW);
    }

    /// The IPv4 address itself, or the first 64 bits of the IPv6 address. They cannot meet: no
    /// source has an IPv6 address in ::/32.
    private static long key(InetAddress source) {
        ByteBuffer octets = ByteBuffer.wrap(source.getAddress());
        return source instanceof Inet6Address ? octets.getLong() : octets.getInt() & 0xFFFF_FFFFL;
    }
}

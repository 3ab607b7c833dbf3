package io.holdfast.net;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Events where the operating system offers none: compares again and again.
final class PolledNetworkEvents implements NetworkEvents {
    private record View(List<Link> links, List<HostAddress> addresses) {}

    private final HostNetwork network;
    private final Duration period;
    private final CountDownLatch closed = new CountDownLatch(1);
    private View last;

    /// Takes its first look at once.
    PolledNetworkEvents(HostNetwork network, Duration period) throws IOException {
        this.network = network;
        this.period = period;
        this.last = view();
    }

    /// One [NetworkEvent.LookAgain] for each difference found.
    @Override
    public List<NetworkEvent> next() throws IOException {
        while (!closedWithin(period)) {
            View now = view();
            if (!now.equals(last)) {
                last = now;
                return List.of(
                        new NetworkEvent.LookAgain("the addresses differ from the last look"));
            }
        }
        return List.of();
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private View view() throws IOException {
        return new View(network.links(), network.addresses());
    }

    private boolean closedWithin(Duration time) throws IOException {
        try {
            return closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for address changes");
        }
    }
}

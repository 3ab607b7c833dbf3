package io.holdfast.agent.address;

import io.holdfast.net.DefaultRoute;
import io.holdfast.net.HostAddress;
import io.holdfast.net.HostNetwork;
import io.holdfast.net.Link;
import io.holdfast.net.NetworkEvent;
import io.holdfast.net.NetworkEvents;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// A host's network as the test sets it, with events as the test sends them.
final class TestNetwork implements HostNetwork {
    volatile List<Link> links = List.of();
    volatile List<HostAddress> addresses = List.of();
    volatile List<DefaultRoute> routes = List.of();
    volatile boolean broken;
    final AtomicInteger subscriptions = new AtomicInteger();

    /// Run in the middle of each attempt to subscribe.
    volatile Runnable whileSubscribing = () -> {};

    /// Run in the middle of each listing: what the test sets from then on is not in it.
    volatile Runnable whileListingRoutes = () -> {};

    /// Empty for a subscription that breaks.
    private final BlockingQueue<Optional<List<NetworkEvent>>> events = new LinkedBlockingQueue<>();

    /// The subscriber gets it as one batch.
    void send(NetworkEvent... batch) {
        events.add(Optional.of(List.of(batch)));
    }

    /// The subscriber gets an error, and no more events from this subscription.
    void breakSubscription() {
        events.add(Optional.empty());
    }

    @Override
    public List<Link> links() throws IOException {
        check();
        return links;
    }

    @Override
    public List<HostAddress> addresses() throws IOException {
        check();
        return addresses;
    }

    @Override
    public List<DefaultRoute> defaultRoutes() throws IOException {
        List<DefaultRoute> listed = routes; // before anybody hears that it was listed
        whileListingRoutes.run();
        check();
        return listed;
    }

    @Override
    public NetworkEvents events() throws IOException {
        whileSubscribing.run();
        check();
        subscriptions.incrementAndGet();
        return new NetworkEvents() {
            private final AtomicBoolean open = new AtomicBoolean(true);

            @Override
            public List<NetworkEvent> next() throws IOException {
                try {
                    return events.take().orElseThrow(() -> new IOException("the kernel hung up"));
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }

            @Override
            public void close() {
                if (open.compareAndSet(true, false)) {
                    subscriptions.decrementAndGet();
                }
                events.add(Optional.of(List.of()));
            }
        };
    }

    private void check() throws IOException {
        if (broken) {
            throw new IOException("the kernel is not in the mood");
        }
    }
}

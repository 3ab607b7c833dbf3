package io.holdfast.agent.address;

import io.holdfast.agent.address.AddressSource.Watch;
import io.holdfast.net.HostNetwork;
import io.holdfast.net.NetworkEvent;
import io.holdfast.net.NetworkEvents;
import io.holdfast.runtime.PerpetualLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One subscription to the kernel's events for however many sources want them. It is open while
/// anybody listens; when it breaks it is opened again, and everybody told to look.
final class NetworkWatcher {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkWatcher.class);

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final HostNetwork network;
    private final Duration pause;
    private final List<Consumer<List<NetworkEvent>>> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Subscription running;

    NetworkWatcher(HostNetwork network) {
        this(network, PAUSE);
    }

    /// @param pause before a broken subscription is opened again, and between tries
    NetworkWatcher(HostNetwork network, Duration pause) {
        this.network = network;
        this.pause = pause;
    }

    /// Calls `listener` with every batch of events from now on, from a thread of the watcher.
    ///
    /// @throws IOException there is no subscription to be had; nothing was changed
    synchronized Watch listen(Consumer<List<NetworkEvent>> listener) throws IOException {
        if (running == null) {
            running = started();
        }
        listeners.add(listener);
        return new Listening(listener);
    }

    private Subscription started() throws IOException {
        Subscription subscription = new Subscription(network.events());
        try {
            Thread.ofPlatform().daemon().name("network-events").start(subscription::run);
            return subscription;
        } catch (Throwable unstarted) { // no thread to be had: the socket must not stay
            subscription.close();
            throw unstarted;
        }
    }

    private synchronized void leave(Consumer<List<NetworkEvent>> listener) {
        listeners.remove(listener);
        if (listeners.isEmpty() && running != null) {
            running.close();
            running = null;
        }
    }

    private void deliver(List<NetworkEvent> events) {
        for (Consumer<List<NetworkEvent>> listener : listeners) {
            try {
                listener.accept(events);
            } catch (Throwable e) { // an Error of one must not cost the others their events
                LOG.error("a watcher of network events failed; the others go on", e);
            }
        }
    }

    private final class Listening implements Watch {
        private final Consumer<List<NetworkEvent>> listener;

        Listening(Consumer<List<NetworkEvent>> listener) {
            this.listener = listener;
        }

        @Override
        public boolean hasEvents() {
            return true;
        }

        @Override
        public void close() {
            leave(listener);
        }
    }

    /// The thread that reads, from first listener to last.
    private final class Subscription {
        private final PerpetualLoop loop = new PerpetualLoop(this::turn, this::failed, pause);
        private @Nullable NetworkEvents events;
        private boolean closed;

        Subscription(NetworkEvents events) {
            this.events = events;
        }

        void run() {
            loop.run();
        }

        private boolean turn() throws IOException {
            NetworkEvents open = current();
            List<NetworkEvent> batch;
            if (open == null) {
                replace(network.events());
                batch = List.of(new NetworkEvent.LookAgain("the subscription was broken"));
            } else {
                batch = open.next();
            }
            if (!batch.isEmpty()) {
                deliver(batch);
            }
            return !isClosed();
        }

        /// Whatever it was, the events since then are lost.
        private void failed(Throwable fault) {
            if (fault instanceof IOException) {
                LOG.warn("network events: {}; subscribing again", fault.getMessage());
            } else {
                LOG.error("network events: this is a bug in Holdfast; subscribing again", fault);
            }
            replace(null);
        }

        private synchronized @Nullable NetworkEvents current() {
            return events;
        }

        private synchronized boolean isClosed() {
            return closed;
        }

        private synchronized void replace(@Nullable NetworkEvents fresh) {
            if (events != null) {
                events.close();
            }
            events = fresh;
            if (closed && fresh != null) {
                fresh.close();
            }
        }

        void close() {
            loop.close();
            synchronized (this) {
                closed = true;
                if (events != null) {
                    events.close();
                }
            }
        }
    }
}

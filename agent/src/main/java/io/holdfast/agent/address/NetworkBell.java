package io.holdfast.agent.address;

import io.holdfast.agent.address.AddressSource.Watch;
import io.holdfast.net.HostNetwork;
import io.holdfast.net.NetworkEvent;
import io.holdfast.net.NetworkEvents;
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
final class NetworkBell {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkBell.class);

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final HostNetwork network;
    private final Duration pause;
    private final List<Consumer<List<NetworkEvent>>> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Subscription running;

    NetworkBell(HostNetwork network) {
        this(network, PAUSE);
    }

    /// @param pause before a broken subscription is opened again, and between tries
    NetworkBell(HostNetwork network, Duration pause) {
        this.network = network;
        this.pause = pause;
    }

    /// Calls `listener` with every batch of events from now on, from a thread of the bell.
    ///
    /// @throws IOException there is no subscription to be had; nothing was changed
    synchronized Watch listen(Consumer<List<NetworkEvent>> listener) throws IOException {
        if (running == null) {
            running = new Subscription(network.events());
            Thread.ofPlatform().daemon().name("network-events").start(running);
        }
        listeners.add(listener);
        return new Listening(listener);
    }

    private synchronized void leave(Consumer<List<NetworkEvent>> listener) {
        listeners.remove(listener);
        if (listeners.isEmpty() && running != null) {
            running.close();
            running = null;
        }
    }

    private void ring(List<NetworkEvent> events) {
        for (Consumer<List<NetworkEvent>> listener : listeners) {
            try {
                listener.accept(events);
            } catch (RuntimeException e) {
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
        public boolean rings() {
            return true;
        }

        @Override
        public void close() {
            leave(listener);
        }
    }

    /// The thread that reads, from first listener to last.
    private final class Subscription implements Runnable {
        private NetworkEvents events;
        private boolean closed;

        Subscription(NetworkEvents events) {
            this.events = events;
        }

        @Override
        public void run() {
            while (!isClosed()) {
                try {
                    List<NetworkEvent> batch = current().next();
                    if (!batch.isEmpty()) {
                        ring(batch);
                    }
                } catch (IOException e) {
                    LOG.warn("network events: {}; subscribing again", e.getMessage());
                    reopen();
                }
            }
        }

        private void reopen() {
            current().close();
            try {
                while (!isClosed()) {
                    pause();
                    if (!isClosed() && opened()) {
                        ring(List.of(new NetworkEvent.LookAgain("the subscription was broken")));
                        return;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                close();
            }
        }

        private boolean opened() {
            try {
                replace(network.events());
                return true;
            } catch (IOException e) {
                LOG.warn("network events: {}; trying again", e.getMessage());
                return false;
            }
        }

        private synchronized NetworkEvents current() {
            return events;
        }

        private synchronized boolean isClosed() {
            return closed;
        }

        private synchronized void replace(NetworkEvents fresh) {
            events = fresh;
            if (closed) {
                fresh.close();
            }
        }

        /// Returns early when closed.
        private synchronized void pause() throws InterruptedException {
            long until = System.nanoTime() + pause.toNanos();
            for (long left = pause.toMillis(); left > 0 && !closed; ) {
                wait(left);
                left = (until - System.nanoTime()) / 1_000_000;
            }
        }

        synchronized void close() {
            closed = true;
            notifyAll();
            events.close();
        }
    }
}

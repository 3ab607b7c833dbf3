package io.holdfast.service.listen;

import io.holdfast.dns.answer.Answerer;
import io.holdfast.net.ReturnPath;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What came by UDP and is left to others: a virtual thread each. So many may be in hand at the
/// same time; what comes beyond is dropped and counted, and its sender will try again.
final class UdpExchanges {
    static final int MOST = 4_096;

    /// A longer message takes more than one place, so that all in hand are bounded in octets, too.
    private static final int PLACE_OCTETS = 4_096;

    private final ExchangeHandler handler;
    private final Meters meters;
    private final Complaints complaints;
    private final Executor threads;
    private final Semaphore places = new Semaphore(MOST);

    UdpExchanges(ExchangeHandler handler, Meters meters, Complaints complaints) {
        this(
                handler,
                meters,
                complaints,
                task -> Thread.ofVirtual().name("dns exchange udp").start(task));
    }

    /// @param threads starts a thread for each message
    UdpExchanges(ExchangeHandler handler, Meters meters, Complaints complaints, Executor threads) {
        this.threads = threads;
        this.handler = handler;
        this.meters = meters;
        this.complaints = complaints;
    }

    /// Has a message handled; never waits.
    void begin(byte[] message, ReturnPath path) {
        if (!places.tryAcquire(placesOf(message))) {
            meters.exchangesDropped.increment();
            return;
        }
        try {
            threads.execute(() -> handle(new Datagram(message, path)));
            meters.exchanges.increment();
        } catch (RuntimeException | Error e) {
            places.release();
            meters.exchangesDropped.increment();
            complaints.warn("a message by UDP is dropped: no thread could be started for it", e);
        }
    }

    /// Waits for those in hand; no more than so long.
    void end(Duration atMost) throws InterruptedException {
        if (places.tryAcquire(MOST, atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            places.release(MOST);
        }
    }

    private static int placesOf(byte[] message) {
        return 1 + message.length / PLACE_OCTETS;
    }

    private void handle(Datagram exchange) {
        try {
            handler.handle(exchange).whenComplete((_, fault) -> end(exchange, fault));
        } catch (RuntimeException | Error e) {
            end(exchange, e);
        }
    }

    private void end(Datagram exchange, @Nullable Throwable fault) {
        places.release(placesOf(exchange.message));
        if (fault != null) {
            byte[] message = exchange.message;
            meters.failures.increment();
            complaints.warn(
                    UnansweredQuery.text(exchange.client(), message, message.length), fault);
        }
    }

    private final class Datagram implements Exchange {
        private final byte[] message;
        private final ReturnPath path;

        Datagram(byte[] message, ReturnPath path) {
            this.message = message;
            this.path = path;
        }

        @Override
        public byte[] message() {
            return message;
        }

        @Override
        public InetSocketAddress client() {
            return path.peer();
        }

        @Override
        public Answerer.Transport transport() {
            return Answerer.Transport.DATAGRAM;
        }

        @Override
        public void reply(byte[] reply) throws IOException {
            path.send(reply);
            meters.udpReplies.increment();
        }
    }
}

package io.holdfast.service.listen;

import io.holdfast.dns.answer.Answerer;
import io.holdfast.dns.tsig.TsigVerdict;
import io.holdfast.runtime.RateLimitedLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// What came by one TCP connection and is left to others: a virtual thread each, while the
/// connection goes on reading. Beyond [#MOST] at the same time it waits, and so does the client.
final class TcpExchanges {
    static final int MOST = 64;

    private final TcpReplies replies;
    private final InetSocketAddress peer;
    private final ExchangeHandler handler;
    private final TrafficCounters counters;
    private final RateLimitedLog faults;
    private final Executor threads;
    private final Semaphore places = new Semaphore(MOST);

    TcpExchanges(
            TcpReplies replies,
            InetSocketAddress peer,
            ExchangeHandler handler,
            TrafficCounters counters,
            RateLimitedLog faults) {
        this(
                replies,
                peer,
                handler,
                counters,
                faults,
                task -> Thread.ofVirtual().name("dns exchange tcp").start(task));
    }

    /// @param threads starts a thread for each message
    TcpExchanges(
            TcpReplies replies,
            InetSocketAddress peer,
            ExchangeHandler handler,
            TrafficCounters counters,
            RateLimitedLog faults,
            Executor threads) {
        this.threads = threads;
        this.replies = replies;
        this.peer = peer;
        this.handler = handler;
        this.counters = counters;
        this.faults = faults;
    }

    /// Has a message handled; waits for a place.
    void begin(byte[] message) throws InterruptedException {
        places.acquire();
        try {
            threads.execute(() -> handle(message));
            counters.exchanges.increment();
        } catch (RuntimeException | Error e) {
            end(message, e);
        }
    }

    boolean areUnderWay() {
        return places.availablePermits() < MOST;
    }

    /// Waits until none is in hand, however long that takes: they count against the connection.
    void end() {
        places.acquireUninterruptibly(MOST);
        places.release(MOST);
    }

    private void handle(byte[] message) {
        try {
            handler.handle(new Framed(message, handler.check(message)))
                    .whenComplete((_, fault) -> end(message, fault));
        } catch (RuntimeException | Error e) {
            end(message, e);
        }
    }

    private void end(byte[] message, @Nullable Throwable fault) {
        replies.idleFromNow();
        places.release();
        if (fault != null) {
            counters.failures.increment();
            faults.warn(UnansweredQuery.text(peer, message, message.length), fault);
        }
    }

    private final class Framed implements Exchange {
        private final byte[] message;
        private final TsigVerdict signature;

        Framed(byte[] message, TsigVerdict signature) {
            this.message = message;
            this.signature = signature;
        }

        @Override
        public byte[] message() {
            return message;
        }

        @Override
        public TsigVerdict signature() {
            return signature;
        }

        @Override
        public InetSocketAddress client() {
            return peer;
        }

        @Override
        public Answerer.Transport transport() {
            return Answerer.Transport.STREAM;
        }

        @Override
        public void reply(byte[] reply) throws IOException {
            replies.write(TcpReplies.framed(reply, reply.length));
        }
    }
}

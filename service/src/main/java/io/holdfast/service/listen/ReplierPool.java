package io.holdfast.service.listen;

import io.holdfast.dns.answer.Answerer;
import io.holdfast.runtime.RateLimitedLog;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;

/// A pool of workers that answer queries over TCP: as many as there are processors, each lent for
/// one query at a time. Answering only computes, so more would not be faster, and a thousand
/// connections need not hold 64 KiB each for a reply that may come some day.
final class ReplierPool {
    /// What became of one query.
    sealed interface Answer {
        /// The reply with its length before it, in the caller's own memory.
        record Reply(ByteBuffer framed) implements Answer {}

        /// Not worth a reply, or a fault of ours.
        enum None implements Answer {
            INSTANCE
        }

        /// For the [ExchangeHandler].
        enum ToHandler implements Answer {
            INSTANCE
        }
    }

    private static final class Worker {
        final Replier replier;
        final byte[] reply = new byte[0xFFFF];
        final ReplyCounts counts = new ReplyCounts();

        Worker(Replier replier) {
            this.replier = replier;
        }
    }

    private final BlockingQueue<Worker> free;
    private final TrafficCounters counters;
    private final RateLimitedLog faults;
    private final InstantSource clock;

    ReplierPool(
            int workers,
            Supplier<Replier> repliers,
            TrafficCounters counters,
            RateLimitedLog faults,
            InstantSource clock) {
        free = new ArrayBlockingQueue<>(workers);
        this.counters = counters;
        this.faults = faults;
        this.clock = clock;
        for (int i = 0; i < workers; i++) {
            free.add(new Worker(repliers.get()));
        }
    }

    /// Waits for a free worker, for as long as others take to compute their replies.
    ///
    /// @param client the peer's address, as [Replier] wants it
    Answer answer(byte[] query, InetSocketAddress peer, byte[] client) throws InterruptedException {
        Worker worker = free.take();
        try {
            int length =
                    worker.replier.answer(
                            query,
                            query.length,
                            worker.reply,
                            Answerer.Transport.STREAM,
                            client,
                            clock.millis() / 1_000);
            return switch (length) {
                case Answerer.DROP -> Answer.None.INSTANCE;
                case Answerer.TO_HANDLER -> Answer.ToHandler.INSTANCE;
                default -> {
                    worker.counts.count(worker.reply);
                    counters.take(worker.counts);
                    yield new Answer.Reply(TcpReplies.framed(worker.reply, length));
                }
            };
        } catch (RuntimeException | Error e) {
            counters.failures.increment();
            faults.warn(UnansweredQuery.text(peer, query, query.length), e);
            return Answer.None.INSTANCE;
        } finally {
            free.add(worker);
        }
    }
}

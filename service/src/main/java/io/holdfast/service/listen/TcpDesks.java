package io.holdfast.service.listen;

import io.holdfast.dns.answer.Answerer;
import io.holdfast.runtime.RateLimitedLog;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;

/// As many repliers as there are processors, lent for one query at a time. Answering only computes,
/// so more would not be faster, and a thousand connections need not hold 64 KiB each for a reply
/// that may come some day.
final class TcpDesks {
    /// What became of one query.
    sealed interface Answer {
        /// The reply with its length before it, in the caller's own memory.
        record Reply(ByteBuffer framed) implements Answer {}

        /// Not worth a reply, or a fault of ours.
        enum None implements Answer {
            INSTANCE
        }

        /// Left to others.
        enum Elsewhere implements Answer {
            INSTANCE
        }
    }

    private static final class Desk {
        final Replier replier;
        final byte[] reply = new byte[0xFFFF];
        final Tally tally = new Tally();

        Desk(Replier replier) {
            this.replier = replier;
        }
    }

    private final BlockingQueue<Desk> free;
    private final Meters meters;
    private final RateLimitedLog faults;
    private final InstantSource clock;

    TcpDesks(
            int desks,
            Supplier<Replier> repliers,
            Meters meters,
            RateLimitedLog faults,
            InstantSource clock) {
        free = new ArrayBlockingQueue<>(desks);
        this.meters = meters;
        this.faults = faults;
        this.clock = clock;
        for (int i = 0; i < desks; i++) {
            free.add(new Desk(repliers.get()));
        }
    }

    /// Waits for a free desk, for as long as others take to compute their replies.
    ///
    /// @param client the peer's address, as [Replier] wants it
    Answer answer(byte[] query, InetSocketAddress peer, byte[] client) throws InterruptedException {
        Desk desk = free.take();
        try {
            int length =
                    desk.replier.answer(
                            query,
                            query.length,
                            desk.reply,
                            Answerer.Transport.STREAM,
                            client,
                            clock.millis() / 1_000);
            return switch (length) {
                case Answerer.DROP -> Answer.None.INSTANCE;
                case Answerer.ELSEWHERE -> Answer.Elsewhere.INSTANCE;
                default -> {
                    desk.tally.count(desk.reply);
                    meters.take(desk.tally);
                    yield new Answer.Reply(TcpReplies.framed(desk.reply, length));
                }
            };
        } catch (RuntimeException | Error e) {
            meters.failures.increment();
            faults.warn(UnansweredQuery.text(peer, query, query.length), e);
            return Answer.None.INSTANCE;
        } finally {
            free.add(desk);
        }
    }
}

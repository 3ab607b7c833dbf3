package io.holdfast.service;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a service is made of, in the order in which it was started. It is stopped in the opposite
/// order, so that what was taken in is finished and answered.
///
/// One deadline holds for all of them together. A part that hangs is left to itself, and the next
/// one is stopped all the same: the process ends soon, and what counts is that the store, which was
/// started first, gets its turn.
final class Parts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    /// For all parts together. Whoever sent SIGTERM has a patience of 10 seconds.
    static final Duration DEADLINE = Duration.ofMillis(8_500);

    private record Part(AutoCloseable closes, Duration most) {}

    /// How long it takes until a thread has ended.
    interface Waiting {
        /// Waits for a thread that was started.
        ///
        /// @return whether it ended in this time
        boolean ended(Thread thread, Duration most);

        /// Nanoseconds on a clock that only goes forward.
        long nanos();
    }

    private static final Waiting REAL =
            new Waiting() {
                @Override
                public boolean ended(Thread thread, Duration most) {
                    long until = nanos() + most.toNanos();
                    boolean interrupted = false;
                    try {
                        while (true) {
                            try {
                                return thread.join(Duration.ofNanos(Math.max(0, until - nanos())));
                            } catch (InterruptedException hurried) {
                                interrupted = true; // what is stopped is stopped in order
                            }
                        }
                    } finally {
                        if (interrupted) {
                            Thread.currentThread().interrupt();
                        }
                    }
                }

                @Override
                public long nanos() {
                    return System.nanoTime();
                }
            };

    private final Deque<Part> parts = new ArrayDeque<>();
    private final Waiting waiting;

    Parts() {
        this(REAL);
    }

    Parts(Waiting waiting) {
        this.waiting = waiting;
    }

    /// @param most the longest that is waited for it; less where others took their time
    <T extends AutoCloseable> T started(T part, Duration most) {
        parts.push(new Part(part, most));
        return part;
    }

    /// Stops every part, within [#DEADLINE].
    @Override
    public synchronized void close() {
        long until = waiting.nanos() + DEADLINE.toNanos();
        while (!parts.isEmpty()) {
            Part last = parts.pop();
            String name = last.closes().getClass().getSimpleName();
            Thread closing =
                    Thread.ofPlatform().name("stop " + name).daemon().start(() -> stop(last, name));
            Duration left = Duration.ofNanos(Math.max(0, until - waiting.nanos()));
            Duration most = last.most().compareTo(left) < 0 ? last.most() : left;
            if (!waiting.ended(closing, most)) {
                LOG.warn(
                        "{} does not stop within {} ms; going on without it",
                        name,
                        most.toMillis());
            }
        }
    }

    private static void stop(Part part, String name) {
        try {
            part.closes().close();
        } catch (Exception failed) {
            LOG.error("{} did not stop in good order", name, failed);
        }
    }
}

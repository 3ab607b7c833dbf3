package io.holdfast.runtime;

import java.time.Duration;

/// The one way to run a loop that must not end before it is closed: turn after turn, on the thread
/// that runs it. Whatever a turn throws, an `Error` too, is reported, and after a pause the loop
/// goes on. A thread that ends silently would take with it what it does for everybody: a share of
/// all queries, the updates of a name, the news of the kernel.
public final class PerpetualLoop implements Runnable, AutoCloseable {
    /// How long after a turn that failed; time for what is wrong to pass, and a bound to what a
    /// fault at every turn costs.
    public static final Duration PAUSE = Duration.ofSeconds(1);

    /// One turn of the loop.
    @FunctionalInterface
    public interface Turn {
        /// @return false to end the loop
        boolean run() throws Exception;
    }

    /// Where failures are told. What it throws itself is swallowed: there is nobody left to tell.
    @FunctionalInterface
    public interface Failures {
        void failed(Throwable fault);
    }

    private final Turn turn;
    private final Failures failures;
    private final Duration pause;
    private final Object lock = new Object();
    private volatile boolean closed;

    public PerpetualLoop(Turn turn, Failures failures) {
        this(turn, failures, PAUSE);
    }

    /// @param pause after a turn that failed
    public PerpetualLoop(Turn turn, Failures failures, Duration pause) {
        this.turn = turn;
        this.failures = failures;
        this.pause = pause;
    }

    /// Returns when a turn says so or after [#close]. An interrupt alone does not end it.
    @Override
    public void run() {
        boolean goOn = true;
        while (goOn && !closed) {
            try {
                goOn = turn.run();
            } catch (Throwable fault) { // the purpose of this class
                goOn = !closed && goOnAfter(fault);
            }
        }
    }

    /// Ends the loop after the turn that is under way, or at once if it pauses. Does not wake a
    /// turn that waits for something: that is its owner's to do.
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }

    public boolean isClosed() {
        return closed;
    }

    private boolean goOnAfter(Throwable fault) {
        // An interrupt that is left standing would make every later turn fail at once.
        boolean _ = Thread.interrupted();
        try {
            failures.failed(fault);
        } catch (Throwable unsayable) {
            // Out of memory, most likely; to go on is more than to say so.
        }
        return !closedWithin(pause);
    }

    private boolean closedWithin(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        synchronized (lock) {
            for (long left = time.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
                try {
                    lock.wait(left / 1_000_000, (int) (left % 1_000_000));
                } catch (InterruptedException e) {
                    // Only close() ends the loop.
                }
            }
            return closed;
        }
    }
}

package io.holdfast.service.transfer;

import io.holdfast.runtime.PerpetualLoop;
import java.time.Duration;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The timer of the running service: when a task is due it gets a virtual thread, and may wait for
/// other things then. A task is never lost: one that cannot be started is tried again.
final class BackgroundTimer implements Timer, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundTimer.class);

    /// A task, and when it is due, by [System#nanoTime].
    private record Due(long nanos, Runnable task) implements Delayed {
        static Due in(Duration delay, Runnable task) {
            return new Due(System.nanoTime() + delay.toNanos(), task);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(nanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(
                    getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    private final DelayQueue<Due> queue = new DelayQueue<>();
    private final PerpetualLoop loop;
    private final Thread thread;
    private final ExecutorService threads;
    private final AtomicBoolean begun = new AtomicBoolean();

    BackgroundTimer() {
        this(Thread.ofVirtual().name("secondary").factory(), PerpetualLoop.PAUSE);
    }

    /// @param threads makes a thread for each task
    /// @param pause before a task that could not be started is tried again
    BackgroundTimer(ThreadFactory threads, Duration pause) {
        this.threads = Executors.newThreadPerTaskExecutor(threads);
        loop = new PerpetualLoop(this::startNext, BackgroundTimer::failed, pause);
        thread = Thread.ofVirtual().name("secondaries' timer").unstarted(loop);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        if (!loop.isClosed()) {
            queue.add(Due.in(delay, task));
            if (begun.compareAndSet(false, true)) {
                thread.start();
            }
        }
    }

    /// What is under way is interrupted.
    @Override
    public void close() {
        loop.close();
        thread.interrupt();
        threads.shutdownNow();
    }

    private boolean startNext() throws InterruptedException {
        Due due = queue.take();
        boolean started = false;
        try {
            threads.execute(() -> run(due.task));
            started = true;
        } catch (RejectedExecutionException stopping) {
            return false;
        } finally {
            if (!started) {
                queue.add(due);
            }
        }
        return true;
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error bug) {
            LOG.error("a secondary could not be looked after", bug);
        }
    }

    private static void failed(Throwable fault) {
        LOG.error("a secondary cannot be looked after yet; trying again", fault);
    }
}

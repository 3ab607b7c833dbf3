package io.holdfast.agent;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Wakes one name's loop. Any thread signals; one thread waits.
///
/// The kernel reports one change of address as several events within a few milliseconds. A short
/// quiet is waited for, so that they make one round, and not for long, so that a host that never
/// falls quiet is served as well.
final class WakeUp {
    /// Without a signal for so long, the change is over.
    static final Duration QUIET = Duration.ofMillis(15);

    /// From the first signal to the round at the latest.
    static final Duration LONGEST = Duration.ofMillis(60);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long signals;
    private long handled;

    void signal() {
        lock.lock();
        try {
            signals++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for a signal, one since the last wait included, and then for quiet.
    ///
    /// @return whether there was one; false if there was none for so long
    boolean await(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (signals == handled && left > 0) {
                left = changed.awaitNanos(left);
            }
            boolean signalled = signals > handled;
            if (signalled) {
                settle();
            }
            handled = signals;
            return signalled;
        } finally {
            lock.unlock();
        }
    }

    private void settle() throws InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        long seen;
        do {
            seen = signals;
            long quiet = Math.min(QUIET.toNanos(), end - System.nanoTime());
            while (quiet > 0 && seen == signals) {
                quiet = changed.awaitNanos(quiet);
            }
        } while (seen != signals && end - System.nanoTime() > TimeUnit.MILLISECONDS.toNanos(1));
    }
}

package io.holdfast.agent;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What wakes one name. Any thread rings it; one thread waits at it.
///
/// The kernel reports one change of address as several events within a few milliseconds. A short
/// quiet is waited for, so that they make one round, and not for long, so that a host that never
/// falls quiet is served as well.
final class Bell {
    /// No ringing for so long: the change is over.
    static final Duration QUIET = Duration.ofMillis(15);

    /// From the first ringing to the round at the latest.
    static final Duration LONGEST = Duration.ofMillis(60);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long rings;
    private long heard;

    void ring() {
        lock.lock();
        try {
            rings++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for ringing, including any since the last time it was heard, and then for quiet.
    ///
    /// @return whether it rang; false if it did not for so long
    boolean await(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (rings == heard && left > 0) {
                left = changed.awaitNanos(left);
            }
            boolean rang = rings > heard;
            if (rang) {
                settle();
            }
            heard = rings;
            return rang;
        } finally {
            lock.unlock();
        }
    }

    private void settle() throws InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        long seen;
        do {
            seen = rings;
            long quiet = Math.min(QUIET.toNanos(), end - System.nanoTime());
            while (quiet > 0 && seen == rings) {
                quiet = changed.awaitNanos(quiet);
            }
        } while (seen != rings && end - System.nanoTime() > TimeUnit.MILLISECONDS.toNanos(1));
    }
}

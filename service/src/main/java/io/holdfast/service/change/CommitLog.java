package io.holdfast.service.change;

import io.holdfast.service.event.Commit;
import io.holdfast.service.store.Reader;
import io.holdfast.service.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// The log for those who follow what happens: every commit that is kept, in order, and a wake-up
/// for the next one. Any number of threads may follow; none of them holds up who commits.
public final class CommitLog {
    private final Reader reader;
    private final Lock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private long last;
    private long wakes;

    /// @param last the number of the last commit
    CommitLog(Reader reader, long last) {
        this.reader = reader;
        this.last = last;
    }

    /// The number of the last commit that is durable and in memory; 0 before the first.
    public long last() {
        lock.lock();
        try {
            return last;
        } finally {
            lock.unlock();
        }
    }

    /// The commits after one, oldest first; without those that are kept no more.
    ///
    /// @param number 0 for all
    /// @param most how many at the most
    /// @throws StoreException if the store cannot be read, or holds what only a newer version knows
    public List<Commit> after(long number, int most) throws StoreException {
        return reader.after(number, most);
    }

    /// Waits for a commit after one, or until [#wake].
    ///
    /// @param most how long at the most
    public void await(long number, Duration most) throws InterruptedException {
        long nanos = most.toNanos();
        lock.lock();
        try {
            long before = wakes;
            while (last <= number && wakes == before && nanos > 0) {
                nanos = more.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Has everybody who waits look again.
    public void wake() {
        lock.lock();
        try {
            wakes++;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// A commit is durable and in memory.
    void reached(long number) {
        lock.lock();
        try {
            last = number;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

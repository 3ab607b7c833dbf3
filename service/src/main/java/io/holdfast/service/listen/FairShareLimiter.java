package io.holdfast.service.listen;

import java.util.HashMap;
import java.util.Map;

/// Limits what is in hand at the same time, with a fair share for each client. Of its places nobody
/// can take all, however much he asks for: whoever asks is given one while he holds fewer than are
/// free. So one alone never holds more than half of them, each of two a third, and somebody who
/// holds none is given one as long as there is any.
///
/// @param <K> tells those who ask apart
final class FairShareLimiter<K> {
    private final int all;
    private final Map<K, Integer> held = new HashMap<>();
    private int free;

    FairShareLimiter(int all) {
        this.all = all;
        this.free = all;
    }

    /// Never waits.
    ///
    /// @param count how many at once
    /// @return whether they were given
    synchronized boolean take(K who, int count) {
        int has = held.getOrDefault(who, 0);
        if (has + count > free) {
            return false;
        }
        held.put(who, has + count);
        free -= count;
        return true;
    }

    synchronized void giveBack(K who, int count) {
        held.computeIfPresent(who, (_, has) -> has > count ? has - count : null);
        free += count;
        if (free == all) {
            notifyAll();
        }
    }

    /// Waits until nobody holds any; no longer than until then.
    ///
    /// @param untilNanos of [System#nanoTime]
    synchronized void awaitAllFree(long untilNanos) throws InterruptedException {
        while (free < all) {
            long leftMillis = (untilNanos - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                return;
            }
            wait(leftMillis);
        }
    }
}

package io.holdfast.service.listen;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Whether the front is about to be closed; wakes those who pause meanwhile.
final class Closing {
    /// Before receiving or accepting is tried again after it failed.
    static final long PAUSE_AFTER_FAILURE_MILLIS = 100;

    private final CountDownLatch begun = new CountDownLatch(1);

    void begin() {
        begun.countDown();
    }

    boolean hasBegun() {
        return begun.getCount() == 0;
    }

    /// Waits so long for it to begin.
    ///
    /// @return whether it has, or the thread is interrupted
    boolean beginsWithin(long millis) {
        try {
            return begun.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}

package io.holdfast.service.listen;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Whether the front is about to be closed; wakes those who pause meanwhile.
final class Closing {
    /// Before receiving or accepting is tried again after it failed.
    static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

    private final CountDownLatch begun = new CountDownLatch(1);

    void begin() {
        begun.countDown();
    }

    boolean hasBegun() {
        return begun.getCount() == 0;
    }

    /// Waits so long for it to begin.
    ///
    /// @return whether it has
    boolean beginsWithin(long millis) throws InterruptedException {
        return begun.await(millis, TimeUnit.MILLISECONDS);
    }
}

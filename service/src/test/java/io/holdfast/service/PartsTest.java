package io.holdfast.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Parts that hang, and the one deadline for all of them.
class PartsTest {
    private final CountDownLatch never = new CountDownLatch(1);
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Clock clock = new Clock();

    @AfterEach
    void release() {
        never.countDown();
    }

    @Test
    void partsAreStoppedInTheOrderOppositeToTheirStart() {
        Parts parts = new Parts(clock);
        parts.started(() -> told.add("store"), Duration.ofSeconds(1));
        parts.started(() -> told.add("dns"), Duration.ofSeconds(1));
        parts.started(() -> told.add("http"), Duration.ofSeconds(1));
        parts.close();
        assertThat(told).containsExactly("http", "dns", "store");
    }

    @Test
    void whateverHangsTheWholeTakesNoLongerThanTheDeadline() throws Exception {
        Parts parts = new Parts(clock);
        CountDownLatch all = new CountDownLatch(7);
        for (int i = 0; i < 7; i++) {
            parts.started(() -> hang(all), Duration.ofSeconds(4));
        }
        parts.close();
        assertThat(Duration.ofNanos(clock.nanos)).isEqualTo(Parts.DEADLINE);
        all.await(); // every one of them was told to stop
    }

    /// Every other part hangs, each for as long as it may: the store still has three seconds for
    /// the updates that were taken in.
    @Test
    void theStoreGetsItsTurn() {
        Duration others =
                Service.STOP_ADMINISTRATION
                        .plus(Service.STOP_HTTP)
                        .plus(Service.STOP_SECONDARIES)
                        .plus(Service.STOP_DNS);
        assertThat(Parts.DEADLINE.minus(others)).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
    }

    /// The process has to be gone within 10 seconds, and the JVM takes its time as well.
    @Test
    void theDeadlineLeavesTheProcessASecondToEnd() {
        assertThat(Parts.DEADLINE).isLessThanOrEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void aPartThatFailsHindersNoOther() {
        Parts parts = new Parts(clock);
        parts.started(() -> told.add("store"), Duration.ofSeconds(1));
        parts.started(
                () -> {
                    throw new IllegalStateException("as this test wants it");
                },
                Duration.ofSeconds(1));
        parts.close();
        assertThat(told).containsExactly("store");
    }

    private void hang(CountDownLatch all) throws InterruptedException {
        all.countDown();
        never.await();
    }

    /// Time that passes only while somebody waits for a part that hangs.
    private static final class Clock implements Parts.Waiting {
        private long nanos;

        @Override
        public boolean ended(Thread thread, Duration most) {
            while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            nanos += thread.isAlive() ? most.toNanos() : 0;
            return !thread.isAlive();
        }

        @Override
        public long nanos() {
            return nanos;
        }
    }
}

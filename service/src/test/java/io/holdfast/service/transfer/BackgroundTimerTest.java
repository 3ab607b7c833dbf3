package io.holdfast.service.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BackgroundTimerTest {
    @Test
    void aTaskForWhichThereIsNoThreadIsDoneWhenThereIsOne() throws Exception {
        AtomicInteger left = new AtomicInteger(3);
        ThreadFactory threads =
                task -> {
                    if (left.getAndDecrement() > 0) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    return Thread.ofVirtual().unstarted(task);
                };
        CountDownLatch done = new CountDownLatch(1);
        try (BackgroundTimer background = new BackgroundTimer(threads, Duration.ofMillis(1))) {
            background.after(Duration.ZERO, done::countDown);
            done.await();
        }
        assertThat(left).hasValue(-1);
    }

    @Test
    void aTaskThatFailsTakesNoOtherWithIt() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (BackgroundTimer background = new BackgroundTimer()) {
            background.after(
                    Duration.ZERO,
                    () -> {
                        throw new StackOverflowError("injected");
                    });
            background.after(Duration.ofMillis(1), done::countDown);
            done.await();
        }
    }

    @Test
    void anAppointmentThatFailedComesAgainAMinuteLater() {
        List<Duration> delays = new ArrayList<>();
        List<Runnable> tasks = new ArrayList<>();
        Timer timer =
                (delay, task) -> {
                    delays.add(delay);
                    tasks.add(task);
                };
        Instant now = Instant.parse("2026-11-29T00:00:00Z");
        AtomicInteger done = new AtomicInteger();
        CoalescingTimer coalescing =
                new CoalescingTimer(
                        timer,
                        () -> now,
                        () -> {
                            if (done.getAndIncrement() == 0) {
                                throw new OutOfMemoryError("injected");
                            }
                        });
        coalescing.noLaterThan(now);
        assertThatThrownBy(() -> tasks.getFirst().run()).isInstanceOf(OutOfMemoryError.class);
        assertThat(delays).containsExactly(Duration.ZERO, CoalescingTimer.AFTER_A_FAILURE);
        tasks.getLast().run();
        assertThat(done).hasValue(2);
        assertThat(delays).hasSize(2);
    }

    @Test
    void aTaskForWhichThereWasNoTimerCanBeAskedForAgain() {
        Instant now = Instant.parse("2026-11-29T00:00:00Z");
        AtomicInteger asked = new AtomicInteger();
        Timer timer =
                (_, _) -> {
                    if (asked.getAndIncrement() == 0) {
                        throw new OutOfMemoryError("injected");
                    }
                };
        CoalescingTimer coalescing = new CoalescingTimer(timer, () -> now, () -> {});
        assertThatThrownBy(() -> coalescing.noLaterThan(now)).isInstanceOf(OutOfMemoryError.class);
        coalescing.noLaterThan(now);
        assertThat(asked).hasValue(2);
    }
}

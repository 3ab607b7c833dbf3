package io.holdfast.service.transfer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A timer that coalesces: its task is due at one time or at none. Whoever wants it earlier gets
/// that; a later wish changes nothing.
final class CoalescingTimer {
    /// Before a task that threw something is tried again.
    static final Duration AFTER_A_FAILURE = Duration.ofMinutes(1);

    private final Timer timer;
    private final InstantSource clock;
    private final Runnable task;
    private Instant due = Instant.MAX;

    CoalescingTimer(Timer timer, InstantSource clock, Runnable task) {
        this.timer = timer;
        this.clock = clock;
        this.task = task;
    }

    /// Has the task done at that time, or at once if it has passed, unless it is due before.
    synchronized void noLaterThan(Instant time) {
        if (time.isBefore(due)) {
            Duration delay = Duration.between(clock.instant(), time);
            timer.after(delay.isNegative() ? Duration.ZERO : delay, () -> come(time));
            due = time; // only now: it is not due if nobody will come
        }
    }

    private void come(Instant time) {
        synchronized (this) {
            if (!due.equals(time)) {
                return; // it was wanted earlier, and done
            }
            due = Instant.MAX;
        }
        try {
            task.run();
        } catch (RuntimeException | Error bug) {
            // Nobody else would ask for it again before there is a new version.
            noLaterThan(clock.instant().plus(AFTER_A_FAILURE));
            throw bug;
        }
    }
}

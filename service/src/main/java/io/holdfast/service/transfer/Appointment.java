package io.holdfast.service.transfer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A task that is due at one time or at none. Whoever wants it earlier gets that; a later wish
/// changes nothing.
final class Appointment {
    private final Timer timer;
    private final InstantSource clock;
    private final Runnable task;
    private Instant due = Instant.MAX;

    Appointment(Timer timer, InstantSource clock, Runnable task) {
        this.timer = timer;
        this.clock = clock;
        this.task = task;
    }

    /// Has the task done at that time, or at once if it has passed, unless it is due before.
    synchronized void noLaterThan(Instant time) {
        if (time.isBefore(due)) {
            due = time;
            Duration delay = Duration.between(clock.instant(), time);
            timer.after(delay.isNegative() ? Duration.ZERO : delay, () -> come(time));
        }
    }

    private void come(Instant time) {
        synchronized (this) {
            if (!due.equals(time)) {
                return; // it was wanted earlier, and done
            }
            due = Instant.MAX;
        }
        task.run();
    }
}

package io.holdfast.service.transfer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/// A clock and its timer, moved by hand; tasks run on the thread that moves it.
final class SimulatedTime implements Timer, InstantSource {
    private record Task(Instant due, long order, Runnable what) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::due).thenComparingLong(Task::order));
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private long order;

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public void after(Duration delay, Runnable task) {
        tasks.add(new Task(now.plus(delay), order++, task));
    }

    void advance(Duration by) {
        Instant until = now.plus(by);
        while (!tasks.isEmpty() && !tasks.element().due().isAfter(until)) {
            Task next = tasks.remove();
            now = next.due();
            next.what().run();
        }
        now = until;
    }

    void advanceMillis(long millis) {
        advance(Duration.ofMillis(millis));
    }
}

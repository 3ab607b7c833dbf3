package io.holdfast.service.event;

import java.time.Instant;
import java.util.List;

/// What was decided together, becomes durable together, and is seen together.
///
/// @param number from 1, without gaps, in the order of the commits
/// @param at when all of it happened, in whole milliseconds; not before the commit with the number
///   before, unless the clock was set back
/// @param events in the order in which they are to be applied; at least one
public record Commit(long number, Instant at, List<Event> events) {
    public Commit {
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a commit without an event has no number");
        }
    }
}

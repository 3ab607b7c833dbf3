package io.holdfast.agent.address;

import java.time.Duration;

/// How often a source wants to be looked at.
///
/// @param interval from one look to the next while nothing reports a change
/// @param floor from one look to the next at least, whatever is reported; zero if a look costs
///   nobody anything
/// @param eventDriven whether the source's own events say that its address may be another. While
///   they come, [#WITH_EVENTS] takes the place of the interval
/// @param shortest the shortest interval that a person may configure
public record Pace(Duration interval, Duration floor, boolean eventDriven, Duration shortest) {
    /// For a source that reports its changes: it is looked at all the same, in case an event was
    /// lost.
    static final Duration WITH_EVENTS = Duration.ofMinutes(10);

    /// More often than that is load for nothing.
    public static final Duration SHORTEST = Duration.ofSeconds(5);

    public Pace {
        if (!interval.isPositive() || floor.isNegative()) {
            throw new IllegalArgumentException("pace of " + interval + ", floor " + floor);
        }
    }

    /// Of a source that reports its changes, as a rule, and costs nobody anything.
    public static Pace ofEvents() {
        return new Pace(Duration.ofSeconds(10), Duration.ZERO, true, SHORTEST);
    }

    /// Of a source that costs nobody anything and does not report its changes.
    static Pace every(Duration interval) {
        return new Pace(interval, Duration.ZERO, false, SHORTEST);
    }

    /// Of a source whose looks cost somebody something.
    public static Pace costly(Duration interval, Duration floor) {
        return new Pace(interval, floor, false, SHORTEST);
    }

    /// The same for a source whose owner wants no shorter interval than that.
    Pace noShorterThan(Duration least) {
        return new Pace(interval, floor, eventDriven, least);
    }

    /// Whether a look costs nobody anything: no other host is asked, no program runs.
    public boolean isCheap() {
        return floor.isZero();
    }

    /// The interval, given whether the source's watch hears events now.
    public Duration interval(boolean hasEvents) {
        return eventDriven && hasEvents ? WITH_EVENTS : interval;
    }
}

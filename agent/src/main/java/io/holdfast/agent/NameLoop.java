package io.holdfast.agent;

import io.holdfast.agent.address.AddressSource.Watch;
import io.holdfast.agent.address.DefaultRoutes;
import io.holdfast.agent.round.Poller;
import io.holdfast.agent.round.Round;
import io.holdfast.agent.round.RoundListener;
import io.holdfast.runtime.PerpetualLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Keeps one name: runs a round whenever a source signals a change or its time has come, until it
/// is closed. Nothing another name does or suffers touches it, and no fault of our own ends it.
///
/// It sleeps until then. That the clock was set or that the machine slept is not its business:
/// [Agent] has it look again.
final class NameLoop implements Runnable {
    /// After a fault of our own.
    private static final Duration AFTER_FAULT = Duration.ofMinutes(1);

    /// More than any wait, and short enough to be counted in nanoseconds.
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private final String name;
    private final Round round;
    private final Collection<Poller> pollers;
    private final DefaultRoutes routes;
    private final RoundListener listener;
    private final InstantSource clock;
    private final WakeUp wakeUp = new WakeUp();
    private final List<Poller> unwatched;
    private final List<Watch> watches = new ArrayList<>();
    private final PerpetualLoop loop;
    private boolean watchesRoutes;

    NameLoop(
            String name,
            Round round,
            Collection<Poller> pollers,
            DefaultRoutes routes,
            RoundListener listener,
            InstantSource clock) {
        this(name, round, pollers, routes, listener, clock, AFTER_FAULT);
    }

    NameLoop(
            String name,
            Round round,
            Collection<Poller> pollers,
            DefaultRoutes routes,
            RoundListener listener,
            InstantSource clock,
            Duration afterFault) {
        this.name = name;
        this.round = round;
        this.pollers = pollers;
        this.routes = routes;
        this.listener = listener;
        this.clock = clock;
        this.unwatched = new ArrayList<>(pollers);
        this.loop =
                new PerpetualLoop(this::goRound, fault -> failed(fault, afterFault), afterFault);
    }

    @Override
    public void run() {
        try {
            loop.run();
        } finally {
            watches.forEach(Watch::close);
        }
    }

    /// Has the name look again now, at all its sources.
    void lookNow() {
        pollers.forEach(Poller::mayHaveChanged);
        wakeUp.signal();
    }

    /// Has the name look again if a person asks for something.
    void lookNowIfRequested() {
        if (round.isAskedFor()) {
            lookNow();
        }
    }

    /// Ends after what is under way; does not wait for that.
    void close() {
        round.close();
        loop.close();
        wakeUp.signal();
    }

    /// One round, and the wait until the next is due or something wakes it.
    private boolean goRound() throws InterruptedException {
        while (!unwatched.isEmpty()) { // before the first look, so that no change falls between
            watches.add(unwatched.getFirst().watch(this::sourceChanged));
            unwatched.removeFirst();
        }
        if (!watchesRoutes) { // another way to the provider may end a wait
            watches.add(routes.watch(wakeUp::signal));
            watchesRoutes = true;
        }
        Instant next = round.run();
        if (!loop.isClosed()) {
            wakeUp.await(timeUntil(next));
        }
        return true;
    }

    /// By the clock as it is now; the wait itself is one of time that passes.
    private Duration timeUntil(Instant next) {
        Instant now = clock.instant();
        return next.isAfter(now.plus(LONGEST_WAIT)) ? LONGEST_WAIT : Duration.between(now, next);
    }

    private void sourceChanged() {
        listener.eventReceived(name, clock.instant());
        wakeUp.signal();
    }

    private void failed(Throwable fault, Duration pause) {
        StackTraceElement[] trace = fault.getStackTrace(); // empty where the JVM saves itself one
        listener.trouble(
                name,
                "this is a bug in Holdfast, please report it ("
                        + fault
                        + (trace.length == 0 ? "" : " at " + trace[0])
                        + "); next try in "
                        + DurationText.of(pause),
                clock.instant());
    }
}

package io.holdfast.agent;

import io.holdfast.agent.address.AddressSource.Watch;
import io.holdfast.agent.address.DefaultRoutes;
import io.holdfast.agent.round.Lookout;
import io.holdfast.agent.round.Round;
import io.holdfast.agent.round.RoundListener;
import io.holdfast.runtime.PerpetualLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Keeps one name: goes round whenever its sources ring or its time has come, until it is closed.
/// Nothing another name does or suffers touches it, and no fault of our own ends it.
///
/// It sleeps until then. That the clock was set or that the machine slept is not its business:
/// [Agent] has it look again.
final class Keeper implements Runnable {
    /// After a fault of our own.
    private static final Duration AFTER_FAULT = Duration.ofMinutes(1);

    /// More than any wait, and short enough to be counted in nanoseconds.
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private final String name;
    private final Round round;
    private final Collection<Lookout> lookouts;
    private final DefaultRoutes routes;
    private final RoundListener listener;
    private final InstantSource clock;
    private final Bell bell = new Bell();
    private final List<Lookout> unwatched;
    private final List<Watch> watches = new ArrayList<>();
    private final PerpetualLoop loop;
    private boolean watchesRoutes;

    Keeper(
            String name,
            Round round,
            Collection<Lookout> lookouts,
            DefaultRoutes routes,
            RoundListener listener,
            InstantSource clock) {
        this(name, round, lookouts, routes, listener, clock, AFTER_FAULT);
    }

    Keeper(
            String name,
            Round round,
            Collection<Lookout> lookouts,
            DefaultRoutes routes,
            RoundListener listener,
            InstantSource clock,
            Duration afterFault) {
        this.name = name;
        this.round = round;
        this.lookouts = lookouts;
        this.routes = routes;
        this.listener = listener;
        this.clock = clock;
        this.unwatched = new ArrayList<>(lookouts);
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
    void nudge() {
        lookouts.forEach(Lookout::mayHaveChanged);
        bell.ring();
    }

    /// Has the name look again if a person asks for something.
    void nudgeIfAskedFor() {
        if (round.isAskedFor()) {
            nudge();
        }
    }

    /// Ends after what is under way; does not wait for that.
    void close() {
        round.close();
        loop.close();
        bell.ring();
    }

    /// One round, and the wait until the next is due or something rings.
    private boolean goRound() throws InterruptedException {
        while (!unwatched.isEmpty()) { // before the first look, so that no change falls between
            watches.add(unwatched.getFirst().watch(this::rung));
            unwatched.removeFirst();
        }
        if (!watchesRoutes) { // another way to the provider may end a wait
            watches.add(routes.watch(bell::ring));
            watchesRoutes = true;
        }
        Instant next = round.run();
        if (!loop.isClosed()) {
            bell.await(timeUntil(next));
        }
        return true;
    }

    /// By the clock as it is now; the wait itself is one of time that passes.
    private Duration timeUntil(Instant next) {
        Instant now = clock.instant();
        return next.isAfter(now.plus(LONGEST_WAIT)) ? LONGEST_WAIT : Duration.between(now, next);
    }

    private void rung() {
        listener.rang(name, clock.instant());
        bell.ring();
    }

    private void failed(Throwable fault, Duration pause) {
        StackTraceElement[] trace = fault.getStackTrace(); // empty where the JVM saves itself one
        listener.trouble(
                name,
                "this is a bug in Holdfast, please report it ("
                        + fault
                        + (trace.length == 0 ? "" : " at " + trace[0])
                        + "); next try in "
                        + Words.of(pause),
                clock.instant());
    }
}

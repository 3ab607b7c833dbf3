package io.holdfast.agent;

import io.holdfast.agent.address.AddressSource.Watch;
import io.holdfast.agent.address.DefaultRoutes;
import io.holdfast.agent.memory.Memory;
import io.holdfast.agent.round.Lookout;
import io.holdfast.agent.round.Round;
import io.holdfast.agent.round.RoundListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Keeps one name: goes round whenever its sources ring or its time has come, until it is closed.
/// Nothing another name does or suffers touches it.
final class Keeper implements Runnable {
    /// The clock is compared at least so often, because a laptop that slept must not sleep on; and
    /// so is looked for a request to forget.
    static final Duration GLANCE = Duration.ofSeconds(2);

    /// After a fault of our own.
    private static final Duration AFTER_FAULT = Duration.ofMinutes(1);

    private final String name;
    private final Round round;
    private final Collection<Lookout> lookouts;
    private final DefaultRoutes routes;
    private final Memory memory;
    private final RoundListener listener;
    private final InstantSource clock;
    private final Bell bell = new Bell();
    private volatile boolean closing;

    Keeper(
            String name,
            Round round,
            Collection<Lookout> lookouts,
            DefaultRoutes routes,
            Memory memory,
            RoundListener listener,
            InstantSource clock) {
        this.name = name;
        this.round = round;
        this.lookouts = lookouts;
        this.routes = routes;
        this.memory = memory;
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public void run() {
        List<Watch> watches = new ArrayList<>();
        try {
            // Before the first look, so that no change falls between.
            lookouts.forEach(lookout -> watches.add(lookout.watch(this::rung)));
            // Another way to the provider may end a wait, though the sources see nothing new.
            watches.add(routes.watch(bell::ring));
            while (!closing) {
                await(goRound());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt(); // the last thing this thread does
        } finally {
            watches.forEach(Watch::close);
        }
    }

    /// Has the name look again now.
    void nudge() {
        lookouts.forEach(Lookout::mayHaveChanged);
        bell.ring();
    }

    /// Ends after what is under way; does not wait for that.
    void close() {
        closing = true;
        round.close();
        bell.ring();
    }

    private void rung() {
        listener.rang(name, clock.instant());
        bell.ring();
    }

    /// A fault of our own in one round must not end the keeping of the name.
    private Instant goRound() {
        try {
            return round.run();
        } catch (RuntimeException fault) {
            Instant now = clock.instant();
            listener.trouble(
                    name,
                    "this is a bug in Holdfast, please report it ("
                            + fault
                            + " at "
                            + fault.getStackTrace()[0]
                            + "); next try in "
                            + Words.of(AFTER_FAULT),
                    now);
            return now.plus(AFTER_FAULT);
        }
    }

    /// Until then, or until something rings, or a person has the name forgotten.
    private void await(Instant next) throws InterruptedException {
        while (!closing) {
            Duration left = Duration.between(clock.instant(), next);
            if (!left.isPositive() || bell.await(left.compareTo(GLANCE) < 0 ? left : GLANCE)) {
                return;
            }
            if (memory.forgetRequested(name)) {
                lookouts.forEach(Lookout::mayHaveChanged);
                return;
            }
        }
    }
}

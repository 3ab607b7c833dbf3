package io.holdfast.agent.round;

import io.holdfast.agent.address.AddressSource;
import io.holdfast.agent.address.AddressSource.Observation;
import io.holdfast.agent.address.AddressSource.Watch;
import io.holdfast.runtime.StoredTime;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One source and its pace: cheap ones are looked at in each round, those that ask others or run
/// programs only when their time has come, or a while after the last look when they themselves
/// signalled. A signal for another source is no reason to ask. For one thread, but for the signals.
public final class Poller {
    /// How soon after a source that could not be asked, the first time; doubles up to its pace.
    static final Duration FIRST_RETRY = Duration.ofSeconds(15);

    private final AddressSource source;
    private final Optional<Duration> wantedPace;
    private final AtomicBoolean signalled = new AtomicBoolean();
    private boolean asked;
    private boolean hasEvents;
    private int failures;
    private Optional<Observation> last = Optional.empty();
    private Instant lastLook = Instant.MIN;
    private Duration pause = Duration.ZERO;

    /// @param wantedPace how often to look when nothing signals; the source's own pace if empty
    public Poller(AddressSource source, Optional<Duration> wantedPace) {
        this.source = source;
        this.wantedPace = wantedPace;
    }

    /// Watches the source, if it has events.
    public Watch watch(Runnable onChange) {
        Watch watch =
                source.watch(() -> {
                    mayHaveChanged();
                    onChange.run();
                });
        hasEvents = watch.hasEvents();
        return watch;
    }

    /// Asks for an early look. From any thread.
    public void mayHaveChanged() {
        signalled.set(true);
    }

    /// Has it looked at in the next round whatever the time is: a person asked.
    void lookAtOnce() {
        asked = true;
    }

    /// Looks if it is time to, else says what was seen last.
    Observation look(@Nullable InetAddress sent, Instant now) {
        if (last.isPresent() && !source.pace().isCheap() && next(now).isAfter(now)) {
            return last.get();
        }
        asked = false;
        signalled.set(false); // what is signalled during the look may be about what comes after
        Observation observation = source.look(sent);
        Duration pace = wantedPace.orElseGet(() -> source.pace().interval(hasEvents));
        lastLook = now;
        pause =
                switch (observation) {
                    case Observation.Seen _, Observation.NoAddress _ -> {
                        failures = 0;
                        yield pace;
                    }
                    case Observation.Unavailable _ -> retry(pace);
                };
        last = Optional.of(observation);
        return observation;
    }

    /// Whether what it sees depends on which link the default route leaves by.
    boolean followsDefaultRoute() {
        return source.followsDefaultRoute();
    }

    /// When it is to be looked at again though nothing signals: never further from now than its
    /// pace, even if the clock was set back since the last look.
    ///
    /// @return `now` if it is time
    Instant next(Instant now) {
        if (last.isEmpty() || asked) {
            return now;
        }
        Duration floor = source.pace().floor();
        Duration longest = signalled.get() && floor.compareTo(pause) < 0 ? floor : pause;
        return now.plus(StoredTime.left(lastLook.plus(longest), now, longest));
    }

    private Duration retry(Duration pace) {
        Duration next = FIRST_RETRY.multipliedBy(1L << Math.min(failures++, 10));
        return next.compareTo(pace) < 0 ? next : pace;
    }
}

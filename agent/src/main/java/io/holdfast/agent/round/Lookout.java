package io.holdfast.agent.round;

import io.holdfast.agent.address.AddressSource;
import io.holdfast.agent.address.AddressSource.Sighting;
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
/// rang. What rang for another source is no reason to ask. For one thread, but for the ringing.
public final class Lookout {
    /// How soon after a source that could not be asked, the first time; doubles up to its pace.
    static final Duration FIRST_RETRY = Duration.ofSeconds(15);

    /// Between two looks at a source that is not cheap, however often it rings.
    static final Duration FLOOR = Duration.ofMinutes(1);

    private final AddressSource source;
    private final Optional<Duration> wantedPace;
    private final AtomicBoolean rang = new AtomicBoolean();
    private boolean asked;
    private boolean rings;
    private int failures;
    private Optional<Sighting> last = Optional.empty();
    private Instant lastLook = Instant.MIN;
    private Duration pause = Duration.ZERO;

    /// @param wantedPace how often to look when nothing rings; [#usualPace] if empty
    public Lookout(AddressSource source, Optional<Duration> wantedPace) {
        this.source = source;
        this.wantedPace = wantedPace;
    }

    /// Whether a look costs nobody anything.
    public static boolean isCheap(AddressSource source) {
        return switch (word(source)) {
            case "web", "command" -> false;
            default -> true;
        };
    }

    /// How often a source is looked at when nobody set it. One that rings is looked at as well, in
    /// case a bell was not heard.
    static Duration usualPace(AddressSource source, boolean rings) {
        return switch (word(source)) {
            case "web", "static" -> Duration.ofMinutes(10);
            case "command" -> Duration.ofMinutes(5);
            default -> rings ? Duration.ofMinutes(10) : Duration.ofSeconds(10);
        };
    }

    /// Has the source ring, if it can.
    public Watch watch(Runnable bell) {
        Watch watch =
                source.watch(() -> {
                    mayHaveChanged();
                    bell.run();
                });
        rings = watch.rings();
        return watch;
    }

    /// Asks for an early look. From any thread.
    public void mayHaveChanged() {
        rang.set(true);
    }

    /// Has it looked at in the next round whatever the time is: a person asked.
    void lookAtOnce() {
        asked = true;
    }

    /// Looks if it is time to, else says what was seen last.
    Sighting look(@Nullable InetAddress told, Instant now) {
        if (last.isPresent() && !isCheap(source) && next(now).isAfter(now)) {
            return last.get();
        }
        asked = false;
        rang.set(false); // before the look: what rings during it may be about what comes after
        Sighting sighting = source.look(told);
        Duration pace = wantedPace.orElseGet(() -> usualPace(source, rings));
        lastLook = now;
        pause =
                switch (sighting) {
                    case Sighting.Seen _, Sighting.NoAddress _ -> {
                        failures = 0;
                        yield pace;
                    }
                    case Sighting.Unavailable _ -> retry(pace);
                };
        last = Optional.of(sighting);
        return sighting;
    }

    /// Whether what it sees depends on which link the default route leaves by.
    boolean followsDefaultRoute() {
        return word(source).equals("default-route");
    }

    /// When it is to be looked at again though nothing rings: never further from now than its pace,
    /// even if the clock was set back since the last look.
    ///
    /// @return `now` if it is time
    Instant next(Instant now) {
        if (last.isEmpty() || asked) {
            return now;
        }
        Duration longest = rang.get() && FLOOR.compareTo(pause) < 0 ? FLOOR : pause;
        return now.plus(StoredTime.left(lastLook.plus(longest), now, longest));
    }

    private Duration retry(Duration pace) {
        Duration next = FIRST_RETRY.multipliedBy(1L << Math.min(failures++, 10));
        return next.compareTo(pace) < 0 ? next : pace;
    }

    private static String word(AddressSource source) {
        return source.describe().strip().split("\\s+", 2)[0];
    }
}

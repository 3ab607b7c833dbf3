package io.holdfast.agent.round;

import io.holdfast.agent.address.AddressSource;
import io.holdfast.agent.address.AddressSource.Sighting;
import io.holdfast.agent.address.AddressSource.Watch;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One source and its pace: cheap ones are looked at in each round, those that ask others or run
/// programs only when they rang or their time has come. For one thread.
public final class Lookout {
    /// How soon after a source that could not be asked, the first time; doubles up to its pace.
    static final Duration FIRST_RETRY = Duration.ofSeconds(15);

    private final AddressSource source;
    private final Optional<Duration> wantedPace;
    private boolean rings;
    private int failures;
    private Optional<Sighting> last = Optional.empty();
    private Instant next = Instant.MIN;

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
        Watch watch = source.watch(bell);
        rings = watch.rings();
        return watch;
    }

    /// Looks if it is time to, else says what was seen last.
    ///
    /// @param rang whether something may have changed
    Sighting look(@Nullable InetAddress told, boolean rang, Instant now) {
        if (last.isPresent() && !rang && now.isBefore(next) && !isCheap(source)) {
            return last.get();
        }
        Sighting sighting = source.look(told);
        Duration pace = wantedPace.orElseGet(() -> usualPace(source, rings));
        next =
                now.plus(
                        switch (sighting) {
                            case Sighting.Seen _, Sighting.NoAddress _ -> {
                                failures = 0;
                                yield pace;
                            }
                            case Sighting.Unavailable _ -> retry(pace);
                        });
        last = Optional.of(sighting);
        return sighting;
    }

    /// When it is to be looked at again though nothing rings.
    Instant next() {
        return next;
    }

    private Duration retry(Duration pace) {
        Duration pause = FIRST_RETRY.multipliedBy(1L << Math.min(failures++, 10));
        return pause.compareTo(pace) < 0 ? pause : pace;
    }

    private static String word(AddressSource source) {
        return source.describe().strip().split("\\s+", 2)[0];
    }
}

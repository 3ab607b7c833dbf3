package io.holdfast.agent.round;

import io.holdfast.agent.address.AddressSource.Sighting;
import io.holdfast.agent.address.Family;
import io.holdfast.agent.memory.Entry;
import io.holdfast.agent.memory.Memory;
import io.holdfast.agent.memory.Memory.Recall;
import io.holdfast.agent.memory.Target;
import io.holdfast.agent.provider.Addresses;
import io.holdfast.agent.provider.Host;
import io.holdfast.agent.provider.Provider;
import io.holdfast.agent.provider.ProviderReply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// One name's round, carried out: look, decide, and do what was decided until there is nothing to
/// do now. The memory is read from disk each time: it alone says what was told. For one thread.
public final class Round {
    /// More steps than any round has: ask, tell both families, tell one of them again, ask, tell.
    private static final int MOST_STEPS = 6;

    /// How soon after the disk would not take the memory.
    private static final Duration DISK_RETRY = Duration.ofSeconds(30);

    /// How soon a name that waits for a person is looked at again; a request to forget rings.
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final Setting setting;
    private final Outside outside;
    private volatile boolean closing;

    /// What one name wants.
    ///
    /// @param keepAlive how long after a telling an unchanged address is told again
    public record Setting(
            Host host,
            Target target,
            Map<Family, Lookout> lookouts,
            Optional<Duration> keepAlive) {}

    /// All that a round needs from outside.
    public record Outside(
            Memory memory,
            Provider provider,
            Lookup lookup,
            RoundListener listener,
            InstantSource clock,
            RandomGenerator random) {}

    public Round(Setting setting, Outside outside) {
        this.setting = setting;
        this.outside = outside;
    }

    /// From now on nothing is asked or told any more; what is under way is finished.
    public void close() {
        closing = true;
    }

    /// Goes round once.
    ///
    /// @return when to go round again at the latest
    public Instant run() {
        try {
            return go();
        } catch (IOException disk) {
            Instant now = outside.clock.instant();
            outside.listener.trouble(
                    name(),
                    "the memory cannot be read or written, so nothing is told ("
                            + disk.getMessage()
                            + "); next try in "
                            + DISK_RETRY.toSeconds()
                            + " s",
                    now);
            return now.plus(DISK_RETRY);
        }
    }

    private Instant go() throws IOException {
        outside.memory.forgetIfRequested(name());
        Entry entry = Remembering.underSettings(recall(), setting.target);
        Map<Family, Sighting> sightings = entry.stop().isPresent() ? Map.of() : look(entry);
        for (int step = 0; step < MOST_STEPS; step++) {
            Instant now = outside.clock.instant();
            Decision decision = Deciding.decide(entry, sightings, setting.keepAlive, now);
            outside.listener.decided(name(), decision, now);
            switch (decision) {
                case Decision.Nothing _ -> {
                    return nextLook(now);
                }
                case Decision.Stopped _ -> {
                    return now.plus(IDLE);
                }
                case Decision.Wait(_, Instant until, _) -> {
                    return earlier(until, nextLook(now));
                }
                case Decision.Confirm(Addresses wanted, _) -> {
                    if (closing) {
                        return now;
                    }
                    entry = confirm(entry, wanted);
                }
                case Decision.Tell tell -> {
                    if (closing) {
                        return now;
                    }
                    entry = tell(entry, tell);
                }
            }
        }
        return outside.clock.instant().plus(DISK_RETRY);
    }

    /// The entry as it is on disk; one that is damaged becomes one that is in doubt, on disk too.
    private Entry recall() throws IOException {
        return switch (outside.memory.recall(name())) {
            case Recall.Remembered(Entry entry) -> entry;
            case Recall.Nothing _ -> Entry.fresh(setting.target);
            case Recall.Damaged damaged -> {
                Path copy = outside.memory.keepAside(damaged);
                Instant now = outside.clock.instant();
                Entry lost = Entry.lost(setting.target, now);
                outside.memory.remember(name(), lost);
                outside.listener.trouble(
                        name(),
                        "the memory "
                                + damaged.file()
                                + " is damaged ("
                                + damaged.why()
                                + "); a copy is kept as "
                                + copy.getFileName()
                                + ", and the DNS is asked before anything is told",
                        now);
                yield lost;
            }
        };
    }

    private Map<Family, Sighting> look(Entry entry) {
        Map<Family, Sighting> sightings = new EnumMap<>(Family.class);
        Instant now = outside.clock.instant();
        setting.lookouts.forEach((family, lookout) ->
                sightings.put(family, lookout.look(entry.told(family).orElse(null), now)));
        outside.listener.noticed(name(), sightings, outside.clock.instant());
        return sightings;
    }

    private Entry confirm(Entry entry, Addresses wanted) throws IOException {
        Published published = outside.lookup.ask(name(), wanted.byFamily().keySet());
        Instant now = outside.clock.instant();
        outside.listener.lookedUp(name(), published, now);
        Entry after = Remembering.afterLookup(entry, wanted, published, now);
        outside.memory.remember(name(), after);
        return after;
    }

    /// Write-ahead: the memory says that something is being told before a single octet leaves, and
    /// what came of it before anything else is done. Being killed in between leaves a doubt.
    private Entry tell(Entry before, Decision.Tell tell) throws IOException {
        Addresses addresses = tell.addresses();
        Instant begun = outside.clock.instant();
        outside.memory.remember(name(), Remembering.beforeTelling(before, addresses, begun));
        outside.listener.telling(name(), addresses, begun);

        ProviderReply reply = outside.provider.tell(setting.host, addresses);

        Instant now = outside.clock.instant();
        outside.listener.answered(name(), addresses, reply, now);
        Entry after = Remembering.afterReply(before, tell, reply, now, outside.random.nextDouble());
        outside.memory.remember(name(), after);
        outside.listener.remembered(name(), outside.clock.instant());
        return after;
    }

    private Instant nextLook(Instant now) {
        return setting.lookouts.values().stream()
                .map(lookout -> lookout.next(now))
                .min(Comparator.naturalOrder())
                .orElse(now.plus(IDLE));
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private String name() {
        return setting.host.name();
    }
}

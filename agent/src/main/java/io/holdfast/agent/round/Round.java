package io.holdfast.agent.round;

import io.holdfast.agent.address.AddressSource.Sighting;
import io.holdfast.agent.address.DefaultRoutes;
import io.holdfast.agent.address.Family;
import io.holdfast.agent.memory.Entry;
import io.holdfast.agent.memory.Memory;
import io.holdfast.agent.memory.Memory.Recall;
import io.holdfast.agent.memory.NewerMemoryException;
import io.holdfast.agent.memory.Target;
import io.holdfast.agent.provider.Addresses;
import io.holdfast.agent.provider.Host;
import io.holdfast.agent.provider.Provider;
import io.holdfast.agent.provider.ProviderReply;
import io.holdfast.agent.round.Deciding.Situation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/// One name's round, carried out: look, decide, and do what was decided until there is nothing to
/// do now. For one thread.
///
/// What was told is on disk before anything else is done; the disk is read in each round. While it
/// takes nothing, this process alone knows: then an address that changed is told all the same, once
/// the DNS was asked, because the name would stay wrong for as long as the disk is full.
public final class Round {
    /// More steps than any round has: ask, tell both families, tell each of them alone, and the
    /// same again.
    private static final int MOST_STEPS = 8;

    /// How soon after the disk would not take the memory.
    private static final Duration DISK_RETRY = Duration.ofSeconds(30);

    /// How soon a name that waits for a person is looked at again; a request to forget rings.
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final Setting setting;
    private final Outside outside;
    private final WayOut wayOut;
    private volatile boolean closing;
    private volatile boolean settling;

    /// The entry as this process knows it; empty before it was read first.
    private Optional<Entry> known = Optional.empty();

    /// Whether the disk would not take what is known.
    private boolean unwritten;

    /// What one name wants.
    ///
    /// @param keepAlive how long after a telling an unchanged address is told again
    /// @param together whether both families go in one request
    /// @param takesPrivate whether private addresses may be told; asked when one is seen
    /// @param damped whether a line that flaps is held back
    public record Setting(
            Host host,
            Target target,
            Map<Family, Lookout> lookouts,
            Optional<Duration> keepAlive,
            boolean together,
            BooleanSupplier takesPrivate,
            boolean damped) {}

    /// All that a round needs from outside.
    public record Outside(
            Memory memory,
            Provider provider,
            Lookup lookup,
            DefaultRoutes routes,
            RoundListener listener,
            InstantSource clock,
            RandomGenerator random) {}

    public Round(Setting setting, Outside outside) {
        this.setting = setting;
        this.outside = outside;
        this.wayOut = new WayOut(outside.routes);
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

    /// Whether the last round ended in a wait of our own, because the address or the way out moves.
    public boolean isSettling() {
        return settling;
    }

    private Instant go() throws IOException {
        forgetIfRequested();
        Entry entry = Remembering.underSettings(recall(), setting.target);
        Situation situation = situation(entry);
        Deciding.Rules rules = rules(situation);
        entry = Remembering.inSituation(entry, situation);
        for (int step = 0; step < MOST_STEPS; step++) {
            Instant now = outside.clock.instant();
            Decision decision = Deciding.decide(entry, rules, situation.at(now));
            outside.listener.decided(name(), decision, now);
            settling = decision instanceof Decision.Wait wait && wait.settling();
            switch (decision) {
                case Decision.Nothing _ -> {
                    return next(now, nextLook(now));
                }
                case Decision.Stopped(_, _, _, Optional<Instant> until) -> {
                    Instant idle = now.plus(IDLE);
                    return next(now, until.filter(idle::isAfter).orElse(idle));
                }
                case Decision.Wait(_, Instant until, _, _) -> {
                    return next(now, earlier(until, nextLook(now)));
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
                    Optional<Entry> after = tell(entry, tell, situation);
                    if (after.isEmpty()) {
                        return now.plus(DISK_RETRY);
                    }
                    entry = after.get();
                }
            }
        }
        return outside.clock.instant().plus(DISK_RETRY);
    }

    /// What cannot be forgotten on disk is not forgotten at all: it would come back, and be
    /// forgotten again, in each round.
    private void forgetIfRequested() {
        try {
            if (outside.memory.forgetIfRequested(name())) {
                known = Optional.empty();
                unwritten = false;
            }
        } catch (IOException disk) {
            outside.listener.trouble(
                    name(),
                    "the name cannot be forgotten, as somebody asked ("
                            + disk.getMessage()
                            + "); free or mend the disk",
                    outside.clock.instant());
        }
    }

    /// The entry as it is on disk, unless this process knows better: the disk took nothing lately,
    /// or what is there now is not what was written. One that is damaged and that nobody knows
    /// becomes one that is in doubt, on disk too.
    private Entry recall() throws IOException {
        if (unwritten && known.isPresent()) {
            remember(known.get());
            return known.get();
        }
        Recall recall;
        try {
            recall = outside.memory.recall(name());
        } catch (NewerMemoryException newer) {
            throw newer;
        } catch (IOException unreadable) {
            Entry mine = known.orElseThrow(() -> unreadable);
            notWritten(unreadable);
            return mine;
        }
        Entry entry =
                switch (recall) {
                    case Recall.Remembered(Entry written) -> written;
                    case Recall.Nothing _ -> known.orElseGet(() -> Entry.fresh(setting.target));
                    case Recall.Damaged damaged -> damaged(damaged);
                };
        if (known.isPresent() && !(recall instanceof Recall.Remembered)) {
            remember(entry); // somebody removed the file, or a file system went from under it
        }
        known = Optional.of(entry);
        return entry;
    }

    private Entry damaged(Recall.Damaged damaged) throws IOException {
        Instant now = outside.clock.instant();
        Path copy;
        try {
            copy = outside.memory.keepAside(damaged);
        } catch (IOException disk) {
            Entry mine = known.orElseThrow(() -> disk);
            notWritten(disk);
            return mine;
        }
        Entry entry = known.orElseGet(() -> Entry.lost(setting.target, now));
        outside.memory.remember(name(), entry);
        outside.listener.trouble(
                name(),
                "the memory "
                        + damaged.file()
                        + " is damaged ("
                        + damaged.why()
                        + "); a copy is kept as "
                        + copy.getFileName()
                        + (known.isPresent()
                                ? ", and it is written anew"
                                : ", and the DNS is asked before anything is told"),
                now);
        return entry;
    }

    /// Has the disk take an entry. If it does not, this process keeps it, and asks again in each
    /// round.
    private void remember(Entry entry) {
        known = Optional.of(entry);
        try {
            outside.memory.remember(name(), entry);
            unwritten = false;
        } catch (IOException disk) {
            notWritten(disk);
        }
    }

    private void notWritten(IOException disk) {
        unwritten = true;
        outside.listener.trouble(
                name(),
                "the state folder cannot be used ("
                        + disk.getMessage()
                        + "): what is told is known to this process alone, and only an address that"
                        + " changed is told; free or mend the disk before it ends",
                outside.clock.instant());
    }

    private Situation situation(Entry entry) {
        Instant now = outside.clock.instant();
        if (Deciding.stopInForce(entry, now).isPresent()) {
            return new Situation(Map.of(), Map.of(), "", now);
        }
        wayOut.look(now);
        Map<Family, Sighting> sightings = look(entry);
        // The route may have moved while the sources were looked at.
        wayOut.look(outside.clock.instant());
        Map<Family, Instant> moving = new EnumMap<>(Family.class);
        wayOut.moving()
                .forEach((family, settled) -> {
                    Lookout lookout = setting.lookouts.get(family);
                    if (lookout != null && lookout.followsDefaultRoute()) {
                        moving.put(family, settled);
                    }
                });
        return new Situation(sightings, moving, wayOut.text(), now);
    }

    private Deciding.Rules rules(Situation situation) {
        boolean takesPrivate =
                Deciding.seesPrivate(situation) && setting.takesPrivate.getAsBoolean();
        return new Deciding.Rules(
                setting.keepAlive, setting.together, takesPrivate, setting.damped);
    }

    private Map<Family, Sighting> look(Entry entry) {
        Map<Family, Sighting> sightings = new EnumMap<>(Family.class);
        Instant now = outside.clock.instant();
        setting.lookouts.forEach((family, lookout) ->
                sightings.put(family, lookout.look(entry.told(family).orElse(null), now)));
        outside.listener.noticed(name(), sightings, outside.clock.instant());
        return sightings;
    }

    private Entry confirm(Entry entry, Addresses wanted) {
        Published published = outside.lookup.ask(name(), wanted.byFamily().keySet());
        Instant now = outside.clock.instant();
        outside.listener.lookedUp(name(), published, now);
        Entry after = Remembering.afterLookup(entry, wanted, published, now);
        remember(after);
        return after;
    }

    /// Write-ahead: the memory says that something is being told before a single octet leaves, and
    /// what came of it before anything else is done. Being killed in between leaves a doubt.
    ///
    /// @return the entry to go on with; empty if nothing may be told before the disk takes it
    private Optional<Entry> tell(Entry before, Decision.Tell tell, Situation situation) {
        Addresses addresses = tell.addresses();
        Instant started = outside.clock.instant();
        Entry begun = Remembering.beforeTelling(before, tell, started);
        remember(begun);
        if (unwritten) {
            // Whoever comes after this process will not know what it told, and asks as we do now.
            known = Optional.of(before);
            if (!Remembering.mayBeToldUnwritten(before, tell)) {
                return Optional.empty();
            }
            if (!Remembering.isKnownToBeUnpublished(before, tell)) {
                Entry doubtful = Remembering.inDoubt(before, addresses, started);
                known = Optional.of(doubtful);
                return known;
            }
        }
        outside.listener.telling(name(), addresses, started);

        ProviderReply reply = outside.provider.tell(setting.host, addresses);

        Instant now = outside.clock.instant();
        outside.listener.answered(name(), addresses, reply, now);
        Entry after =
                Remembering.afterReply(
                        before,
                        begun,
                        tell,
                        reply,
                        new Remembering.Circumstances(
                                setting.together,
                                situation.route(),
                                now,
                                outside.random.nextDouble()));
        remember(after);
        if (!unwritten) {
            outside.listener.remembered(name(), outside.clock.instant());
        }
        return Optional.of(after);
    }

    /// The disk is asked again before anything else is due.
    private Instant next(Instant now, Instant due) {
        return unwritten ? earlier(due, now.plus(DISK_RETRY)) : due;
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

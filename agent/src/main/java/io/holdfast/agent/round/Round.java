package io.holdfast.agent.round;

import io.holdfast.agent.address.AddressSource.Observation;
import io.holdfast.agent.address.DefaultRoutes;
import io.holdfast.agent.address.Family;
import io.holdfast.agent.memory.Entry;
import io.holdfast.agent.memory.Memory;
import io.holdfast.agent.memory.Memory.Recall;
import io.holdfast.agent.memory.Memory.Request;
import io.holdfast.agent.memory.NewerMemoryException;
import io.holdfast.agent.memory.StateInUseException;
import io.holdfast.agent.memory.Target;
import io.holdfast.agent.provider.Addresses;
import io.holdfast.agent.provider.Host;
import io.holdfast.agent.provider.Provider;
import io.holdfast.agent.provider.ProviderReply;
import io.holdfast.agent.round.Decider.Situation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/// One name's round, carried out: look, decide, and do what was decided until there is nothing to
/// do now. For one thread.
///
/// What was sent is on disk before anything else is done; the disk is read in each round. While it
/// takes nothing, this process alone knows: then an address that changed is sent all the same, once
/// the DNS was asked, because the name would stay wrong for as long as the disk is full. The next
/// process finds the entry from before, and asks the DNS in its turn. Where nothing was ever sent,
/// nothing is sent before the disk takes it: there is no old address that is wrong, and a process
/// that is started again and again would send it each time.
public final class Round {
    /// More steps than any round has: ask, send both families, send each of them alone, and the
    /// same again.
    private static final int MOST_STEPS = 8;

    /// How soon after the disk would not take the memory.
    private static final Duration DISK_RETRY = Duration.ofSeconds(30);

    /// How soon a name that waits for a person is looked at again; a request to forget wakes it.
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final Setting setting;
    private final Outside outside;
    private final RouteTracker routeTracker;
    private volatile boolean closing;
    private volatile boolean settling;

    /// The entry as this process knows it; empty before it was read first.
    private volatile Optional<Entry> known = Optional.empty();

    private volatile boolean unwritten;
    private boolean suspect;
    private boolean staysAlive = true;
    private final Set<Request> undeletable = ConcurrentHashMap.newKeySet();

    /// What one name wants.
    ///
    /// @param keepAlive how long after an update an unchanged address is sent again
    /// @param together whether both families go in one request
    /// @param takesPrivate whether private addresses may be sent; asked when one is seen
    /// @param damped whether a line that flaps is held back
    public record Setting(
            Host host,
            Target target,
            Map<Family, Poller> pollers,
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
        this.routeTracker = new RouteTracker(outside.routes);
    }

    /// Says that the process ends after this round, so that it cannot wait for a cache.
    public void endsAfterwards() {
        staysAlive = false;
    }

    /// From now on nothing is asked or sent any more; what is under way is finished.
    public void close() {
        closing = true;
    }

    /// What is remembered, as this process knows it; empty before the first round.
    public Optional<Entry> known() {
        return known;
    }

    /// Whether the disk would not take what is known.
    public boolean isUnwritten() {
        return unwritten;
    }

    /// Whether a person asks for something that is not done yet. For any thread.
    public boolean isAskedFor() {
        return Arrays.stream(Request.values()).anyMatch(this::isRequested);
    }

    /// Goes round once.
    ///
    /// @return when to go round again at the latest
    public Instant run() {
        boolean looks = isRequested(Request.LOOK);
        if (looks) {
            setting.pollers.values().forEach(Poller::lookAtOnce);
        }
        try {
            return go();
        } catch (IOException disk) {
            Instant now = outside.clock.instant();
            outside.listener.trouble(
                    name(),
                    "the memory cannot be read or written, so nothing is sent ("
                            + disk.getMessage()
                            + "); next try in "
                            + DISK_RETRY.toSeconds()
                            + " s",
                    now);
            return now.plus(DISK_RETRY);
        } finally {
            if (looks) {
                withdraw(Request.LOOK); // last: whoever asked waits for the end of the round
            }
        }
    }

    /// Whether the last round ended in a wait of our own, because the address or the way out moves.
    public boolean isSettling() {
        return settling;
    }

    private Instant go() throws IOException {
        forgetIfRequested();
        Entry entry = retried(EntryChanges.underSettings(recall(), setting.target));
        Situation situation = situation(entry);
        Decider.Rules rules = rules(situation);
        entry = EntryChanges.inSituation(entry, situation);
        for (int step = 0; step < MOST_STEPS; step++) {
            Instant now = outside.clock.instant();
            Decision decision = Decider.decide(entry, rules, situation.at(now));
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
                case Decision.Send send -> {
                    if (closing) {
                        return now;
                    }
                    Optional<Entry> after = send(entry, send, situation);
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

    /// The entry, tried again if a person asked for that.
    private Entry retried(Entry entry) throws StateInUseException {
        if (!isRequested(Request.RETRY)) {
            return entry;
        }
        withdraw(Request.RETRY); // first: tried once for each request, whatever the disk does
        Entry tried = EntryChanges.triedAgain(entry, outside.clock.instant());
        remember(tried);
        return tried;
    }

    private boolean isRequested(Request what) {
        boolean requested = outside.memory.isRequested(name(), what);
        if (!requested) {
            undeletable.remove(what);
        }
        return requested && !undeletable.contains(what);
    }

    /// A request that the disk does not let go counts once.
    private void withdraw(Request what) {
        try {
            outside.memory.withdraw(name(), what);
        } catch (IOException disk) {
            undeletable.add(what);
            outside.listener.trouble(
                    name(),
                    "a request to the agent cannot be removed from the state folder ("
                            + disk.getMessage()
                            + "); free or mend the disk",
                    outside.clock.instant());
        }
    }

    /// The entry as it is on disk, unless this process knows better: the disk took nothing lately,
    /// or what is there now is not what was written. One that is damaged and that nobody knows
    /// becomes one that is pending, on disk too.
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
                    case Recall.Remembered(Entry written) ->
                            isAtStart()
                                    ? EntryChanges.atStart(
                                            written, suspect, outside.clock.instant())
                                    : written;
                    case Recall.Nothing _ -> known.orElseGet(() -> Entry.fresh(setting.target));
                    case Recall.Damaged damaged -> damaged(damaged);
                };
        if (known.isPresent() && !(recall instanceof Recall.Remembered)) {
            remember(entry); // somebody removed the file, or a file system went from under it
        }
        known = Optional.of(entry);
        return entry;
    }

    /// Whether what is on disk is another process's: in the first round. If there is a sign that
    /// not all is on disk, that ends with the first entry of our own.
    private boolean isAtStart() {
        if (known.isEmpty()) {
            suspect = outside.memory.isSuspect();
            return outside.memory.isHeld();
        }
        return suspect;
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
        if (known.isPresent()) {
            remember(entry);
        } else {
            outside.memory.remember(name(), entry);
        }
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
                                : ", and the DNS is asked before anything is sent"),
                now);
        return entry;
    }

    /// Has the disk take an entry. If it does not, this process keeps it, and asks again in each
    /// round.
    ///
    /// @throws StateInUseException if another agent has the folder: then it is the one that sends
    private void remember(Entry entry) throws StateInUseException {
        known = Optional.of(entry);
        suspect = false;
        try {
            outside.memory.remember(name(), entry);
            if (unwritten) {
                unwritten = false;
                outside.listener.remembered(name(), outside.clock.instant());
            }
        } catch (StateInUseException other) {
            throw other;
        } catch (IOException disk) {
            notWritten(disk);
        }
    }

    private void notWritten(IOException disk) {
        unwritten = true;
        boolean sends = known.filter(entry -> !entry.sent().isEmpty()).isPresent();
        outside.listener.trouble(
                name(),
                "what is sent cannot be written down ("
                        + disk.getMessage()
                        + "), the disk is asked again every "
                        + DISK_RETRY.toSeconds()
                        + " s: "
                        + (sends
                                ? "until then it is known to this process alone, and only an address"
                                        + " that changed is sent, once; free or mend the disk before"
                                        + " this process ends"
                                : "until then nothing is sent, because nothing was sent before and a"
                                        + " restart would repeat it; free or mend the disk"),
                outside.clock.instant());
    }

    private Situation situation(Entry entry) {
        Instant now = outside.clock.instant();
        if (Decider.stopInForce(entry, now).isPresent()) {
            return new Situation(Map.of(), Map.of(), "", now);
        }
        routeTracker.look(now);
        Map<Family, Observation> observations = look(entry);
        // The route may have moved while the sources were looked at.
        routeTracker.look(outside.clock.instant());
        Map<Family, Instant> moving = new EnumMap<>(Family.class);
        routeTracker
                .moving()
                .forEach((family, settled) -> {
                    Poller poller = setting.pollers.get(family);
                    if (poller != null && poller.followsDefaultRoute()) {
                        moving.put(family, settled);
                    }
                });
        return new Situation(observations, moving, routeTracker.text(), now);
    }

    private Decider.Rules rules(Situation situation) {
        boolean takesPrivate =
                Decider.seesPrivate(situation) && setting.takesPrivate.getAsBoolean();
        return new Decider.Rules(setting.keepAlive, setting.together, takesPrivate, setting.damped);
    }

    private Map<Family, Observation> look(Entry entry) {
        Map<Family, Observation> observations = new EnumMap<>(Family.class);
        Instant now = outside.clock.instant();
        setting.pollers.forEach((family, poller) ->
                observations.put(family, poller.look(entry.sent(family).orElse(null), now)));
        outside.listener.noticed(name(), observations, outside.clock.instant());
        return observations;
    }

    private Entry confirm(Entry entry, Addresses wanted) throws StateInUseException {
        Published published = outside.lookup.ask(name(), wanted.byFamily().keySet());
        Instant now = outside.clock.instant();
        outside.listener.lookedUp(name(), published, now);
        // What nobody could write down may have been sent so lately that a cache does not know.
        boolean patient = unwritten && staysAlive;
        Entry after = EntryChanges.afterLookup(entry, wanted, published, patient, now);
        remember(after);
        return after;
    }

    /// Write-ahead: the memory says that something is being sent before a single octet leaves, and
    /// what came of it before anything else is done. Being killed in between leaves a pending
    /// confirmation.
    ///
    /// @return the entry to go on with; empty if nothing may be sent before the disk takes it
    private Optional<Entry> send(Entry before, Decision.Send send, Situation situation)
            throws StateInUseException {
        Addresses addresses = send.addresses();
        Instant started = outside.clock.instant();
        Entry begun = EntryChanges.beforeSending(before, send, started);
        remember(begun);
        if (unwritten) {
            // Whoever comes after this process will not know what it sent, and asks as we do now.
            known = Optional.of(before);
            if (!EntryChanges.maySendUnwritten(before, send)) {
                return Optional.empty();
            }
            if (!EntryChanges.isKnownToBeUnpublished(before, send)) {
                Entry doubtful = EntryChanges.unconfirmed(before, addresses, started);
                known = Optional.of(doubtful);
                return known;
            }
        }
        outside.listener.sending(name(), addresses, started);

        ProviderReply reply = outside.provider.send(setting.host, addresses);

        Instant now = outside.clock.instant();
        outside.listener.answered(name(), addresses, reply, now);
        Entry after =
                EntryChanges.afterReply(
                        before,
                        begun,
                        send,
                        reply,
                        new EntryChanges.Circumstances(
                                setting.together,
                                situation.route(),
                                now,
                                outside.random.nextDouble()));
        remember(after);
        if (unwritten) {
            outside.memory.leavesUnwritten();
        } else {
            outside.listener.remembered(name(), outside.clock.instant());
        }
        return Optional.of(after);
    }

    /// The disk is asked again before anything else is due.
    private Instant next(Instant now, Instant due) {
        return unwritten ? earlier(due, now.plus(DISK_RETRY)) : due;
    }

    private Instant nextLook(Instant now) {
        return setting.pollers.values().stream()
                .map(poller -> poller.next(now))
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

package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Soa;
import io.holdfast.dns.Type;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.Zone;
import io.holdfast.dns.zone.Zones;
import io.holdfast.runtime.OutsideText;
import io.holdfast.service.event.Event;
import io.holdfast.service.host.Directory;
import io.holdfast.service.host.Host;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.DynamicRecord;
import io.holdfast.service.zone.RRsetKey;
import io.holdfast.service.zone.StaticRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes what is committed visible to DNS. Only the writer's thread calls it.
final class Publication {
    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

    /// Before a zone that could not be built is tried again.
    static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final Directory directory;
    private final DeclaredZones declared;
    private final Map<Name, Zone> served = new HashMap<>();
    private final Published<Zones> zones = new Published<>(Zones.of(List.of()));
    private final ZoneJournal journal = new ZoneJournal();
    private final List<Consumer<Name>> bells = new CopyOnWriteArrayList<>();

    /// Zones that are not published as committed, and when to try again.
    private final Map<Name, Waiting> stale = new LinkedHashMap<>();

    /// Why those could not be, and what DNS says instead; for people.
    private final Map<Name, String> problems = new ConcurrentHashMap<>();

    /// How long a zone waits that could not be built: twice as long each time.
    private record Waiting(Instant until, Duration last) {
        static final Waiting NONE = new Waiting(Instant.EPOCH, Duration.ZERO);

        /// A clock that was set back must not make it wait for longer than ever.
        boolean isOver(Instant now) {
            return !now.isBefore(until) || until.isAfter(now.plus(LONGEST_WAIT));
        }

        Waiting longer(Instant now) {
            Duration next = last.isZero() ? FIRST_WAIT : last.multipliedBy(2);
            next = next.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : next;
            return new Waiting(now.plus(next), next);
        }
    }

    Publication(Directory directory, DeclaredZones declared) {
        this.directory = directory;
        this.declared = declared;
    }

    Published<Zones> zones() {
        return zones;
    }

    /// The steps from version to version.
    ZoneJournal journal() {
        return journal;
    }

    /// The zone served at an apex, or null.
    @Nullable Zone served(Name apex) {
        return served.get(apex);
    }

    /// The zone served at an apex if it is what is committed; else null. No step leads on from a
    /// version that lacks what was committed before: whoever had that one would take the step after
    /// a restart, and lack it for good.
    @Nullable Zone upToDate(Name apex) {
        return stale.containsKey(apex) ? null : served.get(apex);
    }

    /// Has it called with the apex of each zone of which another version is served.
    void onNewVersion(Consumer<Name> bell) {
        bells.add(bell);
    }

    /// Builds every declared zone; for the start. One that cannot be built is no reason not to
    /// serve the others.
    void publishAll(Instant now) {
        declared.all().forEach(zone -> stale.put(zone.apex(), Waiting.NONE));
        rebuild(now);
    }

    /// Publishes what was just committed, and tries again what could not be published before, if it
    /// is time.
    ///
    /// @param declaredAnew zones with other policies or records
    /// @param changed zones that have another version
    /// @param number of the commit
    /// @return the zones of which DNS does not serve what is committed
    Set<Name> publish(
            Set<Name> declaredAnew, List<Event.ZoneChanged> changed, long number, Instant now) {
        for (Event.ZoneChanged version : changed) {
            version.step().ifPresent(step -> journal.add(number, step));
        }
        for (Name apex : declaredAnew) {
            if (stale.containsKey(apex)) {
                stale.put(apex, Waiting.NONE); // declared otherwise: it may be right now
            }
        }
        for (Event.ZoneChanged version : changed) {
            if (!stale.containsKey(version.apex())) {
                publish(version);
            }
        }
        rebuild(now);
        changed.forEach(version -> ring(version.apex()));
        return Set.copyOf(stale.keySet());
    }

    /// The zones of which DNS does not serve what is committed, after those that are due were tried
    /// again.
    Set<Name> unserved(Instant now) {
        rebuild(now);
        return Set.copyOf(stale.keySet());
    }

    /// Tries again what could not be published before, if it is time.
    void retry(Instant now) {
        Set<Name> before = Set.copyOf(stale.keySet());
        rebuild(now);
        before.stream().filter(apex -> !stale.containsKey(apex)).forEach(this::ring);
    }

    /// How long until [#retry] has something to do; empty if nothing waits.
    Optional<Duration> untilRetry(Instant now) {
        return stale.values().stream()
                .map(Waiting::until)
                .min(Comparator.naturalOrder())
                .map(until -> Duration.between(now, until));
    }

    /// Why zones are not served as they are committed; safe for any thread.
    Map<Name, String> problems() {
        return Collections.unmodifiableMap(problems);
    }

    /// Serves zones no more that are declared no more.
    void withdraw(Set<Name> removed) {
        if (removed.isEmpty()) {
            return;
        }
        removed.forEach(apex -> {
            served.remove(apex);
            journal.forget(apex);
            stale.remove(apex);
            problems.remove(apex);
        });
        publishZones();
    }

    private void publishZones() {
        List<Name> unavailable =
                stale.keySet().stream().filter(apex -> !served.containsKey(apex)).toList();
        zones.publish(Zones.of(served.values(), unavailable));
    }

    private void publish(Event.ZoneChanged version) {
        Name apex = version.apex();
        Zone zone = served.get(apex);
        if (zone == null || version.whole()) {
            stale.put(apex, Waiting.NONE);
            return;
        }
        try {
            zone.apply(version.changes(), version.serial());
        } catch (RuntimeException | Error e) { // an error, too: what is committed must be served
            LOG.error("{}: could not be changed as committed; building it anew", apex, e);
            stale.put(apex, Waiting.NONE);
        }
    }

    /// Nobody's bell is the business of those who wait for an answer, or of other bells.
    private void ring(Name apex) {
        for (Consumer<Name> bell : bells) {
            try {
                bell.accept(apex);
            } catch (RuntimeException | Error e) {
                LOG.error("{}: somebody could not be told of a new version", apex, e);
            }
        }
    }

    /// Builds those zones from what is committed that are due, and serves them in place of the old
    /// ones. Only their hosts are looked at.
    private void rebuild(Instant now) {
        Set<Name> due = new LinkedHashSet<>();
        stale.forEach((apex, waiting) -> {
            if (waiting.isOver(now)) {
                due.add(apex);
            }
        });
        if (due.isEmpty()) {
            return;
        }
        due.forEach(apex -> rebuild(apex, now));
        publishZones();
    }

    /// Those of one zone, those in zones below it aside.
    private List<Host> hostsOf(Name apex) {
        return directory.hostsAtOrBelow(apex).stream()
                .filter(host -> declared.closest(host.name()).orElseThrow().apex().equals(apex))
                .toList();
    }

    private void rebuild(Name apex, Instant now) {
        try {
            Zone zone = built(declared.at(apex).orElseThrow(), hostsOf(apex));
            if (served.put(apex, zone) != null) {
                journal.forget(apex); // steps that began at what was served do not end at this
            }
            stale.remove(apex);
            if (problems.remove(apex) != null) {
                LOG.info("{}: is served as committed again", apex);
            }
        } catch (RuntimeException | Error e) { // an error, too: the others must be served
            Waiting next = Objects.requireNonNull(stale.get(apex)).longer(now);
            stale.put(apex, next);
            String instead = instead(apex);
            problems.put(
                    apex, instead + ": " + OutsideText.printable(String.valueOf(e.getMessage())));
            LOG.error(
                    "{}: cannot be served as committed; {}; trying again in {} s or when it is"
                            + " declared otherwise",
                    apex,
                    instead,
                    Duration.between(now, next.until).toSeconds(),
                    e);
        }
    }

    /// What is asked for meanwhile. An old answer is better than none, as secondaries would give
    /// it.
    private String instead(Name apex) {
        Zone old = served.get(apex);
        return old == null
                ? "SERVFAIL is answered"
                : "the version before is served, serial " + Integer.toUnsignedString(old.serial());
    }

    /// The operator's records, and a name for every host, with whatever addresses it has.
    private Zone built(DeclaredZone zone, List<Host> hosts) {
        declared.fault(zone.apex())
                .ifPresent(fault -> {
                    throw new IllegalStateException(fault);
                });
        StaticRecords own = StaticRecords.of(zone);
        List<RRset> rrsets = new ArrayList<>(pointers(zone, own));
        Collection<DynamicRecord> dynamic = declared.dynamic(zone.apex()).all();
        Set<RRsetKey> updated = new HashSet<>();
        dynamic.forEach(one -> updated.add(one.key()));
        rrsets.addAll(own.rrsets());
        rrsets.removeIf(rrset -> updated.contains(RRsetKey.of(rrset)));
        dynamic.forEach(one -> one.rrset().ifPresent(rrset -> rrsets.add(current(rrset, zone))));
        List<Name> names = new ArrayList<>(hosts.size());
        for (Host host : hosts) {
            rrsets.addAll(HostRecords.of(host, zone.policy().ttlSeconds()));
            names.add(host.name());
        }
        return Zone.of(zone.apex(), rrsets, names);
    }

    /// What follows from hosts' addresses in a reverse zone; the zone's own records come after.
    private List<RRset> pointers(DeclaredZone zone, StaticRecords own) {
        if (!ReverseNames.isReverse(zone.apex())) {
            return List.of();
        }
        int ttl = zone.policy().ttlSeconds();
        return declared.reverse().in(zone.apex()).stream()
                .filter(name -> DeclaredZones.mayPoint(name, own))
                .flatMap(name ->
                        DeclaredZones.pointer(name, declared.reverse().at(zone.apex(), name), ttl)
                                .stream())
                .toList();
    }

    /// An SOA that an update put, with the serial of now.
    private static RRset current(RRset rrset, DeclaredZone zone) {
        if (!rrset.type().equals(Type.SOA)) {
            return rrset;
        }
        Soa soa = Soa.of(rrset.rdata().getFirst()).withSerial(zone.serial());
        return new RRset(rrset.owner(), Type.SOA, rrset.ttl(), List.of(soa.toRdata()));
    }
}

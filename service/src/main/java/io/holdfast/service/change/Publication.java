package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Soa;
import io.holdfast.dns.Type;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.Zone;
import io.holdfast.dns.zone.Zones;
import io.holdfast.service.host.Directory;
import io.holdfast.service.host.Host;
import io.holdfast.service.store.ZoneVersion;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.DynamicRecord;
import io.holdfast.service.zone.OwnRecords;
import io.holdfast.service.zone.RRsetKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes what is committed visible to DNS. Only the writer's thread calls it.
final class Publication {
    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

    private final Directory directory;
    private final DeclaredZones declared;
    private final Map<Name, Zone> served = new HashMap<>();
    private final Published<Zones> zones = new Published<>(Zones.of(List.of()));
    private final ZoneLog log = new ZoneLog();
    private final List<Consumer<Name>> bells = new CopyOnWriteArrayList<>();

    /// Zones that could not be published as committed.
    private final Set<Name> stale = new HashSet<>();

    Publication(Directory directory, DeclaredZones declared) {
        this.directory = directory;
        this.declared = declared;
    }

    Published<Zones> zones() {
        return zones;
    }

    /// The steps from version to version.
    ZoneLog log() {
        return log;
    }

    /// The zone served at an apex, or null.
    @Nullable Zone served(Name apex) {
        return served.get(apex);
    }

    /// Has it called with the apex of each zone of which another version is served.
    void onNewVersion(Consumer<Name> bell) {
        bells.add(bell);
    }

    /// What a batch does to the versions of zones, as it is to be written with it.
    List<ZoneVersion> versions(StagedZones staged) {
        List<ZoneVersion> versions = new ArrayList<>();
        for (StagedZone zone : staged.all()) {
            Name apex = zone.next().apex();
            Zone now = served.get(apex);
            if (!zone.isWhole() && zone.isServedOtherwise() && now != null) {
                RRset soa = now.rrset(apex, Type.SOA).orElseThrow();
                versions.add(new ZoneVersion(apex, zone.delta(soa)));
            }
        }
        return versions;
    }

    /// Builds every declared zone; for the start.
    void publishAll() {
        Map<Name, List<Host>> hosts = new HashMap<>();
        for (Host host : directory.hosts()) {
            declared.closest(host.name())
                    .ifPresent(zone ->
                            hosts.computeIfAbsent(zone.apex(), _ -> new ArrayList<>()).add(host));
        }
        for (DeclaredZone zone : declared.all()) {
            served.put(zone.apex(), built(zone, hosts.getOrDefault(zone.apex(), List.of())));
        }
        zones.publish(Zones.of(served.values()));
    }

    /// Publishes what was just committed, and tries again what could not be published before.
    ///
    /// @param versions the steps that this makes
    /// @param number of the commit
    /// @return the zones of which DNS does not serve what is committed
    Set<Name> publish(Collection<StagedZone> changed, List<ZoneVersion> versions, long number) {
        versions.forEach(version -> log.add(number, version));
        for (StagedZone zone : changed) {
            if (zone.isServedOtherwise() && !stale.contains(zone.next().apex())) {
                publish(zone);
            }
        }
        stale.removeIf(this::rebuilt);
        for (StagedZone zone : changed) {
            if (zone.isServedOtherwise()) {
                ring(zone.next().apex());
            }
        }
        return Set.copyOf(stale);
    }

    /// Serves zones no more that are declared no more.
    void withdraw(Set<Name> removed) {
        if (removed.isEmpty()) {
            return;
        }
        removed.forEach(apex -> {
            served.remove(apex);
            log.forget(apex);
            stale.remove(apex);
        });
        zones.publish(Zones.of(served.values()));
    }

    private void publish(StagedZone staged) {
        DeclaredZone next = staged.next();
        Zone zone = served.get(next.apex());
        if (zone == null || staged.isWhole()) {
            stale.add(next.apex());
            return;
        }
        try {
            zone.apply(staged.changes(), next.serial());
        } catch (RuntimeException | Error e) { // an error, too: what is committed must be served
            LOG.error("{}: could not be changed as committed; building it anew", next.apex(), e);
            stale.add(next.apex());
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

    /// Builds one zone from what is committed, and serves it in place of the old one.
    private boolean rebuilt(Name apex) {
        try {
            DeclaredZone zone = declared.at(apex).orElseThrow();
            List<Host> hosts = new ArrayList<>();
            for (Host host : directory.hosts()) {
                if (declared.closest(host.name()).filter(z -> z.apex().equals(apex)).isPresent()) {
                    hosts.add(host);
                }
            }
            served.put(apex, built(zone, hosts));
            log.forget(apex); // steps that began at what was served do not end at this
            zones.publish(Zones.of(served.values()));
            return true;
        } catch (RuntimeException | Error e) {
            LOG.error("{}: is not served as committed; trying again with the next change", apex, e);
            return false;
        }
    }

    /// The operator's records, and a name for every host, with whatever addresses it has.
    private Zone built(DeclaredZone zone, List<Host> hosts) {
        OwnRecords own = OwnRecords.of(zone);
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
    private List<RRset> pointers(DeclaredZone zone, OwnRecords own) {
        if (!ReverseNames.isReverse(zone.apex())) {
            return List.of();
        }
        int ttl = zone.policy().ttlSeconds();
        return declared.reverse().below(zone.apex()).stream()
                .filter(name -> DeclaredZones.mayPoint(name, own))
                .flatMap(name ->
                        DeclaredZones.pointer(name, declared.reverse().at(name), ttl).stream())
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

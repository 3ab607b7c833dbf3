package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.Zone;
import io.holdfast.dns.zone.Zones;
import io.holdfast.service.host.Directory;
import io.holdfast.service.host.Host;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.OwnRecords;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes what is committed visible to DNS. Only the writer's thread calls it.
final class Publication {
    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

    private final Directory directory;
    private final DeclaredZones declared;
    private final Map<Name, Zone> served = new HashMap<>();
    private final Published<Zones> zones = new Published<>(Zones.of(List.of()));

    /// Zones that could not be published as committed.
    private final Set<Name> stale = new HashSet<>();

    Publication(Directory directory, DeclaredZones declared) {
        this.directory = directory;
        this.declared = declared;
    }

    Published<Zones> zones() {
        return zones;
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
    /// @return whether DNS now serves all that is committed
    boolean publish(Collection<StagedZone> changed) {
        for (StagedZone zone : changed) {
            if (zone.isServedOtherwise() && !stale.contains(zone.next().apex())) {
                publish(zone);
            }
        }
        stale.removeIf(this::rebuilt);
        return stale.isEmpty();
    }

    private void publish(StagedZone staged) {
        DeclaredZone next = staged.next();
        Zone zone = served.get(next.apex());
        if (zone == null) {
            stale.add(next.apex());
            return;
        }
        try {
            zone.apply(staged.changes(), next.serial());
        } catch (RuntimeException e) {
            LOG.error("{}: could not be changed as committed; building it anew", next.apex(), e);
            stale.add(next.apex());
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
            zones.publish(Zones.of(served.values()));
            return true;
        } catch (RuntimeException e) {
            LOG.error("{}: is not served as committed; trying again with the next change", apex, e);
            return false;
        }
    }

    /// The operator's records, and a name for every host, with whatever addresses it has.
    private static Zone built(DeclaredZone zone, List<Host> hosts) {
        List<RRset> rrsets = new ArrayList<>(OwnRecords.of(zone).rrsets());
        List<Name> names = new ArrayList<>(hosts.size());
        for (Host host : hosts) {
            rrsets.addAll(HostRecords.of(host, zone.policy().ttlSeconds()));
            names.add(host.name());
        }
        return Zone.of(zone.apex(), rrsets, names);
    }
}

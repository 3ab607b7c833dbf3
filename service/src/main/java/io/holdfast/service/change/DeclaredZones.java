package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.OwnRecords;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Every declared zone as last committed. Any number of threads may read; one thread writes.
final class DeclaredZones {
    private final Map<Name, DeclaredZone> zones = new ConcurrentHashMap<>();
    private final Map<Name, OwnRecords> ownRecords = new ConcurrentHashMap<>();

    Optional<DeclaredZone> at(Name apex) {
        return Optional.ofNullable(zones.get(apex));
    }

    /// What stands beside the hosts of a declared zone; its SOA may carry an older serial.
    OwnRecords ownRecords(DeclaredZone zone) {
        return Objects.requireNonNull(ownRecords.get(zone.apex()));
    }

    /// The zone with the longest apex at or above the name.
    Optional<DeclaredZone> closest(Name name) {
        for (Name at = name; ; at = at.parent()) {
            DeclaredZone zone = zones.get(at);
            if (zone != null) {
                return Optional.of(zone);
            }
            if (at.equals(Name.ROOT)) {
                return Optional.empty();
            }
        }
    }

    /// All zones, in canonical order of their names.
    List<DeclaredZone> all() {
        return zones.values().stream().sorted(Comparator.comparing(DeclaredZone::apex)).toList();
    }

    Collection<Name> apexes() {
        return zones.keySet();
    }

    void put(DeclaredZone zone) {
        zones.put(zone.apex(), zone);
    }

    void put(DeclaredZone zone, OwnRecords own) {
        ownRecords.put(zone.apex(), own);
        put(zone);
    }
}

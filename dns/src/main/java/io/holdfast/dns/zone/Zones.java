package io.holdfast.dns.zone;

import io.holdfast.dns.Name;
import io.holdfast.dns.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The zones a server answers for; immutable as a set, each zone changes by itself.
public final class Zones {
    /// Those that are available.
    private final List<Zone> all;

    /// Open-addressed, by the hash of the apex; at most half full.
    private final @Nullable Zone[] slots;

    /// Labels of the apex that has most of them.
    private final int deepest;

    private Zones(List<Zone> zones) {
        this.all = zones.stream().filter(Zone::isAvailable).toList();
        this.deepest = zones.stream().mapToInt(Zone::apexLabels).max().orElse(0);
        this.slots = new @Nullable Zone[Integer.highestOneBit(zones.size() | 1) * 4];
        for (Zone zone : zones) {
            int i = zone.apexHash() & (slots.length - 1);
            while (slots[i] != null) {
                i = (i + 1) & (slots.length - 1);
            }
            slots[i] = zone;
        }
    }

    /// @throws IllegalArgumentException if two have the same apex
    public static Zones of(Collection<Zone> zones) {
        return of(zones, List.of());
    }

    /// @param unavailable zones that are ours, but of which nothing can be said at the moment
    /// @throws IllegalArgumentException if two have the same apex
    public static Zones of(Collection<Zone> zones, Collection<Name> unavailable) {
        List<Zone> all = new ArrayList<>(zones);
        unavailable.forEach(apex -> all.add(Zone.unavailable(apex)));
        Set<Name> apexes = new HashSet<>();
        for (Zone zone : all) {
            if (!apexes.add(zone.apex())) {
                throw new IllegalArgumentException("two zones have the same apex");
            }
        }
        return new Zones(all);
    }

    /// Those that are available.
    public Collection<Zone> all() {
        return all;
    }

    /// The zone with the longest apex at or above the name; empty if that is not available.
    public Optional<Zone> closest(Name name) {
        return Optional.ofNullable(closest(LookupName.of(name), 0)).filter(Zone::isAvailable);
    }

    /// Whether there is a zone of that name, available or not.
    public boolean isApex(Name name) {
        return at(LookupName.of(name), 0) != null;
    }

    /// The zone to answer a question from, or null; allocates nothing. That is the closest, but the
    /// parent for the DS of an apex if it is here, too (RFC 4035 §3.1.4.1). It may be unavailable.
    public @Nullable Zone forQuestion(LookupName name, int type) {
        Zone zone = closest(name, 0);
        if (zone != null && type == Type.DS.value() && zone.apexLabels() == name.labels()) {
            Zone parent = name.labels() == 0 ? null : closest(name, 1);
            return parent == null ? zone : parent;
        }
        return zone;
    }

    /// The zone with the longest apex at or above a suffix of the name, or null.
    private @Nullable Zone closest(LookupName name, int suffix) {
        int labels = name.labels();
        for (int s = Math.max(suffix, labels - deepest); s <= labels; s++) {
            Zone zone = at(name, s);
            if (zone != null) {
                return zone;
            }
        }
        return null;
    }

    private @Nullable Zone at(LookupName name, int suffix) {
        int i = name.hash(suffix) & (slots.length - 1);
        Zone zone = slots[i];
        while (zone != null
                && !(zone.apexLabels() == name.labels() - suffix && zone.contains(name))) {
            i = (i + 1) & (slots.length - 1);
            zone = slots[i];
        }
        return zone;
    }
}

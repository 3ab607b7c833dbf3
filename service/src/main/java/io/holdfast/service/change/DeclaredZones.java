package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.DynamicRecords;
import io.holdfast.service.zone.RRsetKey;
import io.holdfast.service.zone.StaticRecords;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Every declared zone as last committed. Any number of threads may read which zones there are;
/// what stands in them is for the one thread that writes.
final class DeclaredZones {
    /// Hosts that one address is said to be, at the most: a reply should stay small.
    private static final int MOST_POINTERS = 100;

    private static final int MOST_MALFORMED = 20;

    private final Map<Name, DeclaredZone> zones;
    private final Map<Name, StaticRecords> ownRecords = new ConcurrentHashMap<>();
    private final Map<Name, DynamicRecords> dynamic = new HashMap<>();
    private final Map<Name, String> faults = new HashMap<>();
    private final Map<Name, List<String>> malformed = new ConcurrentHashMap<>();
    private final ReverseNames reverse = new ReverseNames();
    private final Set<Name> reverseZones = ConcurrentHashMap.newKeySet();

    DeclaredZones() {
        this(new ConcurrentHashMap<>());
    }

    /// @param zones holds them; empty, and safe for any number of threads
    DeclaredZones(Map<Name, DeclaredZone> zones) {
        this.zones = zones;
    }

    Optional<DeclaredZone> at(Name apex) {
        return Optional.ofNullable(zones.get(apex));
    }

    /// What stands beside the hosts of a declared zone; its SOA may carry an older serial.
    StaticRecords ownRecords(DeclaredZone zone) {
        return Objects.requireNonNull(ownRecords.get(zone.apex()));
    }

    /// What updates made of a zone.
    DynamicRecords dynamic(Name apex) {
        return dynamic.computeIfAbsent(apex, _ -> new DynamicRecords());
    }

    /// Which hosts have an address.
    ReverseNames reverse() {
        return reverse;
    }

    /// The zones that lie in the reverse tree; a view.
    Set<Name> reverseZones() {
        return Collections.unmodifiableSet(reverseZones);
    }

    /// The PTR RRset that says whose an address is.
    ///
    /// @param at the address's reverse name
    static Optional<RRset> pointer(Name at, Set<Name> hosts, int ttl) {
        List<Rdata> names =
                hosts.stream()
                        .sorted()
                        .limit(MOST_POINTERS)
                        .map(name -> Rdata.of(name.toWire()))
                        .toList();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(new RRset(at, Type.PTR, ttl, names));
    }

    /// Whether a PTR that follows from hosts' addresses may stand at a name: an alias there leads
    /// elsewhere (RFC 2317).
    static boolean mayPoint(Name at, StaticRecords own) {
        return own.rrset(new RRsetKey(at, Type.CNAME)).isEmpty();
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

    /// Forgets a zone and all that stood in it.
    void remove(Name apex) {
        zones.remove(apex);
        ownRecords.remove(apex);
        dynamic.remove(apex);
        faults.remove(apex);
        malformed.remove(apex);
        reverseZones.remove(apex);
        reverse.remove(apex);
    }

    void put(DeclaredZone zone) {
        if (zones.put(zone.apex(), zone) == null && ReverseNames.isReverse(zone.apex())) {
            reverseZones.add(zone.apex());
        }
    }

    /// Something stored of a zone could not be read; see [#fault].
    void faulty(Name apex, String fault) {
        faults.put(apex, fault);
    }

    /// Why a zone must not be served as it is; until it is declared otherwise.
    Optional<String> fault(Name apex) {
        return Optional.ofNullable(faults.get(apex));
    }

    /// Record data of a zone was found malformed at the start; the first few are kept.
    void malformed(Name apex, String what) {
        List<String> known = malformed.computeIfAbsent(apex, _ -> new CopyOnWriteArrayList<>());
        if (known.size() < MOST_MALFORMED) {
            known.add(what);
        }
    }

    /// What was found malformed at the start; a view, safe for any thread.
    Map<Name, List<String>> malformed() {
        return Collections.unmodifiableMap(malformed);
    }

    void put(DeclaredZone zone, StaticRecords own) {
        faults.remove(zone.apex());
        ownRecords.put(zone.apex(), own);
        put(zone);
    }
}

package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Serial;
import io.holdfast.dns.Soa;
import io.holdfast.dns.Type;
import io.holdfast.dns.zone.RRsetChange;
import io.holdfast.dns.zone.Zone;
import io.holdfast.service.event.Event;
import io.holdfast.service.event.ZoneVersion;
import io.holdfast.service.host.Host;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.DynamicRecord;
import io.holdfast.service.zone.RRsetKey;
import io.holdfast.service.zone.StaticRecords;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The zones as one batch is going to leave them.
///
/// What stands at an owner and type comes, the first that has something to say, from: the host of
/// that name; what updates made of it; the operator's records; and, for PTR in a reverse zone, the
/// hosts with that address.
final class StagedZones {
    private final DeclaredZones zones;
    private final Function<Name, @Nullable Zone> served;
    private final Map<Name, StagedZone> staged = new LinkedHashMap<>();

    /// Which hosts reverse names are going to have, by zone and reverse name.
    private final Map<Name, Map<Name, Set<Name>>> pointers = new LinkedHashMap<>();

    private final Set<Name> removed = new LinkedHashSet<>();

    /// @param served the zone served now at an apex, if any
    StagedZones(DeclaredZones zones, Function<Name, @Nullable Zone> served) {
        this.zones = zones;
        this.served = served;
    }

    /// The zone a name belongs to, as it is going to be.
    Optional<DeclaredZone> closest(Name name) {
        return zones.closest(name).map(this::next);
    }

    Optional<DeclaredZone> at(Name apex) {
        return zones.at(apex).map(this::next);
    }

    /// Whether any version of a zone is served now.
    boolean isServed(Name apex) {
        return served.apply(apex) != null;
    }

    /// Every RRset of a name as they are going to be.
    List<RRset> rrsets(Name apex, Name owner) {
        Zone zone = served.apply(apex);
        List<RRset> now = zone == null ? List.of() : zone.rrsets(owner);
        StagedZone changed = staged.get(apex);
        if (changed == null || changed.stagedAt(owner).isEmpty()) {
            return now;
        }
        List<RRset> next = new ArrayList<>();
        for (RRset rrset : now) {
            if (!changed.stagedAt(owner).contains(rrset.type())) {
                next.add(rrset);
            }
        }
        for (Type type : changed.stagedAt(owner)) {
            changed.staged(new RRsetKey(owner, type)).ifPresent(next::add);
        }
        return next;
    }

    /// Declares a zone that is not there yet; its hosts are published with it.
    void declareFirst(DeclaredZone zone, StaticRecords own) {
        StagedZone first = new StagedZone(zone, zone.serial(), true);
        first.declare(zone, own);
        staged.put(zone.apex(), first);
    }

    /// Declares a zone anew; what it serves is said with [#refresh] and [#serve].
    ///
    /// @param serial of the next version, should there be one
    StagedZone redeclare(DeclaredZone zone, StaticRecords own, int serial) {
        StagedZone next = new StagedZone(zones.at(zone.apex()).orElseThrow(), serial, false);
        next.declare(zone, own);
        staged.put(zone.apex(), next);
        return next;
    }

    /// Takes a zone out that has no hosts; whatever else is said of it counts no more. Names below
    /// it belong to the zone above from then on, if there is one.
    void remove(Name apex) {
        removed.add(apex);
        staged.remove(apex);
        Map<Name, Set<Name>> moving = new LinkedHashMap<>();
        zones.reverse().in(apex).forEach(name -> moving.put(name, zones.reverse().at(apex, name)));
        moving.putAll(pointers.getOrDefault(apex, Map.of())); // of a zone below that goes as well
        pointers.remove(apex);
        reverseZoneAbove(apex)
                .ifPresent(above ->
                        moving.forEach((name, hosts) -> {
                            pointers(above).put(name, hosts);
                            refresh(above, new RRsetKey(name, Type.PTR));
                        }));
    }

    /// New reverse zones take the names below them from the zones above.
    void pointFromNewZones() {
        Set<Name> apexes = newReverseZones();
        Set<Name> losing = new LinkedHashSet<>();
        apexes.forEach(apex -> reverseZoneAbove(apex).ifPresent(losing::add));
        apexes.addAll(losing);
        for (Name apex : losing) {
            for (Name name : zones.reverse().in(apex)) {
                if (!ReverseNames.closest(apexes, name).equals(Optional.of(apex))) {
                    pointers(apex).put(name, new HashSet<>());
                    refresh(apex, new RRsetKey(name, Type.PTR));
                }
            }
        }
    }

    /// Reverse zones that are not there yet.
    private Set<Name> newReverseZones() {
        Set<Name> apexes = new LinkedHashSet<>();
        for (StagedZone zone : staged.values()) {
            if (zone.isNew() && ReverseNames.isReverse(zone.next().apex())) {
                apexes.add(zone.next().apex());
            }
        }
        return apexes;
    }

    /// The next declared zone above that is not going to be gone, if it lies in the reverse tree.
    private Optional<Name> reverseZoneAbove(Name apex) {
        for (Name at = apex; ReverseNames.isReverse(at); ) {
            at = at.parent();
            if (zones.reverseZones().contains(at) && !removed.contains(at)) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    private Map<Name, Set<Name>> pointers(Name apex) {
        return pointers.computeIfAbsent(apex, _ -> new LinkedHashMap<>());
    }

    /// Zones that are going to be gone.
    Set<Name> removed() {
        return removed;
    }

    /// Changes what a zone serves of its hosts.
    void serve(Name apex, List<RRsetChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        StagedZone zone = stage(apex);
        for (RRsetChange change : changes) {
            switch (change) {
                case RRsetChange.Put(RRset rrset) ->
                        put(zone, apex, RRsetKey.of(rrset), Optional.of(rrset));
                case RRsetChange.Remove(Name owner, Type type) ->
                        put(zone, apex, new RRsetKey(owner, type), Optional.empty());
                case RRsetChange.Reserve _, RRsetChange.Release _ -> zone.name(change);
            }
        }
    }

    /// Makes an RRset that belongs to no host what it follows from.
    void refresh(Name apex, RRsetKey key) {
        StagedZone zone = stage(apex);
        put(zone, apex, key, following(zone, apex, key));
    }

    /// What an update makes of an RRset that belongs to no host.
    void update(Name apex, RRsetKey key, Optional<RRset> now) {
        StagedZone zone = stage(apex);
        zone.dynamic(key, DynamicRRset.of(now));
        if (now.isEmpty()) { // nothing to hide behind it: no need to say that nothing is there
            zone.dynamic(key, new DynamicRRset.Unsaid());
            if (following(zone, apex, key).isPresent()) {
                zone.dynamic(key, new DynamicRRset.Gone());
            }
        }
        put(zone, apex, key, now);
        if (key.type().equals(Type.SOA)) {
            now.ifPresent(soa -> zone.move(Soa.of(soa.rdata().getFirst()).serial()));
        }
    }

    /// What updates made of an RRset is forgotten.
    void forget(Name apex, RRsetKey key) {
        stage(apex).dynamic(key, new DynamicRRset.Unsaid());
    }

    /// Has the reverse names of a host's addresses follow them.
    void point(@Nullable Host before, @Nullable Host after) {
        if (zones.reverseZones().isEmpty()) {
            return;
        }
        Set<InetAddress> gone = addresses(before);
        Set<InetAddress> come = addresses(after);
        Set<InetAddress> both = new HashSet<>(gone);
        both.retainAll(come);
        gone.removeAll(both);
        come.removeAll(both);
        gone.forEach(address -> point(address, before, false));
        come.forEach(address -> point(address, after, true));
    }

    Collection<StagedZone> all() {
        return staged.values();
    }

    /// What happens to zones, in the order in which it is to be applied.
    ///
    /// @param upToDate the zone served at an apex, if it is what is committed
    List<Event> events(Function<Name, @Nullable Zone> upToDate) {
        List<Event> events = new ArrayList<>();
        staged.values()
                .forEach(zone -> {
                    StaticRecords own = zone.own();
                    if (own != null) {
                        events.add(new Event.ZoneDeclared(zone.next(), own));
                    }
                });
        staged.forEach((apex, zone) ->
                zone.dynamic().forEach((key, now) -> events.add(recordsChanged(apex, key, now))));
        pointers.forEach((apex, names) ->
                names.forEach((name, hosts) ->
                        events.add(new Event.ReverseNameChanged(apex, name, hosts))));
        removed.forEach(apex -> events.add(new Event.ZoneRemoved(apex)));
        staged.values().stream()
                .filter(StagedZone::isServedOtherwise)
                .forEach(zone -> events.add(zoneChanged(zone, upToDate.apply(zone.next().apex()))));
        return events;
    }

    private static Event recordsChanged(Name apex, RRsetKey key, DynamicRRset now) {
        Optional<RRset> rrset =
                now instanceof DynamicRRset.Stands(RRset stands)
                        ? Optional.of(stands)
                        : Optional.empty();
        boolean kept = !(now instanceof DynamicRRset.Unsaid);
        return new Event.RecordsChanged(new DynamicRecord(apex, key, rrset), kept);
    }

    private static Event zoneChanged(StagedZone zone, @Nullable Zone now) {
        DeclaredZone next = zone.next();
        if (zone.isWhole()) {
            return new Event.ZoneChanged(
                    next.apex(), next.serial(), true, List.of(), Optional.empty());
        }
        Optional<ZoneVersion> step =
                Optional.ofNullable(now)
                        .flatMap(zoneNow -> zoneNow.rrset(next.apex(), Type.SOA))
                        .map(soa -> new ZoneVersion(next.apex(), zone.delta(soa)));
        return new Event.ZoneChanged(next.apex(), next.serial(), false, zone.changes(), step);
    }

    private void point(InetAddress address, @Nullable Host host, boolean has) {
        Name reverse = ReverseNames.of(address);
        Optional<DeclaredZone> zone =
                zones.closest(reverse).filter(z -> ReverseNames.isReverse(z.apex()));
        if (zone.isEmpty() || host == null) {
            return;
        }
        Name apex = zone.get().apex();
        Set<Name> hosts =
                pointers(apex).computeIfAbsent(reverse, _ -> zones.reverse().at(apex, reverse));
        if (has) {
            hosts.add(host.name());
        } else {
            hosts.remove(host.name());
        }
        refresh(apex, new RRsetKey(reverse, Type.PTR));
    }

    private static Set<InetAddress> addresses(@Nullable Host host) {
        Set<InetAddress> addresses = new HashSet<>();
        if (host != null) {
            ReverseNames.addresses(host).forEach(addresses::add);
        }
        return addresses;
    }

    /// What stands at a key that no host has.
    private Optional<RRset> following(StagedZone zone, Name apex, RRsetKey key) {
        return switch (updated(zone, apex, key)) {
            case DynamicRRset.Stands(RRset rrset) -> Optional.of(rrset);
            case DynamicRRset.Gone _ -> Optional.empty();
            case DynamicRRset.Unsaid _ -> {
                StaticRecords own = own(zone);
                yield own.rrset(key)
                        .or(() ->
                                key.type().equals(Type.PTR)
                                                && DeclaredZones.mayPoint(key.owner(), own)
                                        ? pointer(zone, key.owner())
                                        : Optional.empty());
            }
        };
    }

    private DynamicRRset updated(StagedZone zone, Name apex, RRsetKey key) {
        DynamicRRset said = zone.dynamic().get(key);
        if (said != null) {
            return said;
        }
        DynamicRecord committed = zones.dynamic(apex).at(key);
        return committed == null ? new DynamicRRset.Unsaid() : DynamicRRset.of(committed.rrset());
    }

    private Optional<RRset> pointer(StagedZone zone, Name reverse) {
        Name apex = zone.next().apex();
        Set<Name> hosts = pointers.getOrDefault(apex, Map.of()).get(reverse);
        if (hosts == null) {
            hosts = zones.reverse().at(apex, reverse);
        }
        return DeclaredZones.pointer(reverse, hosts, zone.next().policy().ttlSeconds());
    }

    private StaticRecords own(StagedZone zone) {
        StaticRecords own = zone.own();
        return own == null ? zones.ownRecords(zone.next()) : own;
    }

    private void put(StagedZone zone, Name apex, RRsetKey key, Optional<RRset> after) {
        Optional<RRset> now = servedAt(apex, key);
        boolean sameSoa = key.type().equals(Type.SOA) && isSameSoa(now, after);
        zone.put(key, now, sameSoa ? now : after);
    }

    /// Serials are not compared: that of a version is said when it is made.
    private static boolean isSameSoa(Optional<RRset> one, Optional<RRset> other) {
        return one.isPresent()
                && other.isPresent()
                && one.get().ttl() == other.get().ttl()
                && Soa.of(one.get().rdata().getFirst())
                        .withSerial(0)
                        .equals(Soa.of(other.get().rdata().getFirst()).withSerial(0));
    }

    private Optional<RRset> servedAt(Name apex, RRsetKey key) {
        Zone zone = served.apply(apex);
        return zone == null ? Optional.empty() : zone.rrset(key.owner(), key.type());
    }

    private StagedZone stage(Name apex) {
        return staged.computeIfAbsent(
                apex,
                _ -> {
                    DeclaredZone zone = zones.at(apex).orElseThrow();
                    return new StagedZone(zone, Serial.next(zone.serial()), false);
                });
    }

    private DeclaredZone next(DeclaredZone zone) {
        StagedZone next = staged.get(zone.apex());
        return next == null ? zone : next.next();
    }
}

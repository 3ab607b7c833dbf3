package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Serial;
import io.holdfast.dns.Soa;
import io.holdfast.dns.Type;
import io.holdfast.dns.zone.RRsetChange;
import io.holdfast.service.change.AdministrationException.Kind;
import io.holdfast.service.change.ZoneAdministration.Declaration;
import io.holdfast.service.change.ZoneAdministration.RecordsFile;
import io.holdfast.service.host.Directory;
import io.holdfast.service.host.Host;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.DynamicRecord;
import io.holdfast.service.zone.RRsetKey;
import io.holdfast.service.zone.StaticRecords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Stages what the operator declares: zones that are new, and zones that are to be otherwise.
final class ZoneDeclarations {
    /// More conflicts than anybody reads.
    private static final int MOST_FAULTS = 100;

    /// RRsets that a new declaration changes one by one. If there are more, and they are most of
    /// the zone, building it anew takes less time and a fraction of the memory.
    private static final int MOST_STEPS = 50_000;

    private final Directory directory;
    private final DeclaredZones zones;

    ZoneDeclarations(Directory directory, DeclaredZones zones) {
        this.directory = directory;
        this.zones = zones;
    }

    /// See [ZoneAdministration#declareAll].
    ///
    /// First what is there already: a new zone below takes hosts from what the one above is going
    /// to be.
    void stage(List<Declaration> declared, Set<Name> removed, Batch batch)
            throws AdministrationException {
        Map<Name, List<String>> faults = new LinkedHashMap<>();
        Kind kind = Kind.CONFLICT;
        List<Declaration> ordered =
                Stream.concat(
                                declared.stream().filter(zone -> zones.at(zone.apex()).isPresent()),
                                declared.stream().filter(zone -> zones.at(zone.apex()).isEmpty()))
                        .toList();
        for (Declaration zone : ordered) {
            try {
                declare(zone, batch);
            } catch (AdministrationException refused) {
                faults.put(zone.apex(), refused.faults());
                kind = refused.kind();
            }
        }
        for (Name apex : removed) {
            try {
                remove(apex, batch);
            } catch (AdministrationException refused) {
                faults.put(apex, refused.faults());
            }
        }
        if (!faults.isEmpty()) {
            throw new AdministrationException(kind, faults);
        }
        batch.zones().pointFromNewZones();
    }

    private void declare(Declaration zone, Batch batch) throws AdministrationException {
        Name apex = zone.apex();
        Optional<RecordsFile> records = zone.records();
        Optional<DeclaredZone> now = zones.at(apex);
        List<RRset> own =
                records.map(RecordsFile::records)
                        .or(() -> now.map(DeclaredZone::records))
                        .orElse(List.of());
        int serial =
                now.map(DeclaredZone::serial)
                        .or(() -> serial(own))
                        .orElse((int) batch.now().getEpochSecond());
        Optional<String> file = records.map(RecordsFile::file);
        DeclaredZone next = new DeclaredZone(apex, zone.policy(), zone.origin(), file, own, serial);
        if (now.isEmpty()) {
            declareFirst(next, batch);
        } else if (!now.get().equals(next)) {
            redeclare(now.get(), next, false, batch);
        }
    }

    /// A zone with hosts stays: they would be nowhere.
    private void remove(Name apex, Batch batch) throws AdministrationException {
        if (zones.at(apex).isEmpty()) {
            throw AdministrationException.unknown("no zone named " + apex);
        }
        List<Name> homeless = homelessWithout(apex);
        if (!homeless.isEmpty()) {
            throw AdministrationException.conflict(
                    apex
                            + " still has hosts, "
                            + homeless.getFirst()
                            + (homeless.size() == 1
                                    ? ""
                                    : " and " + (homeless.size() - 1) + " more")
                            + ", which would be nowhere without it; keep the zone while it has any");
        }
        batch.zones().remove(apex);
    }

    /// The hosts of a zone, those in zones below it aside.
    List<Name> homelessWithout(Name apex) {
        return hostsIn(apex)
                .map(Host::name)
                .filter(host -> zones.closest(host).orElseThrow().apex().equals(apex))
                .sorted()
                .toList();
    }

    private void declareFirst(DeclaredZone next, Batch batch) throws AdministrationException {
        StaticRecords own = ownRecords(next);
        requireNoConflict(own, next.apex());
        Optional<DeclaredZone> above = zones.closest(next.apex());
        if (above.isPresent()) {
            List<RRsetChange> leaving = new ArrayList<>();
            hostsIn(next.apex())
                    .filter(host -> zones.closest(host.name()).equals(above))
                    .forEach(host ->
                            leaving.addAll(
                                    HostRecords.between(
                                            host, null, above.get().policy().ttlSeconds())));
            batch.zones().serve(above.get().apex(), leaving);
        }
        batch.zones().declareFirst(next, own);
    }

    /// @param imported whether the serial moves even if nothing served differs, and what updates
    ///   made of the operator's records gives way
    void redeclare(DeclaredZone now, DeclaredZone next, boolean imported, Batch batch)
            throws AdministrationException {
        Name apex = next.apex();
        StaticRecords before = zones.ownRecords(now);
        StaticRecords after = ownRecords(next);
        requireNoConflict(after, apex);
        Set<RRsetKey> yielding = yielding(apex, before, after, imported);

        int serial = Serial.next(now.serial());
        Optional<Integer> given = serial(next.records());
        boolean isAhead = given.isPresent() && Serial.isNewer(given.get(), now.serial());
        StagedZone staged =
                batch.zones()
                        .redeclare(
                                next,
                                after,
                                given.map(s -> Serial.newer(serial, s)).orElse(serial));
        yielding.forEach(key -> batch.zones().forget(apex, key));
        List<RRset> gone = before.goneFrom(after);
        List<RRset> come = after.notIn(before);
        if (isMostOf(gone.size() + come.size(), after)) {
            staged.moveWhole();
            return;
        }
        Set<RRsetKey> keys = new LinkedHashSet<>();
        gone.forEach(rrset -> keys.add(RRsetKey.of(rrset)));
        come.forEach(rrset -> keys.add(RRsetKey.of(rrset)));
        keys.addAll(yielding);
        if (now.policy().ttlSeconds() != next.policy().ttlSeconds()) {
            batch.zones().serve(apex, withOtherTtl(next));
            zones.reverse().in(apex).forEach(name -> keys.add(new RRsetKey(name, Type.PTR)));
        }
        keys.forEach(key -> batch.zones().refresh(apex, key));
        if (imported || isAhead) {
            staged.move();
        }
    }

    private boolean isMostOf(int changed, StaticRecords records) {
        return changed > MOST_STEPS && changed > (records.size() + directory.hosts().size()) / 2;
    }

    /// What updates made of the operator's records before: an import says anew what those are, and
    /// so does a file that takes their place.
    private Set<RRsetKey> yielding(
            Name apex, StaticRecords before, StaticRecords after, boolean imported)
            throws AdministrationException {
        Set<RRsetKey> yielding = new LinkedHashSet<>();
        List<String> conflicts = new ArrayList<>();
        for (DynamicRecord one : zones.dynamic(apex).all()) {
            RRsetKey key = one.key();
            if (before.rrset(key).isPresent() || (imported && after.rrset(key).isPresent())) {
                if (!before.rrset(key).equals(after.rrset(key)) || imported) {
                    yielding.add(key);
                }
            } else if (after.rrset(key).isPresent() && one.rrset().isPresent()) {
                conflicts.add(
                        "a dynamic update put "
                                + key.type()
                                + " at "
                                + key.owner()
                                + ", which the zone's own records have as well; remove one of"
                                + " them");
            }
        }
        if (!conflicts.isEmpty()) {
            throw new AdministrationException(
                    Kind.CONFLICT, conflicts.stream().limit(MOST_FAULTS).toList());
        }
        return yielding;
    }

    private List<RRsetChange> withOtherTtl(DeclaredZone zone) {
        return hostsIn(zone.apex())
                .filter(host -> host.ttl().isEmpty())
                .filter(host -> zones.closest(host.name()).orElseThrow().apex().equals(zone.apex()))
                .flatMap(host -> HostRecords.of(host, zone.policy().ttlSeconds()).stream())
                .<RRsetChange>map(RRsetChange.Put::new)
                .toList();
    }

    private void requireNoConflict(StaticRecords own, Name apex) throws AdministrationException {
        List<String> conflicts =
                hostsIn(apex)
                        .flatMap(host ->
                                own.objectionTo(host.name()).stream()
                                        .map(text ->
                                                host.name()
                                                        + " is a host here, but "
                                                        + text
                                                        + "; remove one of them"))
                        .limit(MOST_FAULTS)
                        .toList();
        if (!conflicts.isEmpty()) {
            throw new AdministrationException(Kind.CONFLICT, conflicts);
        }
    }

    private Stream<Host> hostsIn(Name apex) {
        return directory.hostsAtOrBelow(apex).stream();
    }

    private static StaticRecords ownRecords(DeclaredZone zone) throws AdministrationException {
        try {
            return StaticRecords.of(zone);
        } catch (IllegalArgumentException e) {
            throw AdministrationException.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Integer> serial(List<RRset> records) {
        return records.stream()
                .filter(rrset -> rrset.type().equals(Type.SOA))
                .findFirst()
                .map(soa -> Soa.of(soa.rdata().getFirst()).serial());
    }
}

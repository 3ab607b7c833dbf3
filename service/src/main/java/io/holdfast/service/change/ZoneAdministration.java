package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Serial;
import io.holdfast.dns.Soa;
import io.holdfast.dns.Type;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.RRsetChange;
import io.holdfast.dns.zone.Zone;
import io.holdfast.dns.zone.Zones;
import io.holdfast.service.change.AdministrationException.Kind;
import io.holdfast.service.host.Directory;
import io.holdfast.service.host.Host;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.OwnRecords;
import io.holdfast.service.zone.ZonePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the operator does with zones. Every method waits until it is done, durable and served.
public final class ZoneAdministration {
    /// More conflicts than anybody reads.
    private static final int MOST_FAULTS = 100;

    private final Writer writer;
    private final Directory directory;
    private final DeclaredZones zones;
    private final Published<Zones> published;

    ZoneAdministration(
            Writer writer, Directory directory, DeclaredZones zones, Published<Zones> published) {
        this.writer = writer;
        this.directory = directory;
        this.zones = zones;
        this.published = published;
    }

    /// The operator's own records as a file holds them.
    public record RecordsFile(String file, List<RRset> records) {}

    /// Declares a zone, or declares it anew: from now on this policy holds, and these records stand
    /// beside its hosts. Without a file, imported records stay. The serial moves only if anything
    /// served differs, and nothing is written if nothing differs at all.
    public void declare(Name apex, ZonePolicy policy, Optional<RecordsFile> records)
            throws AdministrationException {
        writer.perform(batch -> {
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
            DeclaredZone next = new DeclaredZone(apex, policy, file, own, serial);
            if (now.isEmpty()) {
                declareFirst(next, batch);
            } else if (!now.get().equals(next)) {
                redeclare(now.get(), next, false, batch);
            }
            return apex;
        });
    }

    /// All declared zones, in canonical order.
    public List<DeclaredZone> list() {
        return zones.all();
    }

    /// Replaces the operator's own records, all or nothing; hosts stay.
    ///
    /// @return the serial from now on, unsigned: the newer (RFC 1982) of the file's and the next
    public int importRecords(Name apex, List<RRset> records) throws AdministrationException {
        writer.perform(batch -> {
            DeclaredZone now = require(apex);
            if (now.recordsFile().isPresent()) {
                throw AdministrationException.conflict(
                        "the records of "
                                + apex
                                + " are read from "
                                + now.recordsFile().get()
                                + ": change that file, or take `records` out of the"
                                + " configuration");
            }
            redeclare(now, now.withRecords(records), true, batch);
            return apex;
        });
        return require(apex).serial();
    }

    /// The zone as it is served, to be written as a master file: one version as a whole, which no
    /// later change touches.
    public Zone export(Name apex) throws AdministrationException {
        require(apex);
        List<RRset> rrsets = new ArrayList<>();
        writer.perform( // between two versions
                _ -> {
                    served(apex).forEach(rrsets::add);
                    return apex;
                });
        return Zone.of(apex, rrsets);
    }

    private Zone served(Name apex) throws AdministrationException {
        return published
                .current()
                .closest(apex)
                .filter(zone -> zone.apex().equals(apex))
                .orElseThrow(() ->
                        new AdministrationException(
                                Kind.UNAVAILABLE, apex + " is not served at the moment"));
    }

    private void declareFirst(DeclaredZone next, Batch batch) throws AdministrationException {
        OwnRecords own = ownRecords(next);
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
            batch.serve(above.get().apex(), leaving);
        }
        batch.declare(next, own);
    }

    /// @param always whether the serial moves even if nothing served differs
    private void redeclare(DeclaredZone now, DeclaredZone next, boolean always, Batch batch)
            throws AdministrationException {
        OwnRecords before = zones.ownRecords(now);
        OwnRecords after = ownRecords(next);
        requireNoConflict(after, next.apex());
        List<RRsetChange> changes = new ArrayList<>();
        before.goneFrom(after)
                .forEach(gone -> changes.add(new RRsetChange.Remove(gone.owner(), gone.type())));
        after.notIn(before).forEach(rrset -> changes.add(new RRsetChange.Put(rrset)));
        if (now.policy().ttlSeconds() != next.policy().ttlSeconds()) {
            changes.addAll(withOtherTtl(next));
        }
        int serial = Serial.next(now.serial());
        Optional<Integer> given = serial(next.records());
        boolean isAhead = given.isPresent() && Serial.isNewer(given.get(), now.serial());
        if (changes.isEmpty() && (always || isAhead)) {
            changes.add(new RRsetChange.Put(after.soa()));
        }
        batch.redeclare(
                next, after, changes, given.map(s -> Serial.newer(serial, s)).orElse(serial));
    }

    private List<RRsetChange> withOtherTtl(DeclaredZone zone) {
        return hostsIn(zone.apex())
                .filter(host -> host.ttl().isEmpty())
                .filter(host -> zones.closest(host.name()).orElseThrow().apex().equals(zone.apex()))
                .flatMap(host -> HostRecords.of(host, zone.policy().ttlSeconds()).stream())
                .<RRsetChange>map(RRsetChange.Put::new)
                .toList();
    }

    private void requireNoConflict(OwnRecords own, Name apex) throws AdministrationException {
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
        return directory.hosts().stream().filter(host -> host.name().isAtOrBelow(apex));
    }

    private DeclaredZone require(Name apex) throws AdministrationException {
        return zones.at(apex)
                .orElseThrow(() ->
                        AdministrationException.unknown(
                                "no zone named "
                                        + apex
                                        + "; serve it with --zone "
                                        + apex
                                        + " or from the configuration"));
    }

    private static OwnRecords ownRecords(DeclaredZone zone) throws AdministrationException {
        try {
            return OwnRecords.of(zone);
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

package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.Zone;
import io.holdfast.dns.zone.ZoneSnapshot;
import io.holdfast.dns.zone.Zones;
import io.holdfast.service.change.AdministrationException.Kind;
import io.holdfast.service.host.Directory;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.ZoneOrigin;
import io.holdfast.service.zone.ZonePolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/// What the operator does with zones. Every method waits until it is done, durable and served.
public final class ZoneAdministration {
    private final Writer writer;
    private final DeclaredZones zones;
    private final ZoneDeclarations declarations;
    private final Published<Zones> published;
    private final Map<Name, String> problems;

    ZoneAdministration(
            Writer writer,
            Directory directory,
            DeclaredZones zones,
            Published<Zones> published,
            Map<Name, String> problems) {
        this.problems = problems;
        this.writer = writer;
        this.zones = zones;
        this.declarations = new ZoneDeclarations(directory, zones);
        this.published = published;
    }

    /// A zone as it is to be.
    ///
    /// @param records from a file; without one, imported records stay
    public record Declaration(
            Name apex, ZonePolicy policy, ZoneOrigin origin, Optional<RecordsFile> records) {}

    /// The operator's own records as a file holds them.
    public record RecordsFile(String file, List<RRset> records) {}

    /// Declares a zone by command, or declares it anew: from now on this policy holds, and these
    /// records stand beside its hosts. Without a file, imported records stay. The serial moves only
    /// if anything served differs, and nothing is written if nothing differs at all.
    public void declare(Name apex, ZonePolicy policy, Optional<RecordsFile> records)
            throws AdministrationException {
        declareAll(List.of(new Declaration(apex, policy, ZoneOrigin.COMMAND, records)), Set.of());
    }

    /// Declares zones as [#declare] does, and takes others out with all that is in them: all of it
    /// or nothing.
    ///
    /// @param removed none of those
    /// @throws AdministrationException with all that stands in the way: hosts where records are
    ///   now, or in a zone that is to go
    public void declareAll(List<Declaration> declared, Set<Name> removed)
            throws AdministrationException {
        writer.perform(batch -> {
            declarations.stage(declared, removed, batch);
            return declared.size();
        });
    }

    /// Declares a zone that is not there yet, by command.
    public void add(Name apex, ZonePolicy policy) throws AdministrationException {
        writer.perform(batch -> {
            if (zones.at(apex).isPresent()) {
                throw AdministrationException.conflict(apex + " is served already");
            }
            Declaration zone = new Declaration(apex, policy, ZoneOrigin.COMMAND, Optional.empty());
            declarations.stage(List.of(zone), Set.of(), batch);
            return apex;
        });
    }

    /// Takes a zone out with all that is in it.
    ///
    /// @throws AdministrationException if it is not there, or has hosts
    public void remove(Name apex) throws AdministrationException {
        declareAll(List.of(), Set.of(apex));
    }

    /// The hosts that would be nowhere without a zone, in canonical order.
    public List<Name> hosts(Name apex) {
        return declarations.homelessWithout(apex);
    }

    /// What works in a declared zone and is hardly meant.
    public List<String> warnings(DeclaredZone zone) {
        return zones.ownRecords(zone).warnings();
    }

    /// Why zones are not served as they are committed, for each of those.
    public Map<Name, String> problems() {
        return Map.copyOf(problems);
    }

    /// What a zone served here says of a name.
    ///
    /// @param problem why the zone is not served as it is stored, if it is not
    public record Served(DeclaredZone zone, Optional<String> problem, NameInZone name) {}

    /// What the zone that a name belongs to says of it; empty if it belongs to none.
    public Optional<Served> at(Name name) throws AdministrationException {
        return writer.perform(_ -> zones.closest(name).map(zone -> at(name, zone)));
    }

    private Served at(Name name, DeclaredZone declared) {
        Name apex = declared.apex();
        NameInZone there =
                published
                        .current()
                        .closest(name)
                        .filter(zone -> zone.apex().equals(apex))
                        .map(zone ->
                                NameInZone.of(
                                        name,
                                        zone,
                                        zones.ownRecords(declared),
                                        zones.dynamic(apex)))
                        .orElseGet(NameInZone.Unserved::new);
        return new Served(declared, Optional.ofNullable(problems.get(apex)), there);
    }

    /// What was found malformed in zones when the service started, and what became of it.
    public Map<Name, List<String>> malformed() {
        return zones.malformed();
    }

    /// The apex of the zone a name belongs to, if it belongs to one that is served here.
    public Optional<Name> zoneOf(Name name) {
        return zones.closest(name).map(DeclaredZone::apex);
    }

    /// All declared zones, in canonical order.
    public List<DeclaredZone> list() {
        return zones.all();
    }

    /// Replaces the operator's own records, all or nothing; hosts stay.
    ///
    /// @param progress told now and then how many records are written so far
    /// @return the serial from now on, unsigned: the newer (RFC 1982) of the file's and the next
    public int importRecords(Name apex, List<RRset> records, LongConsumer progress)
            throws AdministrationException {
        writer.perform(batch -> {
            batch.onProgress(progress);
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
            declarations.redeclare(now, now.withRecords(records), true, batch);
            return apex;
        });
        return require(apex).serial();
    }

    /// The zone as it is served, to be written as a master file: one version as a whole, which no
    /// later change touches.
    public ZoneSnapshot export(Name apex) throws AdministrationException {
        require(apex);
        return writer.perform(_ -> served(apex).snapshot()); // between two versions
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
}

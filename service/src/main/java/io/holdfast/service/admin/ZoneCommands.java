package io.holdfast.service.admin;

import io.holdfast.config.Fault;
import io.holdfast.dns.Name;
import io.holdfast.dns.zone.MasterFile;
import io.holdfast.service.change.AdministrationException;
import io.holdfast.service.change.AdministrationException.Kind;
import io.holdfast.service.change.ZoneAdministration;
import io.holdfast.service.change.ZoneAdministration.Declaration;
import io.holdfast.service.change.ZoneAdministration.RecordsFile;
import io.holdfast.service.masterfile.OperatorFile;
import io.holdfast.service.transfer.SecondaryStatus;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.ZoneOrigin;
import io.holdfast.service.zone.ZonePolicy;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What an operator does with zones.
final class ZoneCommands {
    private final ZoneAdministration zones;
    private final Optional<RunningService> service;

    /// @param service the one that runs, if one does
    ZoneCommands(ZoneAdministration zones, Optional<RunningService> service) {
        this.zones = zones;
        this.service = service;
    }

    void list(Request request, Answer answer) {
        List<DeclaredZone> all =
                zones.list().stream()
                        .sorted(
                                Comparator.comparing(
                                        zone -> NaturalOrder.keyOfName(zone.apex().toString())))
                        .toList();
        if (request.detail(Detail.JSON).isPresent()) {
            answer.result(ListJson.zones(all));
            return;
        }
        Table table = new Table("ZONE", "SERIAL", "FROM", "RECORDS READ FROM");
        for (DeclaredZone zone : all) {
            table.row(
                    zone.apex().toString(),
                    Integer.toUnsignedString(zone.serial()),
                    ListJson.origin(zone),
                    zone.recordsFile().orElse(""));
        }
        table.tell(answer::result);
    }

    /// Serves zones from now on, with the usual policy.
    void add(Request request, Answer answer) throws AdministrationException {
        for (String name : request.names()) {
            Name apex = OperatorText.name(name);
            zones.add(apex, ZonePolicy.DEFAULT);
            answer.remark(
                    apex
                            + ": served from now on, serial "
                            + Integer.toUnsignedString(declared(apex).serial()));
            warn(apex, answer);
        }
    }

    /// Takes zones away that have no hosts.
    void remove(Request request, Answer answer) throws AdministrationException {
        for (String name : request.names()) {
            Name apex = OperatorText.name(name);
            boolean isOfFile = declared(apex).origin() == ZoneOrigin.FILE;
            if (service.isPresent()) {
                service.get().remove(apex);
            } else {
                zones.remove(apex);
            }
            answer.remark(
                    apex
                            + ": not served any more"
                            + (isOfFile
                                    ? "; if the configuration still describes it, it comes back"
                                            + " with the next start or reload: take it out there"
                                    : ""));
        }
    }

    /// What is wrong with zones here, and how far the secondaries are: of one zone, or of all.
    void status(Request request, Answer answer) throws AdministrationException {
        if (service.isEmpty()) {
            throw new AdministrationException(
                    Kind.UNAVAILABLE,
                    "no service runs on this folder, and only a running one knows its secondaries");
        }
        List<SecondaryStatus> statuses = service.get().secondaries();
        Map<Name, List<String>> problems = ZoneProblems.of(zones);
        if (!request.names().isEmpty()) {
            Name zone = OperatorText.name(request.name());
            declared(zone);
            statuses = statuses.stream().filter(status -> status.zone().equals(zone)).toList();
            problems.keySet().retainAll(Set.of(zone));
        }
        if (request.detail(Detail.JSON).isPresent()) {
            answer.result(SecondaryJson.of(problems, statuses));
            return;
        }
        problems.forEach((apex, all) -> all.forEach(what -> answer.remark(apex + ": " + what)));
        if (statuses.isEmpty()) {
            answer.remark("no secondaries; name them in the zone's transfer-to");
        } else {
            statuses.forEach(status -> answer.result(SecondaryText.of(status)));
        }
    }

    /// Takes the body as a master file; a fault in it and nothing is taken.
    void importRecords(Request request, Answer answer) throws AdministrationException {
        Name apex = OperatorText.name(request.name());
        String file = request.detail(Detail.FILE).orElse("-");
        MasterFile.Contents contents = read(request.body(), apex);
        if (!contents.faults().isEmpty()) {
            List<String> faults =
                    contents.faults().stream()
                            .map(fault ->
                                    OperatorText.place(file, fault.line(), fault.column())
                                            + fault.reason())
                            .toList();
            throw new AdministrationException(Kind.INVALID, faults);
        }
        int serial =
                zones.importRecords(
                        apex,
                        contents.rrsets(),
                        written -> answer.progress(written + " records written"));
        answer.remark(
                apex
                        + ": "
                        + OperatorText.count(contents.rrsets().size(), "record set")
                        + " served from now on, serial "
                        + Integer.toUnsignedString(serial));
        warn(apex, answer);
    }

    /// Has the service read its configuration again. Of the zones asked for, or without a service,
    /// reads only the master files again that the configuration named. A fault in any of them and
    /// nothing is taken from any; hosts are not touched.
    void reload(Request request, Answer answer) throws AdministrationException {
        if (service.isPresent() && request.names().isEmpty()) {
            service.get().reload(answer::remark);
            return;
        }
        Map<DeclaredZone, OperatorFile> files = new LinkedHashMap<>();
        for (DeclaredZone zone : fromFiles(request)) {
            Path file = Path.of(zone.recordsFile().orElseThrow());
            files.put(zone, OperatorFile.read(file, zone.apex()));
        }
        List<String> faults =
                files.values().stream()
                        .flatMap(file -> file.faults().stream())
                        .map(Fault::toString)
                        .toList();
        if (!faults.isEmpty()) {
            throw new AdministrationException(Kind.INVALID, faults);
        }
        List<Declaration> declared = new ArrayList<>();
        files.forEach((zone, file) ->
                declared.add(
                        new Declaration(
                                zone.apex(),
                                zone.policy(),
                                zone.origin(),
                                Optional.of(
                                        new RecordsFile(
                                                zone.recordsFile().orElseThrow(),
                                                file.records())))));
        zones.declareAll(declared, Set.of());
        for (Map.Entry<DeclaredZone, OperatorFile> read : files.entrySet()) {
            tell(read.getKey(), read.getValue(), answer);
        }
    }

    private void tell(DeclaredZone zone, OperatorFile file, Answer answer)
            throws AdministrationException {
        answer.remark(
                zone.apex()
                        + ": "
                        + OperatorText.count(file.records().size(), "record set")
                        + " read, serial "
                        + Integer.toUnsignedString(declared(zone.apex()).serial()));
        warn(zone.apex(), answer);
    }

    private List<DeclaredZone> fromFiles(Request request) throws AdministrationException {
        List<DeclaredZone> asked = new ArrayList<>();
        for (String name : request.names()) {
            asked.add(declared(OperatorText.name(name)));
        }
        List<DeclaredZone> all = request.names().isEmpty() ? zones.list() : asked;
        for (DeclaredZone zone : asked) {
            if (zone.recordsFile().isEmpty()) {
                throw new AdministrationException(
                        Kind.INVALID,
                        zone.apex()
                                + " has no master file; name one as `records` in the configuration,"
                                + " or use zone import");
            }
        }
        List<DeclaredZone> fromFiles =
                all.stream().filter(zone -> zone.recordsFile().isPresent()).toList();
        if (fromFiles.isEmpty()) {
            throw new AdministrationException(
                    Kind.INVALID, "no zone has a master file named as `records`");
        }
        return fromFiles;
    }

    private DeclaredZone declared(Name apex) throws AdministrationException {
        return zones.list().stream()
                .filter(zone -> zone.apex().equals(apex))
                .findFirst()
                .orElseThrow(
                        () -> new AdministrationException(Kind.UNKNOWN, "no zone named " + apex));
    }

    private void warn(Name apex, Answer answer) throws AdministrationException {
        zones.warnings(declared(apex)).forEach(answer::remark);
    }

    void export(Request request, Answer answer) throws AdministrationException {
        LineAppender lines = new LineAppender(answer::result);
        try {
            MasterFile.write(zones.export(OperatorText.name(request.name())), lines);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        lines.end();
    }

    private static MasterFile.Contents read(String text, Name apex) {
        try {
            return MasterFile.read(new StringReader(text), apex);
        } catch (IOException cannotBe) {
            throw new UncheckedIOException("reading from memory", cannotBe);
        }
    }
}

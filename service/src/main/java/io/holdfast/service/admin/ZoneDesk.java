package io.holdfast.service.admin;

import io.holdfast.dns.Name;
import io.holdfast.dns.zone.MasterFile;
import io.holdfast.service.change.AdministrationException;
import io.holdfast.service.change.AdministrationException.Kind;
import io.holdfast.service.change.ZoneAdministration;
import io.holdfast.service.zone.DeclaredZone;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;

/// What an operator does with zones.
final class ZoneDesk {
    private final ZoneAdministration zones;

    ZoneDesk(ZoneAdministration zones) {
        this.zones = zones;
    }

    void list(Answer answer) {
        for (DeclaredZone zone : zones.list()) {
            answer.result(
                    zone.apex()
                            + " serial "
                            + Integer.toUnsignedString(zone.serial())
                            + zone.recordsFile().map(file -> ", records from " + file).orElse(""));
        }
    }

    /// Takes the body as a master file; a fault in it and nothing is taken.
    void importRecords(Request request, Answer answer) throws AdministrationException {
        Name apex = Words.name(request.name());
        String file = request.detail(Detail.FILE).orElse("-");
        MasterFile.Contents contents = read(request.body(), apex);
        if (!contents.faults().isEmpty()) {
            List<String> faults =
                    contents.faults().stream()
                            .map(fault ->
                                    Words.place(file, fault.line(), fault.column())
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
                        + Words.count(contents.rrsets().size(), "record set")
                        + " served from now on, serial "
                        + Integer.toUnsignedString(serial));
    }

    void export(Request request, Answer answer) throws AdministrationException {
        LineAppender lines = new LineAppender(answer::result);
        try {
            MasterFile.write(zones.export(Words.name(request.name())), lines);
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

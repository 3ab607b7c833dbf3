package io.holdfast.service.masterfile;

import io.holdfast.config.Fault;
import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.zone.MasterFile;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a zone's master file and the files it includes say; of use only without faults.
///
/// @param faults each with the file it is in, named as the operator named the first one
public record OperatorFile(List<RRset> records, List<Fault> faults) {
    public OperatorFile {
        records = List.copyOf(records);
        faults = List.copyOf(faults);
    }

    /// Reads the file of a zone; that it cannot be read is a fault.
    public static OperatorFile read(Path file, Name apex) {
        try (Reader text = Files.newBufferedReader(file)) {
            MasterFile.Contents contents = MasterFile.read(text, apex, new IncludesOfFolder(file));
            List<Fault> faults =
                    contents.faults().stream().map(fault -> placed(fault, file)).toList();
            return new OperatorFile(contents.rrsets(), faults);
        } catch (IOException failed) {
            return new OperatorFile(
                    List.of(),
                    List.of(
                            new Fault(
                                    file.toString(), 1, 1, "the file cannot be read: " + failed)));
        }
    }

    private static Fault placed(MasterFile.Fault fault, Path file) {
        String where = fault.file().isEmpty() ? file.toString() : fault.file();
        return new Fault(where, fault.line(), fault.column(), fault.reason());
    }
}

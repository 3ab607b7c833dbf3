package io.holdfast.service;

import io.holdfast.config.Fault;
import io.holdfast.config.FaultyFileException;
import io.holdfast.dns.Name;
import io.holdfast.dns.zone.MasterFile;
import io.holdfast.service.change.ZoneAdministration.RecordsFile;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The master files that a configuration names, and all that is wrong in them.
final class OperatorRecords {
    private final Map<Name, RecordsFile> byZone = new HashMap<>();
    private final List<Fault> faults = new ArrayList<>();

    /// @param files the master file of each zone that has one
    OperatorRecords(Map<Name, Path> files) {
        files.forEach(this::read);
    }

    /// Every fault of every file.
    List<Fault> faults() {
        return faults;
    }

    /// What the zone's file says.
    Optional<RecordsFile> of(Name apex) {
        return Optional.ofNullable(byZone.get(apex));
    }

    /// @throws FaultyFileException if there is any fault
    OperatorRecords orThrow() throws FaultyFileException {
        if (!faults.isEmpty()) {
            throw new FaultyFileException(faults);
        }
        return this;
    }

    private void read(Name apex, Path file) {
        try (Reader text = Files.newBufferedReader(file)) {
            MasterFile.Contents contents = MasterFile.read(text, apex);
            for (MasterFile.Fault fault : contents.faults()) {
                faults.add(
                        new Fault(file.toString(), fault.line(), fault.column(), fault.reason()));
            }
            String lasting = file.toAbsolutePath().normalize().toString();
            byZone.put(apex, new RecordsFile(lasting, contents.rrsets()));
        } catch (IOException failed) {
            faults.add(new Fault(file.toString(), 1, 1, "the file cannot be read: " + failed));
        }
    }
}

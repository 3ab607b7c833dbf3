package io.holdfast.service;

import io.holdfast.config.Fault;
import io.holdfast.config.FaultyFileException;
import io.holdfast.dns.Name;
import io.holdfast.service.change.ZoneAdministration.RecordsFile;
import io.holdfast.service.masterfile.OperatorFile;
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
        OperatorFile read = OperatorFile.read(file, apex);
        faults.addAll(read.faults());
        String lasting = file.toAbsolutePath().normalize().toString();
        byZone.put(apex, new RecordsFile(lasting, read.records()));
    }
}

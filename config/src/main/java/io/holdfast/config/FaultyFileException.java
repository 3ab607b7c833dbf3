package io.holdfast.config;

import java.util.List;
import java.util.stream.Collectors;

/// A file a person wrote cannot be used; says all that is wrong with it, not only the first thing.
public final class FaultyFileException extends Exception {
    private final List<Fault> faults;

    /// @param faults at least one, in the order of the file
    public FaultyFileException(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /// Every fault found, in the order of the file.
    public List<Fault> faults() {
        return faults;
    }
}

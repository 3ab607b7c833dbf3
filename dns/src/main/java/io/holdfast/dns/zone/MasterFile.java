package io.holdfast.dns.zone;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import java.io.IOException;
import java.io.Reader;
import java.util.List;

/// Zone files in the form of RFC 1035 §5: in and out.
public final class MasterFile {
    /// @param line counted from 1
    /// @param column counted from 1
    /// @param reason what is wrong, and the mend
    public record Fault(int line, int column, String reason) {}

    /// What a file says; of use only if `faults` is empty.
    public record Contents(List<RRset> rrsets, List<Fault> faults) {}

    private MasterFile() {}

    /// Reads a whole master file of one zone; finds every fault, not only the first.
    public static Contents read(Reader text, Name apex) throws IOException {
        throw new UnsupportedOperationException();
    }

    /// Writes a zone so that `named-checkzone` and `kzonecheck` accept it, and reading it gives the
    /// same.
    public static void write(Zone zone, Appendable out) throws IOException {
        throw new UnsupportedOperationException();
    }
}

package io.holdfast.dns.zone;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import java.io.IOException;
import java.io.Reader;
import java.util.Comparator;
import java.util.List;

/// Zone files in the form of RFC 1035 §5: in and out.
public final class MasterFile {
    /// @param file the included file it stands in; empty for the one that was given
    /// @param line counted from 1
    /// @param column counted from 1
    /// @param reason what is wrong, and the mend
    public record Fault(String file, int line, int column, String reason) {
        /// In the file that was given.
        Fault(int line, int column, String reason) {
            this("", line, column, reason);
        }
    }

    /// What a file says; of use only if `faults` is empty.
    ///
    /// @param rrsets in the order of the file, fit for [Zone#of]
    /// @param faults file by file, in the order of each
    public record Contents(List<RRset> rrsets, List<Fault> faults) {
        public Contents {
            rrsets = List.copyOf(rrsets);
            faults = List.copyOf(faults);
        }
    }

    private MasterFile() {}

    /// Reads a whole master file of one zone; finds every fault, not only the first.
    ///
    /// Relative names are below the apex until an `$ORIGIN` says otherwise. `$TTL` (RFC 2308 §4)
    /// and `$GENERATE` are understood. After an `$INCLUDE` origin and owner are as before it (RFC
    /// 1035 §5.1); it nests 8 deep, never in itself, 1,000 times in all. A record without TTL has
    /// that of `$TTL`, else that of the record before it, else the SOA's MINIMUM. Types without a
    /// name are `TYPEn` (RFC 3597). Names are taken in lower case, in record data too. A record
    /// that comes twice is taken once; an RRset whose TTLs differ gets the lowest (RFC 2181 §5.2).
    ///
    /// The zone must have one SOA and an NS at its apex, nothing outside, nothing beside a CNAME,
    /// and neither signatures nor proofs of denial, which could not stay true.
    ///
    /// @param includes where the files are that it includes
    /// @throws IOException if the text cannot be read
    public static Contents read(Reader text, Name apex, Includes includes) throws IOException {
        MasterFileReader reader = new MasterFileReader(apex, includes);
        reader.readAll(text);
        List<RRset> rrsets = reader.finish();
        return new Contents(
                rrsets,
                reader.faults().stream()
                        .sorted(
                                Comparator.comparing(Fault::file)
                                        .thenComparingInt(Fault::line)
                                        .thenComparingInt(Fault::column))
                        .toList());
    }

    /// As [#read(Reader, Name, Includes)] where nothing can be included.
    public static Contents read(Reader text, Name apex) throws IOException {
        return read(text, apex, Includes.NONE);
    }

    /// Writes a zone so that `named-checkzone` and `kzonecheck` accept it, and reading it gives the
    /// same: one record a line, absolute names, in canonical order (RFC 4034 §6) after the SOA.
    ///
    /// @throws IOException as `out` throws it
    public static void write(ZoneSnapshot zone, Appendable out) throws IOException {
        MasterFileWriter.write(zone, out);
    }
}

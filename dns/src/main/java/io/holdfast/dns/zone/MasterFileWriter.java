package io.holdfast.dns.zone;

import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Writes zones as master files.
final class MasterFileWriter {
    private static final Comparator<RRset> SOA_FIRST =
            Comparator.comparing((RRset rrset) -> !rrset.type().equals(Type.SOA))
                    .thenComparing(RRset::owner)
                    .thenComparingInt(rrset -> rrset.type().value());

    private MasterFileWriter() {}

    static void write(ZoneSnapshot zone, Appendable out) throws IOException {
        List<RRset> rrsets = new ArrayList<>();
        zone.forEach(rrsets::add);
        rrsets.sort(SOA_FIRST);
        for (RRset rrset : rrsets) {
            write(rrset, out);
        }
    }

    private static void write(RRset rrset, Appendable out) throws IOException {
        List<Rdata> canonical = new ArrayList<>(rrset.rdata());
        canonical.sort((a, b) -> Arrays.compareUnsigned(a.toWire(), b.toWire()));
        String owner = RecordText.absolute(rrset.owner());
        for (Rdata rdata : canonical) {
            out.append(owner)
                    .append(' ')
                    .append(Integer.toString(rrset.ttl()))
                    .append(" IN ")
                    .append(RecordText.text(rrset.type(), rdata))
                    .append('\n');
        }
    }
}

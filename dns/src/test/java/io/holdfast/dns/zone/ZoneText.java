package io.holdfast.dns.zone;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Record;

/// Records as text, for tests; read by dnsjava alone, so that nothing of ours reads itself.
public final class ZoneText {
    private ZoneText() {}

    public static Name name(String text) {
        return Name.of(text);
    }

    /// One record: `OWNER TTL TYPE DATA`. Names in the data without a last dot are below the owner.
    public static RRset rrset(String text) {
        return rrsets(text).getFirst();
    }

    /// Any number of records, one a line.
    public static List<RRset> rrsets(String text) {
        Map<String, RRset> rrsets = new LinkedHashMap<>();
        text.lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.strip().split("\\s+", 4))
                .forEach(f -> rrsets.merge(f[0] + f[2], record(f), ZoneText::together));
        return List.copyOf(rrsets.values());
    }

    /// The same RRsets, the records in each in canonical order (RFC 4034 §6.3).
    public static List<RRset> sorted(List<RRset> rrsets) {
        return rrsets.stream()
                .map(rrset -> {
                    List<Rdata> rdata = new ArrayList<>(rrset.rdata());
                    rdata.sort((a, b) -> Arrays.compareUnsigned(a.toWire(), b.toWire()));
                    return new RRset(rrset.owner(), rrset.type(), rrset.ttl(), rdata);
                })
                .toList();
    }

    private static RRset record(String[] fields) {
        try {
            org.xbill.DNS.Name owner = org.xbill.DNS.Name.fromString(fields[0]);
            int type = org.xbill.DNS.Type.value(fields[2], true);
            Record record = Record.fromString(owner, type, DClass.IN, 0, fields[3], owner);
            return new RRset(
                    Name.of(fields[0]),
                    new Type(type),
                    Integer.parseInt(fields[1]),
                    List.of(Rdata.of(record.rdataToWireCanonical())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RRset together(RRset a, RRset b) {
        List<Rdata> all = new ArrayList<>(a.rdata());
        all.addAll(b.rdata());
        return new RRset(a.owner(), a.type(), a.ttl(), all);
    }
}

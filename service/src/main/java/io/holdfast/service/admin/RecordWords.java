package io.holdfast.service.admin;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import io.holdfast.service.change.ZoneAdministration.Served;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.OwnRecords;
import io.holdfast.service.zone.RRsetKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A name that is no host, explained to people: whose its records are, or where they are.
final class RecordWords {
    private RecordWords() {}

    /// The three questions about records that no host has.
    static List<String> explain(Name name, Served served) {
        DeclaredZone zone = served.zone();
        OwnRecords own = OwnRecords.of(zone);
        boolean isOwn =
                served.rrsets().stream().anyMatch(r -> own.rrset(RRsetKey.of(r)).isPresent());
        List<String> lines = new ArrayList<>();
        lines.add(
                name
                        + ", "
                        + (isOwn ? "the operator's own name" : "a name put by a dynamic update")
                        + " in the zone "
                        + zone.apex());
        lines.add("What is there?        " + records(served.rrsets()));
        lines.add(
                "Why?                  "
                        + (isOwn
                                ? source(zone)
                                : "a DNS update (RFC 2136) signed by a key put it."));
        lines.add(
                "What happens next?    "
                        + (isOwn ? next(zone) : "It stays until another update changes it."));
        return lines;
    }

    /// Where a name is that another server has.
    static String delegated(Name name, Served served, RRset delegation) {
        return name
                + " is not of the zone "
                + served.zone().apex()
                + " itself: "
                + delegation.owner()
                + " is delegated to "
                + delegation.rdata().stream()
                        .map(rdata -> text(Type.NS, rdata))
                        .collect(Collectors.joining(", "))
                + "; ask there";
    }

    /// What to say of a name in none of the zones.
    static String foreign(Name name, List<DeclaredZone> zones) {
        String served =
                zones.isEmpty()
                        ? "no zone is served here"
                        : "the zones served here are "
                                + zones.stream()
                                        .limit(5)
                                        .map(zone -> zone.apex().toString())
                                        .collect(Collectors.joining(", "))
                                + (zones.size() > 5 ? ", ..." : "");
        return name
                + " belongs to another server: "
                + served
                + "; find it with: dig +trace "
                + name;
    }

    private static String source(DeclaredZone zone) {
        return zone.recordsFile()
                        .map(file -> "It is read from " + file)
                        .orElse("It was imported (holdfast zone import), or every zone has it")
                + ".";
    }

    private static String next(DeclaredZone zone) {
        return zone.recordsFile().isPresent()
                ? "It stays until that file says otherwise and is read again: holdfast zone reload "
                        + zone.apex()
                : "It stays until other records are imported.";
    }

    private static String records(List<RRset> rrsets) {
        return rrsets.stream()
                .flatMap(rrset ->
                        rrset.rdata().stream()
                                .map(rdata -> rrset.type() + " " + text(rrset.type(), rdata)))
                .collect(Collectors.joining("; "));
    }

    private static String text(Type type, Rdata rdata) {
        try {
            return org.xbill.DNS.Record.newRecord(
                            org.xbill.DNS.Name.root,
                            type.value(),
                            org.xbill.DNS.DClass.IN,
                            0,
                            rdata.toWire())
                    .rdataToString();
        } catch (RuntimeException unknown) {
            return rdata.toString();
        }
    }
}

package io.holdfast.dns.zone;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Gathers the records of a zone into RRsets and refuses what cannot stand in it.
///
/// Made for millions of names, of which nearly all have one record: only where there are several
/// does it keep them in tables.
final class RecordCollector {
    private final Name apex;
    private final Map<Name, Map<Type, Gathered>> names = new LinkedHashMap<>();

    RecordCollector(Name apex) {
        this.apex = apex;
    }

    /// Adds a record; a second time, that changes nothing but perhaps the TTL.
    ///
    /// @param at where it stands in the file
    /// @throws FaultyEntry if the record cannot be in this zone beside those before it
    void add(Name owner, Type type, int ttl, Rdata rdata, Entry.Word at) throws FaultyEntry {
        if (!owner.isAtOrBelow(apex)) {
            throw new FaultyEntry(
                    at,
                    owner
                            + " is outside the zone "
                            + apex
                            + "; take it out, or take the last dot away if it belongs below");
        }
        if (type.equals(Type.SOA) && !owner.equals(apex)) {
            throw new FaultyEntry(at, "an SOA stands only at the apex " + apex + "; take it out");
        }
        Map<Type, Gathered> types = names.getOrDefault(owner, Map.of());
        refuseBesideAlias(owner, type, types, at);
        Gathered gathered = types.get(type);
        if (gathered == null) {
            gathered = new Gathered(ttl);
            names.put(owner, with(type, gathered, types));
        }
        if (isSingle(type) && !gathered.rdata.isEmpty() && !gathered.rdata.contains(rdata)) {
            throw new FaultyEntry(
                    at, "a second " + type + " at " + owner + "; leave only one of them");
        }
        gathered.add(ttl, rdata);
        if (gathered.octets > RRsetWire.MOST_OCTETS) {
            throw new FaultyEntry(
                    at, owner + " " + type + " gets too long for a DNS message; use fewer records");
        }
    }

    /// Gives away all RRsets, in the order in which their first record came, and has none left.
    List<RRset> drain() {
        List<RRset> all = new ArrayList<>(names.size());
        var each = names.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<Name, Map<Type, Gathered>> name = each.next();
            name.getValue()
                    .forEach((type, gathered) -> all.add(gathered.rrset(name.getKey(), type)));
            each.remove();
        }
        return all;
    }

    /// What a whole zone needs and is not there; said of the beginning of the file.
    List<MasterFile.Fault> missing() {
        Map<Type, Gathered> atApex = names.getOrDefault(apex, Map.of());
        List<MasterFile.Fault> faults = new ArrayList<>();
        if (!atApex.containsKey(Type.SOA)) {
            faults.add(
                    new MasterFile.Fault(
                            1,
                            1,
                            "there is no SOA at "
                                    + apex
                                    + "; put \"@ SOA ns1 hostmaster 1 3600 900 1209600 60\" first"));
        }
        if (!atApex.containsKey(Type.NS)) {
            faults.add(
                    new MasterFile.Fault(
                            1,
                            1,
                            "there is no NS at " + apex + "; put \"@ NS ns1\" after the SOA"));
        }
        return faults;
    }

    private static Map<Type, Gathered> with(
            Type type, Gathered gathered, Map<Type, Gathered> types) {
        if (types.isEmpty()) {
            return Map.of(type, gathered);
        }
        Map<Type, Gathered> more = types.size() == 1 ? new LinkedHashMap<>(types) : types;
        more.put(type, gathered);
        return more;
    }

    /// RFC 2181 §10.1: a name that is an alias has nothing else.
    private static void refuseBesideAlias(
            Name owner, Type type, Map<Type, Gathered> types, Entry.Word at) throws FaultyEntry {
        boolean alias = type.equals(Type.CNAME);
        for (Type other : types.keySet()) {
            if (!other.equals(type) && (alias || other.equals(Type.CNAME))) {
                throw new FaultyEntry(
                        at,
                        owner
                                + " has "
                                + other
                                + " and "
                                + type
                                + "; beside a CNAME nothing else may stand");
            }
        }
    }

    /// RFC 1034 §3.6.2, RFC 1035 §5.2, RFC 6672 §2.4.
    private static boolean isSingle(Type type) {
        return type.equals(Type.SOA) || type.equals(Type.CNAME) || type.equals(Type.DNAME);
    }

    private static final class Gathered {
        private Set<Rdata> rdata = Set.of();
        private int ttl;
        private long octets;

        Gathered(int ttl) {
            this.ttl = ttl;
        }

        void add(int recordTtl, Rdata data) {
            ttl = Math.min(ttl, recordTtl);
            if (rdata.contains(data)) {
                return;
            }
            octets += RRsetWire.RECORD_HEADER + data.length();
            if (rdata.isEmpty()) {
                rdata = Set.of(data);
                return;
            }
            if (rdata.size() == 1) {
                rdata = new LinkedHashSet<>(rdata);
            }
            rdata.add(data);
        }

        RRset rrset(Name owner, Type type) {
            return new RRset(owner, type, ttl, List.copyOf(rdata));
        }
    }
}

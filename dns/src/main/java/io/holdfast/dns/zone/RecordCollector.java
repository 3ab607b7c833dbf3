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
        Map<Type, Gathered> types = names.computeIfAbsent(owner, _ -> new LinkedHashMap<>());
        refuseBesideAlias(owner, type, types, at);
        Gathered gathered = types.computeIfAbsent(type, _ -> new Gathered(ttl));
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

    /// All RRsets in the order in which their first record came.
    List<RRset> rrsets() {
        List<RRset> all = new ArrayList<>();
        names.forEach((owner, types) ->
                types.forEach((type, gathered) -> all.add(gathered.rrset(owner, type))));
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
        private final Set<Rdata> rdata = new LinkedHashSet<>();
        private int ttl;
        private long octets;

        Gathered(int ttl) {
            this.ttl = ttl;
        }

        void add(int recordTtl, Rdata data) {
            if (rdata.add(data)) {
                octets += RRsetWire.RECORD_HEADER + data.length();
            }
            ttl = Math.min(ttl, recordTtl);
        }

        RRset rrset(Name owner, Type type) {
            return new RRset(owner, type, ttl, List.copyOf(rdata));
        }
    }
}

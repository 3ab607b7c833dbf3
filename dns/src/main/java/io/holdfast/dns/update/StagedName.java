package io.holdfast.dns.update;

import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Serial;
import io.holdfast.dns.Soa;
import io.holdfast.dns.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What stands at one name while an update is done, and what may be done to it.
final class StagedName {
    private static final Type SIG = new Type(24);
    private static final Type KEY = new Type(25);
    private static final Type NXT = new Type(30);
    private static final Type RRSIG = new Type(46);
    private static final Type NSEC = new Type(47);
    private static final Type WKS = new Type(11);

    /// What may stand beside a CNAME (RFC 4034 §3 and §4; RFC 2136 §3.4.2.2 with the types of its
    /// time).
    private static final Set<Type> BESIDE_CNAME = Set.of(Type.CNAME, SIG, KEY, NXT, RRSIG, NSEC);

    /// A second one takes the place of the first.
    private static final Set<Type> ONLY_ONE = Set.of(Type.CNAME, Type.SOA, Type.DNAME);

    /// Of the data of WKS, address and protocol tell one from another (RFC 2136 §1.1.5).
    private static final int WKS_KEY = 5;

    private final boolean isApex;
    private final Map<Type, StagedRRset> rrsets = new LinkedHashMap<>();

    StagedName(boolean isApex, List<RRset> before) {
        this.isApex = isApex;
        before.forEach(r -> rrsets.put(r.type(), new StagedRRset(r.rdata(), r.ttl())));
    }

    Map<Type, StagedRRset> rrsets() {
        return rrsets;
    }

    /// RFC 2136 §3.4.2.2. A record that is there already only brings its TTL, for the whole RRset.
    void add(UpdateStep.Add add) {
        Type type = add.type();
        boolean isOldSoa = type.equals(Type.SOA) && !isNewerSoa(add.rdata());
        if (isOldSoa || !mayStandHere(type)) {
            return;
        }
        StagedRRset rrset =
                rrsets.computeIfAbsent(type, _ -> new StagedRRset(List.of(), add.ttl()));
        rrset.rdata.removeIf(old -> replaces(type, old, add.rdata()));
        rrset.rdata.add(add.rdata());
        rrset.ttl = add.ttl();
    }

    /// §3.4.2.3, one type.
    void delete(Type type) {
        if (!isKept(type)) {
            rrsets.remove(type);
        }
    }

    /// §3.4.2.3, type ANY.
    void deleteAll() {
        rrsets.keySet().removeIf(type -> !isKept(type));
    }

    /// §3.4.2.4. Its pseudo-code keeps the last NS of any name, its text that of the apex alone: a
    /// delegation has to be able to end.
    void delete(Type type, Rdata rdata) {
        StagedRRset rrset = rrsets.get(type);
        if (rrset == null) {
            return;
        }
        boolean isLast = type.equals(Type.SOA) || rrset.rdata.size() == 1;
        if (isLast && isKept(type)) {
            return;
        }
        rrset.rdata.remove(rdata);
        if (rrset.rdata.isEmpty()) {
            rrsets.remove(type);
        }
    }

    private boolean isKept(Type type) {
        return isApex && (type.equals(Type.SOA) || type.equals(Type.NS));
    }

    private boolean mayStandHere(Type type) {
        if (type.equals(Type.CNAME)) {
            return BESIDE_CNAME.containsAll(rrsets.keySet());
        }
        return BESIDE_CNAME.contains(type) || !rrsets.containsKey(Type.CNAME);
    }

    private boolean isNewerSoa(Rdata soa) {
        StagedRRset there = rrsets.get(Type.SOA);
        return there != null
                && isApex
                && Serial.isNewer(
                        Soa.of(soa).serial(), Soa.of(there.rdata.iterator().next()).serial());
    }

    private static boolean replaces(Type type, Rdata old, Rdata by) {
        if (type.equals(WKS)) {
            return Arrays.equals(old.toWire(), 0, WKS_KEY, by.toWire(), 0, WKS_KEY);
        }
        return ONLY_ONE.contains(type) && !old.equals(by);
    }
}

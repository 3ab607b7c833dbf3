package io.holdfast.dns.update;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rcode;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import java.util.List;
import java.util.Set;

/// Whether what an update requires holds (RFC 2136 §3.2).
public final class Prerequisites {
    private Prerequisites() {}

    /// @return NOERROR, or what the first of them says that does not hold
    public static Rcode check(List<Prerequisite> prerequisites, ZoneView zone) {
        for (Prerequisite prerequisite : prerequisites) {
            Rcode rcode = check(prerequisite, zone);
            if (!rcode.equals(Rcode.NOERROR)) {
                return rcode;
            }
        }
        return Rcode.NOERROR;
    }

    private static Rcode check(Prerequisite prerequisite, ZoneView zone) {
        return switch (prerequisite) {
            case Prerequisite.NameInUse(Name name) ->
                    unless(!zone.rrsets(name).isEmpty(), Rcode.NXDOMAIN);
            case Prerequisite.NameNotInUse(Name name) ->
                    unless(zone.rrsets(name).isEmpty(), Rcode.YXDOMAIN);
            case Prerequisite.RRsetExists(Name name, Type type) ->
                    unless(zone.rrset(name, type).isPresent(), Rcode.NXRRSET);
            case Prerequisite.RRsetAbsent(Name name, Type type) ->
                    unless(zone.rrset(name, type).isEmpty(), Rcode.YXRRSET);
            case Prerequisite.RRsetEquals(Name name, Type type, Set<Rdata> rdata) ->
                    unless(
                            zone.rrset(name, type).filter(has -> isSame(has, rdata)).isPresent(),
                            Rcode.NXRRSET);
        };
    }

    private static Rcode unless(boolean holds, Rcode otherwise) {
        return holds ? Rcode.NOERROR : otherwise;
    }

    private static boolean isSame(RRset rrset, Set<Rdata> rdata) {
        return rrset.rdata().size() == rdata.size() && rdata.containsAll(rrset.rdata());
    }
}

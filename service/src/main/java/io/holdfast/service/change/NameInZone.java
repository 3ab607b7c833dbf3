package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Type;
import io.holdfast.dns.zone.Found;
import io.holdfast.dns.zone.Hit;
import io.holdfast.dns.zone.LookupName;
import io.holdfast.dns.zone.Zone;
import io.holdfast.service.zone.DynamicRecords;
import io.holdfast.service.zone.RRsetKey;
import io.holdfast.service.zone.StaticRecords;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a zone has at a name that is no host.
public sealed interface NameInZone {
    /// Records stand there. Those of types that are in neither set follow from the addresses of
    /// hosts.
    ///
    /// @param own the types of those that are the operator's, or that every zone has
    /// @param updated the types of those that a dynamic update put
    record Records(List<RRset> rrsets, Set<Type> own, Set<Type> updated) implements NameInZone {}

    /// Another server's zone has it.
    ///
    /// @param nameServers the NS RRset at the zone cut
    record Delegated(RRset nameServers) implements NameInZone {}

    /// All below a name above is redirected (RFC 6672).
    record Redirected(RRset dname) implements NameInZone {}

    /// A wildcard answers for it (RFC 4592 section 3.3.1).
    record FromWildcard(Name wildcard) implements NameInZone {}

    /// It has no records, but names below it have (an empty non-terminal, RFC 8499).
    record EmptyNonTerminal() implements NameInZone {}

    /// There is no such name.
    record Missing() implements NameInZone {}

    /// The zone is not served.
    record Unserved() implements NameInZone {}

    /// Between two versions of the zone.
    static NameInZone of(Name name, Zone zone, StaticRecords own, DynamicRecords dynamic) {
        Hit hit = new Hit();
        LookupName lookup = new LookupName();
        lookup.read(name.toWire(), 0, name.length());
        Found found = zone.find(lookup, Type.A.value(), hit);
        return switch (found) {
            case REFERRAL -> new Delegated(topmost(Type.NS, name, zone));
            case DNAME -> new Redirected(topmost(Type.DNAME, name.parent(), zone));
            case NXDOMAIN -> new Missing();
            case RECORDS, CNAME, NODATA ->
                    hit.sourceSuffix() > 0
                            ? new FromWildcard(wildcard(name, hit.sourceSuffix()))
                            : existing(name, zone, own, dynamic);
        };
    }

    private static NameInZone existing(
            Name name, Zone zone, StaticRecords own, DynamicRecords dynamic) {
        List<RRset> rrsets = zone.rrsets(name);
        if (rrsets.isEmpty()) {
            return new EmptyNonTerminal();
        }
        Set<Type> updated = new HashSet<>();
        dynamic.at(name).stream()
                .filter(one -> one.rrset().isPresent())
                .forEach(one -> updated.add(one.key().type()));
        Set<Type> operators = new HashSet<>();
        rrsets.stream()
                .map(RRsetKey::of)
                .filter(key -> own.rrset(key).isPresent() && !updated.contains(key.type()))
                .forEach(key -> operators.add(key.type()));
        return new Records(rrsets, operators, updated);
    }

    private static Name wildcard(Name name, int labelsBelow) {
        Name encloser = name;
        for (int i = 0; i < labelsBelow; i++) {
            encloser = encloser.parent();
        }
        return Name.of(encloser.equals(Name.ROOT) ? "*" : "*." + encloser);
    }

    /// Of the RRsets of a type at a name and above it, the one nearest to the apex; what is below
    /// it is not served. NS records at the apex itself delegate nothing.
    private static RRset topmost(Type type, Name name, Zone zone) {
        Optional<RRset> topmost = Optional.empty();
        for (Name at = name; !at.equals(zone.apex()); at = at.parent()) {
            Optional<RRset> here = zone.rrset(at, type);
            topmost = here.isPresent() ? here : topmost;
        }
        boolean countsAtApex = !type.equals(Type.NS);
        Optional<RRset> atApex = zone.rrset(zone.apex(), type).filter(_ -> countsAtApex);
        return (atApex.isPresent() ? atApex : topmost).orElseThrow();
    }
}

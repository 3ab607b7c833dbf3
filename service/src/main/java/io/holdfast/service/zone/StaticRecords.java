package io.holdfast.service.zone;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Soa;
import io.holdfast.dns.Type;
import io.holdfast.net.address.AddressKind;
import io.holdfast.net.address.AddressText;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything a zone holds beside its hosts: the operator's records, and what the zone cannot do
/// without where the operator left it out.
///
/// Left out means: no SOA, no NS at the apex, or no address for a name server whose name is in the
/// zone. Such a server gets 127.0.0.1: right on the machine itself, and a zone every checker loads;
/// whoever serves others writes the real address into the zone's records.
public final class StaticRecords {
    private static final int SOA_TTL = 3600;
    private static final int NS_TTL = 3600;
    private static final int REFRESH = 3600;
    private static final int RETRY = 600;
    private static final int EXPIRE = 14 * 24 * 3600;

    /// How long "there is none" is remembered: as short as an address lives (RFC 2308 §5).
    private static final int NEGATIVE_TTL = 60;

    /// A host's own types, and what suffers nothing beside it.
    static final List<Type> NOT_BESIDE_A_HOST = List.of(Type.A, Type.AAAA, Type.CNAME);

    private static final Rdata THIS_MACHINE = Rdata.of(new byte[] {127, 0, 0, 1});

    /// How many records one warning names; some zones are made of such addresses.
    private static final int MOST_NAMED = 5;

    private final Name apex;
    private final Map<RRsetKey, RRset> rrsets = new LinkedHashMap<>();

    private StaticRecords(Name apex) {
        this.apex = apex;
    }

    /// What follows from a declaration; the SOA carries its serial.
    ///
    /// @throws IllegalArgumentException if a record cannot be in the zone: it is outside, a second
    ///   SOA, or an SOA elsewhere than at the apex
    public static StaticRecords of(DeclaredZone zone) {
        StaticRecords own = new StaticRecords(zone.apex());
        for (RRset rrset : zone.records()) {
            own.require(rrset);
            own.put(rrset);
        }
        own.complete(zone);
        return own;
    }

    /// Every RRset, the SOA among them.
    public List<RRset> rrsets() {
        return List.copyOf(rrsets.values());
    }

    /// How many RRsets there are.
    public int size() {
        return rrsets.size();
    }

    /// The SOA, with the serial of the declaration.
    public RRset soa() {
        return Objects.requireNonNull(rrsets.get(new RRsetKey(apex, Type.SOA)));
    }

    /// The RRset of an owner and type, if there is one.
    public Optional<RRset> rrset(RRsetKey key) {
        return Optional.ofNullable(rrsets.get(key));
    }

    /// RRsets of these that the others lack or hold otherwise. Serials of SOAs are not compared.
    public List<RRset> notIn(StaticRecords others) {
        return rrsets.entrySet().stream()
                .filter(e -> !isSame(e.getValue(), others.rrsets.get(e.getKey())))
                .map(Map.Entry::getValue)
                .toList();
    }

    /// RRsets of which the others have none of that owner and type.
    public List<RRset> goneFrom(StaticRecords others) {
        return rrsets.entrySet().stream()
                .filter(e -> !others.rrsets.containsKey(e.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /// Why a host cannot have a name beside these records, as a sentence about the record in the
    /// way; empty if it can.
    public Optional<String> objectionTo(Name host) {
        for (Type type : NOT_BESIDE_A_HOST) {
            if (rrsets.containsKey(new RRsetKey(host, type))) {
                return Optional.of("the zone's own records have " + type + " at " + host);
            }
        }
        for (Name at = host; !at.equals(apex); at = at.parent()) {
            if (rrsets.containsKey(new RRsetKey(at, Type.NS))) {
                return Optional.of("the zone's own records delegate " + at + " to other servers");
            }
            if (!at.equals(host) && rrsets.containsKey(new RRsetKey(at, Type.DNAME))) {
                return Optional.of("the zone's own records redirect all below " + at + " by DNAME");
            }
        }
        return Optional.empty();
    }

    /// What works and is hardly meant: a name server in this zone without any address, which no
    /// resolver can ask, and addresses that are no host's, such as 127.0.0.1. Nobody can have a
    /// host with such an address; the operator's own records are served as they are.
    public List<String> warnings() {
        List<Name> servers =
                rrsets.values().stream()
                        .filter(rrset -> rrset.type().equals(Type.NS))
                        .flatMap(ns -> ns.rdata().stream())
                        .map(data -> Name.fromWire(data.toWire(), 0))
                        .distinct()
                        .filter(server -> server.isAtOrBelow(apex))
                        .toList();
        List<String> warnings = new ArrayList<>();
        for (Name server : servers) {
            if (isUnreachable(server)) {
                warnings.add(
                        "warning: the name server "
                                + server
                                + " of the zone "
                                + apex
                                + " has no address in it; add an A or AAAA record");
            }
        }
        Set<Name> names = Set.copyOf(servers);
        List<String> others = new ArrayList<>();
        for (RRset rrset : rrsets.values()) {
            for (InetAddress address : addressesOfNoHost(rrset)) {
                String text =
                        "%s %s %s, %s"
                                .formatted(
                                        rrset.owner(),
                                        rrset.type(),
                                        AddressText.of(address),
                                        AddressKind.of(address).noun());
                if (names.contains(rrset.owner())) {
                    warnings.add(
                            "warning: a name server of the zone "
                                    + apex
                                    + " has an address at which nobody reaches it from elsewhere: "
                                    + text
                                    + "; give it an A or AAAA record with its real address");
                } else {
                    others.add(text);
                }
            }
        }
        if (!others.isEmpty()) {
            warnings.add(
                    "warning: addresses in the zone "
                            + apex
                            + " that are no host's: "
                            + others.stream().limit(MOST_NAMED).collect(Collectors.joining("; "))
                            + (others.size() > MOST_NAMED
                                    ? "; and " + (others.size() - MOST_NAMED) + " more"
                                    : "")
                            + "; served as they are");
        }
        return warnings;
    }

    private static List<InetAddress> addressesOfNoHost(RRset rrset) {
        if (!rrset.type().equals(Type.A) && !rrset.type().equals(Type.AAAA)) {
            return List.of();
        }
        return rrset.rdata().stream()
                .map(StaticRecords::address)
                .filter(address -> !AddressKind.of(address).mayBePublished())
                .toList();
    }

    private static InetAddress address(Rdata data) {
        try {
            return InetAddress.getByAddress(data.toWire());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("address data of another length", impossible);
        }
    }

    /// Neither of its own, nor by a wildcard, nor elsewhere by an alias.
    private boolean isUnreachable(Name server) {
        boolean reachable = hasAddressOrAlias(server);
        for (Name at = server; !reachable && !at.equals(apex); ) {
            at = at.parent();
            Name wildcard = Name.of("*." + (at.equals(Name.ROOT) ? "" : at));
            reachable =
                    rrsets.containsKey(new RRsetKey(at, Type.DNAME)) || hasAddressOrAlias(wildcard);
        }
        return !reachable;
    }

    private boolean hasAddressOrAlias(Name name) {
        return Stream.of(Type.A, Type.AAAA, Type.CNAME)
                .anyMatch(type -> rrsets.containsKey(new RRsetKey(name, type)));
    }

    private void require(RRset rrset) {
        if (!rrset.owner().isAtOrBelow(apex)) {
            throw new IllegalArgumentException(rrset.owner() + " is not in the zone " + apex);
        }
        if (rrset.type().equals(Type.SOA)
                && (!rrset.owner().equals(apex) || rrset.rdata().size() > 1)) {
            throw new IllegalArgumentException("the only SOA of a zone is the one at " + apex);
        }
    }

    private void put(RRset rrset) {
        rrsets.put(new RRsetKey(rrset.owner(), rrset.type()), rrset);
    }

    private void complete(DeclaredZone zone) {
        List<Name> servers = zone.policy().nameservers();
        if (servers.isEmpty()) {
            servers = List.of(Name.of("ns1." + (apex.equals(Name.ROOT) ? "" : apex)));
        }
        RRset soa = rrsets.get(new RRsetKey(apex, Type.SOA));
        put(soa == null ? soa(servers.getFirst(), zone.serial()) : with(zone.serial(), soa));
        if (!rrsets.containsKey(new RRsetKey(apex, Type.NS))) {
            List<Rdata> names = servers.stream().map(n -> Rdata.of(n.toWire())).toList();
            put(new RRset(apex, Type.NS, NS_TTL, names));
            servers.stream().filter(this::lacksAddress).forEach(this::giveAddress);
        }
    }

    private boolean lacksAddress(Name server) {
        return server.isAtOrBelow(apex)
                && !rrsets.containsKey(new RRsetKey(server, Type.A))
                && !rrsets.containsKey(new RRsetKey(server, Type.AAAA))
                && objectionTo(server).isEmpty();
    }

    private void giveAddress(Name server) {
        put(new RRset(server, Type.A, NS_TTL, List.of(THIS_MACHINE)));
    }

    private RRset soa(Name primary, int serial) {
        Name mailbox = Name.of("hostmaster." + (apex.equals(Name.ROOT) ? "" : apex));
        Soa soa = new Soa(primary, mailbox, serial, REFRESH, RETRY, EXPIRE, NEGATIVE_TTL);
        return new RRset(apex, Type.SOA, SOA_TTL, List.of(soa.toRdata()));
    }

    private static RRset with(int serial, RRset soa) {
        Rdata data = Soa.of(soa.rdata().getFirst()).withSerial(serial).toRdata();
        return new RRset(soa.owner(), Type.SOA, soa.ttl(), List.of(data));
    }

    private static boolean isSame(RRset mine, @Nullable RRset theirs) {
        if (theirs == null) {
            return false;
        }
        return mine.type().equals(Type.SOA)
                ? with(0, mine).equals(with(0, theirs))
                : mine.equals(theirs);
    }
}

package io.holdfast.dns.zone;

import io.holdfast.dns.BigEndian;
import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Soa;
import io.holdfast.dns.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// One zone, readable by any number of threads while one writer changes it.
///
/// A search goes down from the apex label by label. Every name above an existing one exists (see
/// [NodeTree]), so the first label that is missing ends it and the node before is the closest
/// encloser of RFC 4592; a delegation on the way is met before anything below it.
public final class Zone {
    /// Where the serial stands, counted from the end of an SOA's data: five numbers, the serial
    /// first.
    private static final int SERIAL_FROM_END = 20;

    private final Name apex;
    private final int apexLabels;
    private final NodeTree tree;

    private Zone(Name apex) {
        this.apex = apex;
        this.apexLabels = apex.labels();
        this.tree = new NodeTree(apex);
    }

    /// Of two RRsets of the same owner and type the later one stands.
    ///
    /// @param rrsets everything in the zone, the SOA at the apex among it
    /// @throws IllegalArgumentException if there is no SOA at the apex, an owner is outside, or an
    ///   RRset is too long for a message
    public static Zone of(Name apex, Iterable<RRset> rrsets) {
        return of(apex, rrsets, List.of());
    }

    /// As [#of(Name, Iterable)], with names that exist whether or not they have records.
    ///
    /// @param reserved at or below the apex
    public static Zone of(Name apex, Iterable<RRset> rrsets, Iterable<Name> reserved) {
        Zone zone = new Zone(apex);
        for (RRset rrset : rrsets) {
            zone.check(new RRsetChange.Put(rrset));
            Name owner = rrset.owner();
            zone.tree.set(owner, RRsetWire.put(zone.tree.records(owner), RRsetWire.of(rrset)));
        }
        if (zone.tree.apex().find(Type.SOA.value()) == RRsetWire.NONE) {
            throw new IllegalArgumentException("there is no SOA at " + apex);
        }
        for (Name name : reserved) {
            zone.check(new RRsetChange.Reserve(name));
            zone.tree.reserve(name, true);
        }
        return zone;
    }

    public Name apex() {
        return apex;
    }

    /// The SOA's serial, unsigned.
    public int serial() {
        byte[] records = tree.apex().records;
        return BigEndian.i32(records, serialAt(records));
    }

    /// Makes the next version: applies all changes in order and gives the SOA the new serial, which
    /// is seen last. One writer only. A reader sees each node whole, before or after.
    ///
    /// @throws IllegalArgumentException for a change outside the zone, one that takes the SOA away,
    ///   or an RRset too long for a message; nothing has changed then
    public void apply(List<RRsetChange> changes, int serial) {
        Map<Name, byte[]> next = new LinkedHashMap<>();
        Map<Name, Boolean> reserved = new LinkedHashMap<>();
        for (RRsetChange change : changes) {
            check(change);
            switch (change) {
                case RRsetChange.Put(RRset rrset) ->
                        next.put(
                                rrset.owner(),
                                RRsetWire.put(
                                        next.computeIfAbsent(rrset.owner(), tree::records),
                                        RRsetWire.of(rrset)));
                case RRsetChange.Remove(Name owner, Type type) ->
                        next.put(
                                owner,
                                RRsetWire.remove(
                                        next.computeIfAbsent(owner, tree::records), type.value()));
                case RRsetChange.Reserve(Name owner) -> reserved.put(owner, true);
                case RRsetChange.Release(Name owner) -> reserved.put(owner, false);
            }
        }
        byte[] apexRecords = next.remove(apex);
        byte[] atApex = (apexRecords == null ? tree.apex().records : apexRecords).clone();
        BigEndian.put32(atApex, serialAt(atApex), serial);
        next.forEach(tree::set);
        reserved.forEach(tree::reserve);
        tree.set(apex, atApex);
    }

    public Optional<RRset> rrset(Name owner, Type type) {
        if (!owner.isAtOrBelow(apex)) {
            return Optional.empty();
        }
        byte[] records = tree.records(owner);
        int at = RRsetWire.find(records, type.value());
        return at == RRsetWire.NONE
                ? Optional.empty()
                : Optional.of(RRsetWire.read(owner, records, at));
    }

    /// Every RRset, the SOA first. Each node is seen whole; for one version as a whole, call it
    /// where the writer is not writing.
    public void forEach(Consumer<RRset> visitor) {
        byte[] atApex = tree.apex().records;
        int soa = RRsetWire.find(atApex, Type.SOA.value());
        visitor.accept(RRsetWire.read(apex, atApex, soa));
        for (int at = 0; at < atApex.length; at = RRsetWire.next(atApex, at)) {
            if (at != soa) {
                visitor.accept(RRsetWire.read(apex, atApex, at));
            }
        }
        tree.forEachBelow(node -> {
            Name owner = Name.fromWire(node.name, 0);
            for (int at = 0; at < node.records.length; ) {
                visitor.accept(RRsetWire.read(owner, node.records, at));
                at = RRsetWire.next(node.records, at);
            }
        });
    }

    /// Decides what is to be said to a question; allocates nothing.
    ///
    /// @param name at or below the apex
    /// @param type as on the wire; [Type#ANY] takes any one RRset (RFC 8482 §4.1)
    /// @param hit filled for [Found#RECORDS], [Found#ALIAS], [Found#RENAMED] and [Found#REFERRAL]
    public Found find(LookupName name, int type, Hit hit) {
        Node node = tree.apex();
        for (int suffix = name.labels() - apexLabels; suffix > 0; suffix--) {
            if (node.renames) {
                hit.set(node, node.find(Type.DNAME.value()), suffix);
                return Found.RENAMED;
            }
            Node below = tree.find(name, suffix - 1);
            if (below == null) {
                Node wildcard = tree.findWildcard(name, suffix);
                return wildcard == null ? Found.NO_NAME : at(wildcard, type, hit);
            }
            // RFC 4035 §3.1.4.1: the DS of a zone is answered by its parent, with authority.
            if (below.delegates && !(suffix == 1 && type == Type.DS.value())) {
                hit.set(below, below.find(Type.NS.value()), suffix - 1);
                return Found.REFERRAL;
            }
            node = below;
        }
        return at(node, type, hit);
    }

    private static Found at(Node node, int type, Hit hit) {
        Found found = Found.RECORDS;
        int rrset = node.find(type);
        if (rrset == RRsetWire.NONE && !node.isEmpty()) {
            if (type == Type.ANY.value()) {
                rrset = 0;
            } else {
                rrset = node.find(Type.CNAME.value());
                found = Found.ALIAS;
            }
        }
        if (rrset == RRsetWire.NONE) {
            return Found.NO_DATA;
        }
        hit.set(node, rrset, 0);
        return found;
    }

    /// The SOA, for the authority section of a negative answer about `name`.
    ///
    /// @param name at or below the apex
    public void soa(LookupName name, Hit hit) {
        Node node = tree.apex();
        hit.set(node, node.find(Type.SOA.value()), name.labels() - apexLabels);
    }

    /// Addresses of a name that other records mention: glue, too, which [#find] does not see.
    /// Wildcards are not looked at.
    ///
    /// @param type [Type#A] or [Type#AAAA]
    /// @return whether there are any, which then are in `hit`
    public boolean addresses(LookupName name, int type, Hit hit) {
        if (!contains(name)) {
            return false;
        }
        int below = name.labels() - apexLabels;
        Node node = below == 0 ? tree.apex() : tree.find(name, 0);
        int rrset = node == null ? RRsetWire.NONE : node.find(type);
        if (node == null || rrset == RRsetWire.NONE) {
            return false;
        }
        hit.set(node, rrset, 0);
        return true;
    }

    /// Whether the name is at or below the apex.
    boolean contains(LookupName name) {
        int suffix = name.labels() - apexLabels;
        return suffix >= 0 && name.isNamed(suffix, tree.apex().name);
    }

    int apexLabels() {
        return apexLabels;
    }

    int apexHash() {
        return tree.apex().hash;
    }

    private void check(RRsetChange change) {
        if (!owner(change).isAtOrBelow(apex)) {
            throw new IllegalArgumentException(owner(change) + " is outside the zone " + apex);
        }
        switch (change) {
            case RRsetChange.Put(RRset rrset) when rrset.type().equals(Type.SOA) -> {
                if (!rrset.owner().equals(apex) || rrset.rdata().size() != 1) {
                    throw new IllegalArgumentException("a zone has one SOA, at its apex " + apex);
                }
                Soa.of(rrset.rdata().getFirst()); // throws if it is none
            }
            case RRsetChange.Remove(Name owner, Type type)
                    when type.equals(Type.SOA) && owner.equals(apex) ->
                    throw new IllegalArgumentException("the SOA at " + apex + " cannot go");
            case RRsetChange.Put _, RRsetChange.Remove _ -> {}
            case RRsetChange.Reserve _, RRsetChange.Release _ -> {}
        }
    }

    private static Name owner(RRsetChange change) {
        return switch (change) {
            case RRsetChange.Put(RRset rrset) -> rrset.owner();
            case RRsetChange.Remove(Name owner, Type _) -> owner;
            case RRsetChange.Reserve(Name owner) -> owner;
            case RRsetChange.Release(Name owner) -> owner;
        };
    }

    private static int serialAt(byte[] apexRecords) {
        int soa = RRsetWire.find(apexRecords, Type.SOA.value());
        return RRsetWire.next(apexRecords, soa) - SERIAL_FROM_END;
    }
}

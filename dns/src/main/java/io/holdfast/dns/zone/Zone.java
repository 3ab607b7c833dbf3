package io.holdfast.dns.zone;

import io.holdfast.dns.BigEndian;
import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Soa;
import io.holdfast.dns.Type;
import java.util.ArrayList;
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
    private final byte[] apexWire;
    private final int apexLabels;
    private final NodeTree tree;
    private final boolean available;

    private Zone(Name apex, boolean available) {
        this.available = available;
        this.apex = apex;
        this.apexWire = apex.toWire();
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
        Zone zone = new Zone(apex, true);
        rrsets.forEach(rrset -> zone.load(new RRsetChange.Put(rrset)));
        reserved.forEach(name -> zone.load(new RRsetChange.Reserve(name)));
        if (zone.tree.apex().find(Type.SOA.value()) == RRsetWire.NONE) {
            throw new IllegalArgumentException("there is no SOA at " + apex);
        }
        return zone;
    }

    /// A zone of which nothing is known but that its names are in it and nowhere else.
    static Zone unavailable(Name apex) {
        return new Zone(apex, false);
    }

    /// Whether there is anything to answer from; if not, the answer is SERVFAIL.
    public boolean isAvailable() {
        return available;
    }

    /// Whether a message could carry the RRset; else no zone can hold it.
    public static boolean canHold(RRset rrset) {
        return RRsetWire.octets(rrset.rdata()) <= RRsetWire.MOST_OCTETS;
    }

    public Name apex() {
        return apex;
    }

    /// The SOA's serial, unsigned.
    public int serial() {
        Node node = tree.apex();
        return BigEndian.i32(node.octets, serialAt(node.octets, node.recordsAt));
    }

    /// Makes the next version: applies all changes in order and gives the SOA the new serial, which
    /// is seen last. One writer only. A reader sees each node whole, before or after.
    ///
    /// @throws IllegalArgumentException for a change outside the zone, one that takes the SOA away,
    ///   or an RRset too long for a message; nothing has changed then
    public void apply(List<RRsetChange> changes, int serial) {
        Map<Name, Content> next = new LinkedHashMap<>();
        for (RRsetChange change : changes) {
            check(change);
            Name owner = owner(change);
            next.put(owner, after(next.computeIfAbsent(owner, tree::content), change));
        }
        Content atApex = next.computeIfAbsent(apex, tree::content);
        next.remove(apex); // it comes last
        BigEndian.put32(atApex.records, serialAt(atApex.records, 0), serial);
        next.forEach(tree::set);
        tree.set(apex, atApex);
    }

    public Optional<RRset> rrset(Name owner, Type type) {
        if (!owner.isAtOrBelow(apex)) {
            return Optional.empty();
        }
        Node node = tree.find(owner);
        int at = node == null ? RRsetWire.NONE : node.find(type.value());
        return node == null || at == RRsetWire.NONE
                ? Optional.empty()
                : Optional.of(RRsetWire.read(owner, node.octets, at));
    }

    /// Every RRset of a name; none where there is no such name.
    public List<RRset> rrsets(Name owner) {
        List<RRset> rrsets = new ArrayList<>();
        Node node = owner.isAtOrBelow(apex) ? tree.find(owner) : null;
        if (node != null) {
            node.forEach(rrsets::add);
        }
        return rrsets;
    }

    /// Every RRset, the SOA first. Each node is seen whole; for one version as a whole, call it
    /// where the writer is not writing.
    public void forEach(Consumer<RRset> visitor) {
        Node atApex = tree.apex();
        int soa = atApex.find(Type.SOA.value());
        visitor.accept(RRsetWire.read(apex, atApex.octets, soa));
        atApex.forEach(rrset -> {
            if (!rrset.type().equals(Type.SOA)) {
                visitor.accept(rrset);
            }
        });
        tree.forEachBelow(node -> node.forEach(visitor));
    }

    /// This version as a whole. For the writer's thread: another would see parts of two versions.
    public ZoneSnapshot snapshot() {
        List<Node> below = new ArrayList<>();
        tree.forEachBelow(below::add);
        return new ZoneSnapshot(apex, tree.apex(), below.toArray(new Node[0]));
    }

    /// Decides what is to be said to a question; allocates nothing.
    ///
    /// @param name at or below the apex
    /// @param type as on the wire; [Type#ANY] takes any one RRset (RFC 8482 §4.1)
    /// @param hit filled for [Found#RECORDS], [Found#CNAME], [Found#DNAME] and [Found#REFERRAL]
    public Found find(LookupName name, int type, Hit hit) {
        Node node = tree.apex();
        hit.from(0);
        for (int suffix = name.labels() - apexLabels; suffix > 0; suffix--) {
            if (node.renames) {
                hit.set(node, node.find(Type.DNAME.value()), suffix);
                return Found.DNAME;
            }
            Node below = tree.find(name, suffix - 1);
            if (below == null) {
                hit.from(suffix);
                Node wildcard = tree.findWildcard(name, suffix);
                return wildcard == null ? Found.NXDOMAIN : at(wildcard, type, hit);
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
                rrset = node.recordsAt;
            } else {
                // RFC 4035 §2.5: signatures and denial stand beside a CNAME, so they are asked of
                // it.
                rrset =
                        type == Type.RRSIG.value() || type == Type.NSEC.value()
                                ? RRsetWire.NONE
                                : node.find(Type.CNAME.value());
                found = Found.CNAME;
            }
        }
        if (rrset == RRsetWire.NONE) {
            return Found.NODATA;
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

    /// What goes with records that mention a name: its addresses, glue among them, which [#find]
    /// does not see; or another type, but not from below a delegation, where nothing but glue is
    /// ours to tell. A wildcard has them, too, for names in its reach; what a DNAME hides, nobody
    /// has.
    ///
    /// @param type such as [Type#A] or [Type#AAAA]
    /// @return whether there are any, which then are in `hit`
    public boolean addresses(LookupName name, int type, Hit hit) {
        if (!contains(name)) {
            return false;
        }
        boolean glue = type == Type.A.value() || type == Type.AAAA.value();
        Node node = tree.apex();
        for (int suffix = name.labels() - apexLabels - 1; suffix >= 0; suffix--) {
            if (node.renames) {
                return false;
            }
            Node below = tree.find(name, suffix);
            if (below == null) {
                return find(name, type, hit) == Found.RECORDS;
            }
            if (below.delegates && !glue) {
                return false;
            }
            node = below;
        }
        int rrset = node.find(type);
        if (rrset == RRsetWire.NONE) {
            return false;
        }
        hit.set(node, rrset, 0);
        return true;
    }

    /// Whether the name is at or below the apex.
    boolean contains(LookupName name) {
        int suffix = name.labels() - apexLabels;
        return suffix >= 0 && name.isNamed(suffix, apexWire, apexWire.length);
    }

    /// Which suffix of a name at or below the apex is the apex.
    public int suffix(LookupName name) {
        return name.labels() - apexLabels;
    }

    int apexLabels() {
        return apexLabels;
    }

    int apexHash() {
        return tree.apex().hash;
    }

    private void load(RRsetChange change) {
        check(change);
        tree.set(owner(change), after(tree.content(owner(change)), change));
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

    private static Content after(Content before, RRsetChange change) {
        byte[] records = before.records;
        return switch (change) {
            case RRsetChange.Put(RRset rrset) ->
                    before.withRecords(RRsetWire.put(records, RRsetWire.of(rrset)));
            case RRsetChange.Remove(Name _, Type type) ->
                    before.withRecords(RRsetWire.remove(records, type.value()));
            case RRsetChange.Reserve _ -> before.withReserved(true);
            case RRsetChange.Release _ -> before.withReserved(false);
        };
    }

    /// Where the serial stands among the RRsets of the apex, which begin at `from`.
    private static int serialAt(byte[] octets, int from) {
        int soa = RRsetWire.find(octets, from, Type.SOA.value());
        return RRsetWire.next(octets, soa) - SERIAL_FROM_END;
    }
}

package io.holdfast.dns.zone;

import io.holdfast.dns.Name;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The nodes of a zone as a tree without gaps: above each node with records stands one for every
/// name up to the apex, an empty non-terminal where need be (RFC 4592 §2.2.2).
///
/// One thread writes, any number read. Names come and go in such an order that a reader who goes
/// down from the apex meets a new name once all of it is there, and no part of one that went.
final class NodeTree {
    private final NameTable below = new NameTable();
    private final int apexLabels;
    private volatile Node apex;

    /// The apex alone, without records.
    NodeTree(Name apex) {
        apexLabels = apex.labels();
        this.apex = node(LookupName.of(apex), 0, Node.NO_RECORDS, 0);
    }

    Node apex() {
        return apex;
    }

    /// The node of a suffix that is below the apex, or null.
    @Nullable Node find(LookupName name, int suffix) {
        return below.find(name, suffix);
    }

    /// The node of `*.` and a suffix, or null.
    @Nullable Node findWildcard(LookupName name, int suffix) {
        return below.findWildcard(name, suffix);
    }

    void forEachBelow(Consumer<Node> visitor) {
        below.forEach(visitor);
    }

    /// All RRsets of a name at or below the apex; empty if it has none.
    byte[] records(Name owner) {
        LookupName name = LookupName.of(owner);
        Node node = name.labels() == apexLabels ? apex : below.find(name, 0);
        return node == null ? Node.NO_RECORDS : node.records;
    }

    /// Makes these all RRsets of a name at or below the apex. For the writer.
    void set(Name owner, byte[] records) {
        LookupName name = LookupName.of(owner);
        if (name.labels() == apexLabels) {
            apex = apex.withRecords(records);
            return;
        }
        Node there = below.find(name, 0);
        if (there == null) {
            if (records.length > 0) {
                add(name, node(name, 0, records, 0));
            }
        } else {
            put(name, there, there.withRecords(records));
        }
    }

    /// Says whether a name below the apex exists even without records. For the writer.
    void reserve(Name owner, boolean reserved) {
        LookupName name = LookupName.of(owner);
        if (name.labels() == apexLabels) {
            return; // the apex always exists
        }
        Node there = below.find(name, 0);
        if (there != null) {
            put(name, there, there.withReserved(reserved));
        } else if (reserved) {
            add(name, node(name, 0, Node.NO_RECORDS, 0).withReserved(true));
        }
    }

    private void put(LookupName name, Node there, Node next) {
        if (next.isEmpty() && next.children == 0 && !next.reserved) {
            remove(name, there);
        } else {
            below.replace(there, next);
        }
    }

    /// From the bottom up: nobody gets to the lower nodes before the highest is in its place.
    private void add(LookupName name, Node lowest) {
        below.add(lowest);
        for (int suffix = 1; suffix < name.labels() - apexLabels; suffix++) {
            Node parent = below.find(name, suffix);
            if (parent != null) {
                below.replace(parent, parent.withChildren(parent.children + 1));
                return;
            }
            below.add(node(name, suffix, Node.NO_RECORDS, 1));
        }
    }

    /// Takes a leaf out, with the empty non-terminals that only it was below of; from the top down,
    /// so that nobody meets one of them with nothing below.
    private void remove(LookupName name, Node leaf) {
        Deque<Node> leaving = new ArrayDeque<>();
        leaving.push(leaf);
        for (int suffix = 1; suffix < name.labels() - apexLabels; suffix++) {
            Node parent = below.find(name, suffix);
            if (parent == null) {
                throw new IllegalStateException("a node without the one above it");
            }
            if (!parent.isEmpty() || parent.children > 1 || parent.reserved) {
                below.replace(parent, parent.withChildren(parent.children - 1));
                break;
            }
            leaving.push(parent);
        }
        leaving.forEach(below::remove);
    }

    private static Node node(LookupName name, int suffix, byte[] records, int children) {
        return new Node(name.copy(suffix), name.hash(suffix), records, children, false);
    }
}

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
        this.apex = node(LookupName.of(apex), 0, Content.NONE, 0);
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

    /// The node of a name at or below the apex, or null.
    @Nullable Node find(Name owner) {
        LookupName name = LookupName.of(owner);
        return name.labels() == apexLabels ? apex : below.find(name, 0);
    }

    /// What stands at a name at or below the apex.
    Content content(Name owner) {
        Node node = find(owner);
        return node == null ? Content.NONE : node.content();
    }

    /// Makes this what stands at a name at or below the apex, in one step. For the writer.
    void set(Name owner, Content content) {
        LookupName name = LookupName.of(owner);
        if (name.labels() == apexLabels) {
            apex = apex.withContent(content);
            return;
        }
        Node there = below.find(name, 0);
        if (there == null) {
            if (content.exists()) {
                add(name, content);
            }
        } else if (content.exists() || there.children > 0) {
            below.replace(there, there.withContent(content));
        } else {
            remove(name, there);
        }
    }

    /// From the bottom up: nobody gets to the lower nodes before the highest is in its place.
    private void add(LookupName name, Content content) {
        below.add(node(name, 0, content, 0));
        for (int suffix = 1; suffix < name.labels() - apexLabels; suffix++) {
            Node parent = below.find(name, suffix);
            if (parent != null) {
                below.replace(parent, parent.withChildren(parent.children + 1));
                return;
            }
            below.add(node(name, suffix, Content.NONE, 1));
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

    private static Node node(LookupName name, int suffix, Content content, int children) {
        return new Node(name.copy(suffix), name.hash(suffix), content, children);
    }
}

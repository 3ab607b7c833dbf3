package io.holdfast.dns.zone;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Nodes by name: an open-addressed hash table that any number of threads read without a lock while
/// one writes.
///
/// A slot goes from empty to a node, from node to node of the same name, and from a node to
/// [#REMOVED], which another name may take later; never back to empty, so that no reader's probe
/// ends too early. Nodes do not move: when slots run short the writer fills a copy and then shows
/// that. A reader in the old copy misses nothing that was there when it began.
final class NameTable {
    /// Takes the place of a node that went; matches no name.
    private static final Node REMOVED = new Node(new byte[0], 0, Content.NONE, 0);

    private static final int FIRST_CAPACITY = 16;

    private volatile AtomicReferenceArray<@Nullable Node> slots =
            new AtomicReferenceArray<>(FIRST_CAPACITY);

    /// Slots that are not empty; the writer's.
    private int used;

    /// Slots that hold a node; the writer's.
    private int nodes;

    /// The node of a suffix of `name`, or null.
    @Nullable Node find(LookupName name, int suffix) {
        AtomicReferenceArray<@Nullable Node> slots = this.slots;
        int hash = name.hash(suffix);
        int mask = slots.length() - 1;
        for (int i = hash & mask; ; i = (i + 1) & mask) { // ends: a third of the slots is empty
            Node node = slots.getAcquire(i);
            if (node == null
                    || (node.hash == hash && name.isNamed(suffix, node.octets, node.recordsAt))) {
                return node;
            }
        }
    }

    /// The node of `*.` and a suffix of `name`, or null.
    @Nullable Node findWildcard(LookupName name, int suffix) {
        AtomicReferenceArray<@Nullable Node> slots = this.slots;
        int hash = name.wildcardHash(suffix);
        int mask = slots.length() - 1;
        for (int i = hash & mask; ; i = (i + 1) & mask) {
            Node node = slots.getAcquire(i);
            if (node == null
                    || (node.hash == hash
                            && name.wildcardIsNamed(suffix, node.octets, node.recordsAt))) {
                return node;
            }
        }
    }

    /// Adds the first node of a name.
    void add(Node node) {
        if ((used + 1) * 3L > slots.length() * 2L) {
            rebuild();
        }
        if (place(slots, node)) {
            used++;
        }
        nodes++;
    }

    /// Puts `next` where `old`, of the same name, is.
    void replace(Node old, Node next) {
        slots.setRelease(slotOf(old), next);
    }

    /// Takes a node out.
    void remove(Node node) {
        slots.setRelease(slotOf(node), REMOVED);
        nodes--;
    }

    /// Visits each node once, in no order; one that is added or goes meanwhile may be left out.
    void forEach(Consumer<Node> visitor) {
        AtomicReferenceArray<@Nullable Node> slots = this.slots;
        for (int i = 0; i < slots.length(); i++) {
            Node node = slots.getAcquire(i);
            if (node != null && node != REMOVED) {
                visitor.accept(node);
            }
        }
    }

    private int slotOf(Node node) {
        int mask = slots.length() - 1;
        int i = node.hash & mask;
        Node there = slots.getPlain(i);
        while (there != node) {
            if (there == null) {
                throw new IllegalStateException("a node that is not in its table");
            }
            i = (i + 1) & mask;
            there = slots.getPlain(i);
        }
        return i;
    }

    /// A copy without what was removed, doubled if nodes alone take a third: either way the next
    /// one is a third of the slots away.
    private void rebuild() {
        int capacity = slots.length();
        if (nodes > capacity / 3) {
            capacity = Math.multiplyExact(capacity, 2);
        }
        AtomicReferenceArray<@Nullable Node> copy = new AtomicReferenceArray<>(capacity);
        forEach(node -> place(copy, node));
        used = nodes;
        slots = copy;
    }

    /// Returns whether an empty slot was used up.
    private static boolean place(AtomicReferenceArray<@Nullable Node> slots, Node node) {
        int mask = slots.length() - 1;
        int i = node.hash & mask;
        Node there = slots.getPlain(i);
        while (there != null && there != REMOVED) {
            i = (i + 1) & mask;
            there = slots.getPlain(i);
        }
        slots.setRelease(i, node);
        return there == null;
    }
}

package io.holdfast.dns.zone;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Type;
import java.util.Arrays;
import java.util.function.Consumer;

/// Everything that stands at one name, ready to send. Never changes: a writer puts another in its
/// place, so a reader sees all of it or none.
///
/// A node without records is an empty non-terminal: the name exists because one below it does (RFC
/// 4592 §2.2.2, RFC 8020), or because it is reserved.
final class Node {
    /// The name in lower-case wire form, and after it the RRsets in the form of [RRsetWire]. One
    /// array for both: a query fetches less memory, and a host takes less.
    final byte[] octets;

    /// Where the RRsets begin, which is how long the name is.
    final int recordsAt;

    /// [LookupName#hash] of the name.
    final int hash;

    /// How many nodes stand right below.
    final int children;

    /// Exists whether or not it has records or anything below.
    final boolean reserved;

    /// There are NS records: unless this is the apex, here begins somebody else's zone.
    final boolean delegates;

    /// There is a DNAME: all names below are elsewhere (RFC 6672).
    final boolean renames;

    Node(byte[] name, int hash, Content content, int children) {
        this(name, name.length, hash, content, children);
    }

    private Node(byte[] name, int nameLength, int hash, Content content, int children) {
        this(
                joined(name, nameLength, content.records),
                nameLength,
                hash,
                content.reserved,
                children);
    }

    private Node(byte[] octets, int recordsAt, int hash, boolean reserved, int children) {
        this.octets = octets;
        this.recordsAt = recordsAt;
        this.hash = hash;
        this.reserved = reserved;
        this.children = children;
        this.delegates = find(Type.NS.value()) != RRsetWire.NONE;
        this.renames = find(Type.DNAME.value()) != RRsetWire.NONE;
    }

    Node withContent(Content content) {
        return new Node(octets, recordsAt, hash, content, children);
    }

    Node withChildren(int next) {
        return new Node(octets, recordsAt, hash, reserved, next);
    }

    boolean isEmpty() {
        return recordsAt == octets.length;
    }

    /// Where in `octets` the RRset of a type begins, or [RRsetWire#NONE].
    int find(int type) {
        return RRsetWire.find(octets, recordsAt, type);
    }

    /// What stands here, as a copy.
    Content content() {
        return new Content(Arrays.copyOfRange(octets, recordsAt, octets.length), reserved);
    }

    /// Shows every RRset as a value.
    void forEach(Consumer<RRset> visitor) {
        Name owner = Name.fromWire(octets, 0);
        for (int at = recordsAt; at < octets.length; at = RRsetWire.next(octets, at)) {
            visitor.accept(RRsetWire.read(owner, octets, at));
        }
    }

    private static byte[] joined(byte[] name, int length, byte[] records) {
        byte[] octets = Arrays.copyOf(name, length + records.length);
        System.arraycopy(records, 0, octets, length, records.length);
        return octets;
    }
}

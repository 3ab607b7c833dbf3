package io.holdfast.dns.zone;

import io.holdfast.dns.Type;

/// Everything that stands at one name, ready to send. Never changes: a writer puts another in its
/// place, so a reader sees all of it or none.
///
/// A node without records is an empty non-terminal: the name exists because one below it does (RFC
/// 4592 §2.2.2, RFC 8020), or because it is reserved.
final class Node {
    static final byte[] NO_RECORDS = {};

    /// Lower-case wire form.
    final byte[] name;

    /// [LookupName#hash] of the name.
    final int hash;

    /// RRsets one after the other; [RRsetWire] knows the form.
    final byte[] records;

    /// How many nodes stand right below.
    final int children;

    /// Exists whether or not it has records or anything below.
    final boolean reserved;

    /// There are NS records: unless this is the apex, here begins somebody else's zone.
    final boolean delegates;

    /// There is a DNAME: all names below are elsewhere (RFC 6672).
    final boolean renames;

    Node(byte[] name, int hash, byte[] records, int children, boolean reserved) {
        this.name = name;
        this.hash = hash;
        this.records = records;
        this.children = children;
        this.reserved = reserved;
        this.delegates = find(Type.NS.value()) != RRsetWire.NONE;
        this.renames = find(Type.DNAME.value()) != RRsetWire.NONE;
    }

    Node withRecords(byte[] next) {
        return new Node(name, hash, next, children, reserved);
    }

    Node withChildren(int next) {
        return new Node(name, hash, records, next, reserved);
    }

    Node withReserved(boolean next) {
        return new Node(name, hash, records, children, next);
    }

    boolean isEmpty() {
        return records.length == 0;
    }

    /// Where in `records` the RRset of a type begins, or [RRsetWire#NONE].
    int find(int type) {
        return RRsetWire.find(records, type);
    }
}

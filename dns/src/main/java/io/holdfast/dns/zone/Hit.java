package io.holdfast.dns.zone;

import io.holdfast.dns.BigEndian;

/// The records a search found, ready to send; filled again by each search. One thread uses it.
public final class Hit {
    private byte[] records = {};
    private int from;
    private int octets;
    private int count;
    private int owner;
    private int source;

    void set(Node node, int rrset, int ownerSuffix) {
        records = node.octets;
        from = RRsetWire.first(rrset);
        octets = RRsetWire.octets(records, rrset);
        count = RRsetWire.count(records, rrset);
        owner = ownerSuffix;
    }

    /// Notes whose records they are: a name of its own, or all that a wildcard below this suffix
    /// stands for.
    void from(int suffix) {
        source = suffix;
    }

    /// Which suffix of the name sought the search ended at: 0, or the closest encloser if a
    /// wildcard stands for the name. Valid also where nothing was found.
    public int sourceSuffix() {
        return source;
    }

    /// How many records there are.
    public int count() {
        return count;
    }

    /// How many octets they take.
    public int octets() {
        return octets;
    }

    /// Which suffix of the name sought they stand at.
    public int ownerSuffix() {
        return owner;
    }

    /// The type of the records.
    public int type() {
        return BigEndian.u16(records, from + 2);
    }

    /// Writes the records one after the other, each owner a pointer to the question of the message
    /// (0xC00C).
    public void copyTo(byte[] out, int at) {
        System.arraycopy(records, from, out, at, octets);
    }
}

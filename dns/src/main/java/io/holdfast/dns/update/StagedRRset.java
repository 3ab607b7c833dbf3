package io.holdfast.dns.update;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// An RRset in the making.
final class StagedRRset {
    final Set<Rdata> rdata;
    int ttl;

    StagedRRset(List<Rdata> rdata, int ttl) {
        this.rdata = new LinkedHashSet<>(rdata);
        this.ttl = ttl;
    }

    /// Whether nothing but the order of the records is different.
    boolean isSame(RRset other) {
        return ttl == other.ttl()
                && rdata.size() == other.rdata().size()
                && rdata.containsAll(other.rdata());
    }

    RRset toRRset(Name owner, Type type) {
        return new RRset(owner, type, ttl, List.copyOf(rdata));
    }
}

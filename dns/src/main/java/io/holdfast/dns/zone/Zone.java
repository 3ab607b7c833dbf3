package io.holdfast.dns.zone;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One zone, readable by any number of threads while one writer changes it.
public final class Zone {
    /// @param rrsets everything in the zone, the SOA at the apex among it
    /// @throws IllegalArgumentException if there is no SOA at the apex, or an owner is outside
    public static Zone of(Name apex, Iterable<RRset> rrsets) {
        throw new UnsupportedOperationException();
    }

    public Name apex() {
        throw new UnsupportedOperationException();
    }

    /// The SOA's serial, unsigned.
    public int serial() {
        throw new UnsupportedOperationException();
    }

    /// Makes the next version: applies all changes in order and gives the SOA the new serial. One
    /// writer only. A reader sees each node whole, before or after.
    public void apply(List<RRsetChange> changes, int serial) {
        throw new UnsupportedOperationException();
    }

    public Optional<RRset> rrset(Name owner, Type type) {
        throw new UnsupportedOperationException();
    }

    /// Every RRset, the SOA first; nothing that a writer is changing meanwhile is seen half.
    public void forEach(Consumer<RRset> visitor) {
        throw new UnsupportedOperationException();
    }
}

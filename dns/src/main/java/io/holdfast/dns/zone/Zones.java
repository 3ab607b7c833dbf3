package io.holdfast.dns.zone;

import io.holdfast.dns.Name;
import java.util.Collection;
import java.util.Optional;

/// The zones a server answers for; immutable as a set, each zone changes by itself.
public final class Zones {
    public static Zones of(Collection<Zone> zones) {
        throw new UnsupportedOperationException();
    }

    public Collection<Zone> all() {
        throw new UnsupportedOperationException();
    }

    /// The zone with the longest apex at or above the name.
    public Optional<Zone> closest(Name name) {
        throw new UnsupportedOperationException();
    }
}

package io.holdfast.dns.update;

import io.holdfast.dns.Type;
import io.holdfast.dns.zone.RRsetChange;
import java.util.List;

/// What an update comes to, all its steps together.
///
/// @param changes puts and removals, at most one for each owner and type; none if the zone stays as
///   it is
public record NetChange(List<RRsetChange> changes) {
    public NetChange {
        changes = List.copyOf(changes);
    }

    public boolean isNothing() {
        return changes.isEmpty();
    }

    /// Whether the update itself brings an SOA with a greater serial; else the server makes the
    /// next one (RFC 2136 §3.6).
    public boolean givesSerial() {
        return changes.stream()
                .anyMatch(change ->
                        change instanceof RRsetChange.Put(var rrset)
                                && rrset.type().equals(Type.SOA));
    }
}

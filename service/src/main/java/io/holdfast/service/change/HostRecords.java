package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import io.holdfast.dns.zone.RRsetChange;
import io.holdfast.service.host.Host;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a host is in its zone: a name that exists, with an A and an AAAA RRset of one record each,
/// or fewer.
final class HostRecords {
    private HostRecords() {}

    /// @param defaultTtl of the zone, in seconds
    static List<RRset> of(Host host, int defaultTtl) {
        List<RRset> rrsets = new ArrayList<>(2);
        ipv4(host, defaultTtl).ifPresent(rrsets::add);
        ipv6(host, defaultTtl).ifPresent(rrsets::add);
        return rrsets;
    }

    /// What turns the records of one version of a host into those of the next; nothing if they are
    /// the same.
    ///
    /// @param before null if there was no such host
    /// @param after null if there is none any more
    static List<RRsetChange> between(@Nullable Host before, @Nullable Host after, int defaultTtl) {
        List<RRsetChange> changes = new ArrayList<>(2);
        step(Type.A, before, after, defaultTtl).ifPresent(changes::add);
        step(Type.AAAA, before, after, defaultTtl).ifPresent(changes::add);
        if (before == null && after != null) {
            changes.add(new RRsetChange.Reserve(after.name()));
        }
        if (before != null && after == null) {
            changes.add(new RRsetChange.Release(before.name()));
        }
        return changes;
    }

    private static Optional<RRsetChange> step(
            Type type, @Nullable Host before, @Nullable Host after, int defaultTtl) {
        Optional<RRset> old = rrset(type, before, defaultTtl);
        Optional<RRset> now = rrset(type, after, defaultTtl);
        if (old.equals(now)) {
            return Optional.empty();
        }
        return now.<RRsetChange>map(RRsetChange.Put::new)
                .or(() -> old.map(gone -> new RRsetChange.Remove(gone.owner(), type)));
    }

    private static Optional<RRset> rrset(Type type, @Nullable Host host, int defaultTtl) {
        if (host == null) {
            return Optional.empty();
        }
        return type.equals(Type.A) ? ipv4(host, defaultTtl) : ipv6(host, defaultTtl);
    }

    private static Optional<RRset> ipv4(Host host, int defaultTtl) {
        return host.addresses().ipv4().map(a -> rrset(host, Type.A, a, defaultTtl));
    }

    private static Optional<RRset> ipv6(Host host, int defaultTtl) {
        return host.addresses().ipv6().map(a -> rrset(host, Type.AAAA, a, defaultTtl));
    }

    private static RRset rrset(Host host, Type type, InetAddress address, int defaultTtl) {
        Name owner = host.name();
        int ttl = host.ttl().orElse(defaultTtl);
        return new RRset(owner, type, ttl, List.of(Rdata.of(address.getAddress())));
    }
}

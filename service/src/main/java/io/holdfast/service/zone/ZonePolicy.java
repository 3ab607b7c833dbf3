package io.holdfast.service.zone;

import io.holdfast.dns.Name;
import io.holdfast.service.host.AbuseLimits;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/// What the operator decided for a zone.
///
/// @param nameservers the names of its NS records; the first is also the SOA's. Used unless the
///   operator's own records say otherwise. Empty for `ns1.` and the apex.
/// @param ttl of host addresses without one of their own; whole seconds
/// @param accept which addresses its hosts may have
/// @param limits how often its hosts may be updated
public record ZonePolicy(
        List<Name> nameservers, Duration ttl, AcceptedAddresses accept, AbuseLimits limits) {
    private static final Duration LONGEST_TTL = Duration.ofDays(7);

    /// More name servers than any zone has use for.
    private static final int MOST_NAMESERVERS = 13;

    /// One minute, global addresses, the usual limits.
    public static final ZonePolicy DEFAULT =
            new ZonePolicy(
                    List.of(),
                    Duration.ofSeconds(60),
                    AcceptedAddresses.GLOBAL,
                    AbuseLimits.DEFAULT);

    /// @throws IllegalArgumentException naming the setting that is out of range
    public ZonePolicy {
        nameservers = List.copyOf(nameservers);
        if (nameservers.size() > MOST_NAMESERVERS) {
            throw new IllegalArgumentException(
                    "nameservers names at most " + MOST_NAMESERVERS + " servers");
        }
        if (new HashSet<>(nameservers).size() != nameservers.size()) {
            throw new IllegalArgumentException("nameservers names a server twice");
        }
        if (ttl.toSeconds() < 1 || ttl.toMillis() % 1000 != 0 || ttl.compareTo(LONGEST_TTL) > 0) {
            throw new IllegalArgumentException("ttl is whole seconds, \"1s\" to \"7d\"");
        }
    }

    /// The default TTL of host addresses, in seconds.
    public int ttlSeconds() {
        return Math.toIntExact(ttl.toSeconds());
    }
}

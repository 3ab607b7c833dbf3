package io.holdfast.service.account;

import io.holdfast.dns.Name;
import io.holdfast.dns.Type;
import java.util.Map;
import java.util.Optional;

/// What the holder of a key may change, in the spirit of BIND's `update-policy`.
///
/// @param scope which names
/// @param name the host, the top of the subtree, or the zone's apex
/// @param types which types, and how many records of each may stand at one name; empty for the
///   usual: of a host its addresses, DHCID and TXT, and TXT below `_acme-challenge.` of it; else
///   every type except SOA, NS and those of DNSSEC
public record Grant(Scope scope, Name name, Map<Type, Integer> types) {
    /// No count.
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /// Which names a grant is about.
    public enum Scope {
        /// The host itself, and `_acme-challenge` below it.
        SELF,
        /// The name and everything below it.
        SUBDOMAIN,
        /// Every name of the zone, SOA and NS included.
        ZONE
    }

    public Grant {
        types = Map.copyOf(types);
    }

    public static Grant self(Name host) {
        return new Grant(Scope.SELF, host, Map.of());
    }

    public static Grant zone(Name apex) {
        return new Grant(Scope.ZONE, apex, Map.of());
    }

    /// How many records of a type may stand at a name.
    ///
    /// @return empty if it may not be touched, [#UNLIMITED] where nothing is counted
    public Optional<Integer> limit(Name owner, Type type) {
        throw new UnsupportedOperationException("lands within the hour");
    }
}

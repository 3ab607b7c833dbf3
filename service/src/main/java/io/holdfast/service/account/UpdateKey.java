package io.holdfast.service.account;

import io.holdfast.dns.Name;
import io.holdfast.dns.Type;
import io.holdfast.dns.tsig.TsigKey;
import java.util.List;
import java.util.Optional;

/// A TSIG key and what it permits. One without a grant signs transfers and queries, and changes
/// nothing.
public record UpdateKey(TsigKey key, List<Grant> grants) {
    public UpdateKey {
        grants = List.copyOf(grants);
    }

    /// Whether there is anything in the zone that it may change.
    public boolean changesSomethingIn(Name apex) {
        return grants.stream().anyMatch(grant -> grant.name().isAtOrBelow(apex));
    }

    /// How many records of a type it may let stand at a name; of several grants the one that allows
    /// most.
    ///
    /// @return empty if it may not touch them
    public Optional<Integer> limit(Name owner, Type type) {
        return grants.stream()
                .flatMap(grant -> grant.limit(owner, type).stream())
                .max(Integer::compare);
    }

    /// Whether it is a host's own.
    public boolean isOf(Name host) {
        return grants.stream()
                .anyMatch(g -> g.scope() == Grant.Scope.SELF && g.name().equals(host));
    }
}

package io.holdfast.service.change;

import io.holdfast.dns.RRset;
import java.util.Optional;

/// What dynamic updates have to say of an RRset that belongs to no host.
sealed interface DynamicRRset {
    /// It stands, in place of what the operator's records have of its owner and type.
    record Stands(RRset rrset) implements DynamicRRset {}

    /// None stands, whatever the operator's records have.
    record Gone() implements DynamicRRset {}

    /// Nothing: the operator's records hold.
    record Unsaid() implements DynamicRRset {}

    /// @param rrset empty if none stands
    static DynamicRRset of(Optional<RRset> rrset) {
        return rrset.<DynamicRRset>map(Stands::new).orElseGet(Gone::new);
    }
}

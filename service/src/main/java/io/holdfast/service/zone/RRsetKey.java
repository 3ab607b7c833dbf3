package io.holdfast.service.zone;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Type;

/// Which RRset: there is one of each owner and type in a zone.
public record RRsetKey(Name owner, Type type) {
    public static RRsetKey of(RRset rrset) {
        return new RRsetKey(rrset.owner(), rrset.type());
    }
}

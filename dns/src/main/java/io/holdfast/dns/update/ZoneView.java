package io.holdfast.dns.update;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Type;
import java.util.List;
import java.util.Optional;

/// The records of a zone as they stand before an update. Only what is really there: no wildcard is
/// expanded, no delegation hides anything.
public interface ZoneView {
    Optional<RRset> rrset(Name owner, Type type);

    /// All RRsets of that name, in any order; none if nothing stands there.
    List<RRset> rrsets(Name owner);
}

package io.holdfast.service.change;

import io.holdfast.dns.Name;
import java.util.List;
import java.util.Optional;

/// What a front may ask about hosts where its requests leave out what others say: the zone of a
/// name, the account of a key.
public interface HostNames {
    /// With more zones than these, a name without its zone is not looked for: anybody may ask, and
    /// for 20 names in one request.
    int MOST_ZONES = 32;

    /// The hosts that a name may mean, in canonical order: the host of that name, or else those
    /// that it names below the zones of this server.
    List<Name> called(String name);

    /// The name of the account that a host belongs to.
    Optional<String> accountOf(Name host);
}

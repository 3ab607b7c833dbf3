package io.holdfast.service.zone;

import io.holdfast.net.address.AddressKind;
import java.net.InetAddress;
import java.util.Optional;

/// Which addresses the hosts of a zone may have, by their [AddressKind].
///
/// Documentation addresses are accepted everywhere. What no name may point at (loopback,
/// link-local, 6to4 and the like) is accepted nowhere.
public enum AcceptedAddresses {
    /// Global unicast.
    GLOBAL,
    /// Global unicast, and what is meant for use within one network: RFC 1918, RFC 4193, RFC 6598.
    PRIVATE,
    /// The same as [#PRIVATE].
    ANY;

    /// Why an address cannot be a host's, as the end of a sentence that begins with the address.
    ///
    /// @return empty if it can
    public Optional<String> objection(InetAddress address) {
        AddressKind kind = AddressKind.of(address);
        if (!kind.mayBePublished()) {
            return Optional.of("is " + kind.noun() + ", which no name may point at");
        }
        return this == GLOBAL && kind.isLocal()
                ? Optional.of("is " + kind.noun() + "; this zone takes global ones only")
                : Optional.empty();
    }
}

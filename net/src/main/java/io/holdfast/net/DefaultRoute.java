package io.holdfast.net;

import java.net.InetAddress;
import java.util.Optional;

/// A way to everywhere else.
///
/// @param ipv6 for which family
/// @param linkIndex the link it leaves by, see [Link#index]
/// @param metric the lower, the more preferred; 0 to 2^32-1
/// @param gateway the router at the other end of the link; empty on point-to-point links, or if the
///   system does not say
public record DefaultRoute(
        boolean ipv6, int linkIndex, long metric, Optional<InetAddress> gateway) {

    /// Without a gateway.
    public DefaultRoute(boolean ipv6, int linkIndex, long metric) {
        this(ipv6, linkIndex, metric, Optional.empty());
    }
}

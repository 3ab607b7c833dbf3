package io.holdfast.service.change;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/// What an update wants for each address family.
public record AddressIntent(Family<Inet4Address> ipv4, Family<Inet6Address> ipv6) {

    /// Whether it changes neither.
    public boolean leavesAll() {
        return ipv4 instanceof Family.Keep && ipv6 instanceof Family.Keep;
    }

    /// For one family: leave it, take it away, or set it.
    public sealed interface Family<A extends InetAddress> {
        record Keep<A extends InetAddress>() implements Family<A> {}

        record Clear<A extends InetAddress>() implements Family<A> {}

        record SetTo<A extends InetAddress>(A address) implements Family<A> {}
    }
}

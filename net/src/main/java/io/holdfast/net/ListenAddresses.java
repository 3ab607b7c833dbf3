package io.holdfast.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Addresses to listen on, of which some may take in others.
public final class ListenAddresses {
    private static final InetAddress EVERY_IPV4 = InetAddress.ofLiteral("0.0.0.0");
    private static final InetAddress EVERY_ADDRESS = InetAddress.ofLiteral("::");

    private ListenAddresses() {}

    /// The addresses that have to be opened so that all of these are served, in their order.
    ///
    /// A socket of the JDK at `::` takes IPv4 as well (RFC 3493 section 5.3 calls it IPV6_V6ONLY
    /// off), and a wildcard takes every address of its family: beside it, such an address with the
    /// same port is a port in use. People write both, so that is no fault. Port 0 is another port
    /// each time.
    public static List<InetSocketAddress> withoutCovered(List<InetSocketAddress> listen) {
        Set<InetSocketAddress> different = new LinkedHashSet<>();
        return listen.stream()
                .filter(address -> address.getPort() == 0 || !isCovered(address, listen))
                .filter(address -> address.getPort() == 0 || different.add(address))
                .toList();
    }

    private static boolean isCovered(InetSocketAddress address, List<InetSocketAddress> listen) {
        InetAddress host = address.getAddress();
        boolean byIpv4 = host instanceof Inet4Address && !host.equals(EVERY_IPV4);
        return (byIpv4 && listen.contains(new InetSocketAddress(EVERY_IPV4, address.getPort())))
                || (!EVERY_ADDRESS.equals(host)
                        && listen.contains(
                                new InetSocketAddress(EVERY_ADDRESS, address.getPort())));
    }
}

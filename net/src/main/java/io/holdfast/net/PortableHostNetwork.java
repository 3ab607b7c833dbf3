package io.holdfast.net;

import io.holdfast.net.HostAddress.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// What `java.net.NetworkInterface` knows, on any operating system: links and addresses, but
/// neither flags nor lifetimes nor routes; events come from comparing every few seconds.
final class PortableHostNetwork implements HostNetwork {
    /// How often the subscription compares; a look takes well under a millisecond.
    static final Duration PERIOD = Duration.ofSeconds(3);

    @Override
    public List<Link> links() throws IOException {
        List<Link> links = new ArrayList<>();
        for (NetworkInterface device : devices()) {
            links.add(link(device));
        }
        links.sort(Comparator.comparingInt(Link::index));
        return links;
    }

    @Override
    public List<HostAddress> addresses() throws IOException {
        List<HostAddress> addresses = new ArrayList<>();
        for (NetworkInterface device : devices()) {
            for (InterfaceAddress address : device.getInterfaceAddresses()) {
                addresses.add(hostAddress(device.getIndex(), address));
            }
        }
        return addresses;
    }

    /// The JDK cannot tell.
    ///
    /// @throws IOException always, saying so
    @Override
    public List<DefaultRoute> defaultRoutes() throws IOException {
        throw new IOException(
                "the default route is not known on this system; name the interface, as in `interface eth0`");
    }

    @Override
    public NetworkEvents events() throws IOException {
        return new PolledNetworkEvents(this, PERIOD);
    }

    private static List<NetworkInterface> devices() throws SocketException {
        return NetworkInterface.networkInterfaces().toList();
    }

    private static Link link(NetworkInterface device) throws SocketException {
        return new Link(device.getIndex(), device.getName(), device.isUp(), device.isLoopback());
    }

    private static HostAddress hostAddress(int link, InterfaceAddress known) throws IOException {
        // Anew from its octets: the JDK adds the interface, which is no part of the address.
        InetAddress address = InetAddress.getByAddress(known.getAddress().getAddress());
        Scope scope =
                address.isLoopbackAddress()
                        ? Scope.HOST
                        : address.isLinkLocalAddress() ? Scope.LINK : Scope.GLOBAL;
        return new HostAddress(
                link,
                address,
                known.getNetworkPrefixLength(),
                scope,
                Set.of(),
                HostAddress.FOREVER,
                HostAddress.FOREVER,
                false);
    }
}

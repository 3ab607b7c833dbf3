package io.holdfast.agent.address;

import io.holdfast.agent.address.AddressSource.Watch;
import io.holdfast.net.DefaultRoute;
import io.holdfast.net.HostNetwork;
import io.holdfast.net.Link;
import io.holdfast.net.address.AddressText;
import java.io.IOException;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where this host's traffic leaves: for each family by its default route of the lowest metric.
@FunctionalInterface
public interface DefaultRoutes {
    /// The next hop of a route (RFC 1812 section 5.2.4).
    ///
    /// @param link the name of the link it leaves by
    /// @param gateway the router on that link; empty if there is none or it is not known
    record NextHop(String link, Optional<InetAddress> gateway) {
        @Override
        public String toString() {
            return gateway.map(router -> link + " via " + AddressText.of(router)).orElse(link);
        }
    }

    /// The next hops; a family without a default route is absent.
    ///
    /// @throws IOException if the system does not say
    Map<Family, NextHop> nextHops() throws IOException;

    /// Signals when they may have changed, where the system says so.
    default Watch watch(Runnable onChange) {
        return NoEvents.INSTANCE;
    }

    /// Those of this host.
    static DefaultRoutes ofThisHost() {
        return of(HostNetwork.ofThisHost());
    }

    /// Those of one host.
    static DefaultRoutes of(HostNetwork network) {
        NetworkWatcher watcher = new NetworkWatcher(network);
        return new DefaultRoutes() {
            @Override
            public Map<Family, NextHop> nextHops() throws IOException {
                return read(network);
            }

            @Override
            public Watch watch(Runnable onChange) {
                Watch four = DefaultRouteWatcher.watch(network, watcher, Family.IPV4, onChange);
                Watch six = DefaultRouteWatcher.watch(network, watcher, Family.IPV6, onChange);
                return new Watch() {
                    @Override
                    public boolean hasEvents() {
                        return four.hasEvents() && six.hasEvents();
                    }

                    @Override
                    public void close() {
                        four.close();
                        six.close();
                    }
                };
            }
        };
    }

    private static Map<Family, NextHop> read(HostNetwork network) throws IOException {
        Map<Integer, String> names =
                network.links().stream().collect(Collectors.toMap(Link::index, Link::name));
        Map<Family, DefaultRoute> best = new EnumMap<>(Family.class);
        for (DefaultRoute route : network.defaultRoutes()) {
            best.merge(
                    route.ipv6() ? Family.IPV6 : Family.IPV4,
                    route,
                    (one, other) -> other.metric() < one.metric() ? other : one);
        }
        Map<Family, NextHop> hops = new EnumMap<>(Family.class);
        best.forEach((family, route) ->
                hops.put(
                        family,
                        new NextHop(
                                names.getOrDefault(route.linkIndex(), "link " + route.linkIndex()),
                                route.gateway())));
        return hops;
    }
}

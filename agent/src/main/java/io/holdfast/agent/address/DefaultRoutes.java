package io.holdfast.agent.address;

import io.holdfast.net.DefaultRoute;
import io.holdfast.net.HostNetwork;
import io.holdfast.net.Link;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The links by which this host's traffic leaves: for each family the one of its default route of
/// the lowest metric.
@FunctionalInterface
public interface DefaultRoutes {
    /// The names of the links; a family without a default route is absent.
    ///
    /// @throws IOException if the system does not say
    Map<Family, String> links() throws IOException;

    /// Those of this host.
    static DefaultRoutes ofThisHost() {
        HostNetwork network = HostNetwork.ofThisHost();
        return () -> read(network);
    }

    private static Map<Family, String> read(HostNetwork network) throws IOException {
        Map<Integer, String> names =
                network.links().stream().collect(Collectors.toMap(Link::index, Link::name));
        Map<Family, DefaultRoute> best = new EnumMap<>(Family.class);
        for (DefaultRoute route : network.defaultRoutes()) {
            best.merge(
                    route.ipv6() ? Family.IPV6 : Family.IPV4,
                    route,
                    (one, other) -> other.metric() < one.metric() ? other : one);
        }
        Map<Family, String> links = new EnumMap<>(Family.class);
        best.forEach((family, route) ->
                links.put(
                        family,
                        names.getOrDefault(route.linkIndex(), "link " + route.linkIndex())));
        return links;
    }
}

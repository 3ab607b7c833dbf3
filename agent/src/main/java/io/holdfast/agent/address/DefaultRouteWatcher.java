package io.holdfast.agent.address;

import io.holdfast.agent.address.AddressSource.Watch;
import io.holdfast.net.DefaultRoute;
import io.holdfast.net.HostNetwork;
import io.holdfast.net.NetworkEvent;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signals when one family's default route is another than before: whoever sees us from outside may
/// see another address then. What happens to the other family, and addresses that come and go, are
/// no reason to ask.
final class DefaultRouteWatcher implements Consumer<List<NetworkEvent>> {
    private static final Logger LOG = LoggerFactory.getLogger(DefaultRouteWatcher.class);

    private final HostNetwork network;
    private final boolean ipv6;
    private final Runnable onChange;
    private @Nullable List<DefaultRoute> last;

    private DefaultRouteWatcher(HostNetwork network, Family family, Runnable onChange) {
        this.network = network;
        this.ipv6 = family == Family.IPV6;
        this.onChange = onChange;
        this.last = routes();
    }

    /// Signals from now on. Where there are no events the watch is silent: such a source is polled
    /// in any case.
    static Watch watch(
            HostNetwork network, NetworkWatcher watcher, Family family, Runnable onChange) {
        try {
            return watcher.listen(new DefaultRouteWatcher(network, family, onChange));
        } catch (IOException e) {
            LOG.debug("changes of the default route are not heard", e);
            return NoEvents.INSTANCE;
        }
    }

    @Override
    public void accept(List<NetworkEvent> events) {
        if (isNews(events)) {
            onChange.run();
        }
    }

    private synchronized boolean isNews(List<NetworkEvent> events) {
        // A connection that was dialled anew has the same route, and maybe another address: an
        // event about the route itself is news though it looks the same afterwards.
        boolean said =
                events.stream()
                        .anyMatch(event ->
                                event instanceof NetworkEvent.DefaultRouteChanged(boolean six)
                                        && six == ipv6);
        // A route comes and goes with its link's carrier, without an event of its own.
        boolean perhaps = said || events.stream().anyMatch(DefaultRouteWatcher::mayConcernRoutes);
        if (!perhaps) {
            return false;
        }
        List<DefaultRoute> before = last;
        last = routes();
        if (last == null) {
            return true; // not known here; anything may be
        }
        return !last.isEmpty() && (said || !last.equals(before));
    }

    private static boolean mayConcernRoutes(NetworkEvent event) {
        return switch (event) {
            case NetworkEvent.LinkPresent _, NetworkEvent.LinkGone _, NetworkEvent.LookAgain _ ->
                    true;
            case NetworkEvent.AddressPresent _,
                    NetworkEvent.AddressGone _,
                    NetworkEvent.DefaultRouteChanged _ ->
                    false;
        };
    }

    /// Null if they are not to be had.
    private @Nullable List<DefaultRoute> routes() {
        try {
            return network.defaultRoutes().stream().filter(one -> one.ipv6() == ipv6).toList();
        } catch (IOException e) {
            LOG.debug("the default routes could not be listed", e);
            return null;
        }
    }
}

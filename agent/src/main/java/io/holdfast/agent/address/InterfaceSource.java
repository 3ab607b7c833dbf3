package io.holdfast.agent.address;

import io.holdfast.net.DefaultRoute;
import io.holdfast.net.HostAddress;
import io.holdfast.net.HostNetwork;
import io.holdfast.net.Link;
import io.holdfast.net.NetworkEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The address that an interface has: a named one, or the one that the family's default route of
/// the lowest metric leaves by. A look takes a millisecond or so; the kernel reports changes.
final class InterfaceSource implements AddressSource {
    private static final Logger LOG = LoggerFactory.getLogger(InterfaceSource.class);

    private final HostNetwork network;
    private final NetworkWatcher events;
    private final Family family;
    private final @Nullable String name;
    private final AddressChoice choice;
    private final String text;
    private final AtomicReference<RefreshHistory> history =
            new AtomicReference<>(RefreshHistory.NONE);

    /// @param name null for the interface of the default route
    /// @param text how the configuration writes it
    InterfaceSource(
            HostNetwork network,
            NetworkWatcher events,
            Family family,
            @Nullable String name,
            AddressChoice.Wish wish,
            String text) {
        this.network = network;
        this.events = events;
        this.family = family;
        this.name = name;
        this.choice = new AddressChoice(family, wish);
        this.text = text;
    }

    @Override
    public Observation look(@Nullable InetAddress sent) {
        try {
            Optional<Link> found = link();
            if (found.isEmpty()) {
                return new Observation.NoAddress(absent());
            }
            Link link = found.get();
            if (!link.up()) {
                return new Observation.NoAddress(link.name() + " is switched off");
            }
            List<HostAddress> all = addressesOf(link);
            return choice.choose(all, observed(all), sent, link.name());
        } catch (IOException e) {
            return new Observation.Unavailable(text + ": " + e.getMessage());
        }
    }

    @Override
    public Watch watch(Runnable onChange) {
        Watcher watcher = new Watcher(onChange);
        try {
            Watch watch = events.listen(watcher);
            watcher.start();
            return watch;
        } catch (IOException e) {
            LOG.warn("{}: no events ({}); looking from time to time instead", text, e.getMessage());
            return NoEvents.INSTANCE;
        }
    }

    @Override
    public Pace pace() {
        return Pace.ofEvents();
    }

    @Override
    public boolean followsDefaultRoute() {
        return name == null;
    }

    @Override
    public String describe() {
        return text;
    }

    private Optional<Link> link() throws IOException {
        if (name != null) {
            List<Link> links = network.links();
            return links.stream()
                    .filter(link -> link.name().equals(name))
                    .findFirst()
                    .or(() -> links.stream().filter(this::isNamed).findFirst());
        }
        Optional<DefaultRoute> route =
                network.defaultRoutes().stream()
                        .filter(r -> r.ipv6() == (family == Family.IPV6))
                        .min(Comparator.comparingLong(DefaultRoute::metric));
        if (route.isEmpty()) {
            return Optional.empty();
        }
        int index = route.get().linkIndex();
        return network.links().stream().filter(link -> link.index() == index).findFirst();
    }

    /// `ip` shows a link as `eth0@if5` if its other end or the link below it is `if5`; people copy
    /// that. The name is what stands before.
    private boolean isNamed(Link link) {
        return name != null && (name.equals(link.name()) || name.startsWith(link.name() + "@"));
    }

    private List<HostAddress> addressesOf(Link link) throws IOException {
        return network.addresses().stream().filter(a -> a.linkIndex() == link.index()).toList();
    }

    private RefreshHistory observed(List<HostAddress> all) {
        return history.updateAndGet(before -> before.with(all));
    }

    private String absent() {
        return name == null
                ? "there is no " + family + " default route"
                : "there is no interface " + name;
    }

    /// Signals when the addresses that could be sent are others than at the last one: the kernel
    /// repeats itself with every router advertisement, and most of what it says is about something
    /// else.
    private final class Watcher implements Consumer<List<NetworkEvent>> {
        /// @param link 0 if there is none
        private record View(int link, List<InetAddress> usable, List<InetAddress> outdated) {}

        private final Runnable onChange;
        private @Nullable View last;
        private boolean lostCarrier;

        Watcher(Runnable onChange) {
            this.onChange = onChange;
        }

        /// Takes what is there now as known to the caller, who looks after it began to watch.
        synchronized void start() {
            if (last == null) {
                last = view();
            }
        }

        @Override
        public void accept(List<NetworkEvent> events) {
            if (isNews(events)) {
                onChange.run();
            }
        }

        private synchronized boolean isNews(List<NetworkEvent> events) {
            if (events.stream().noneMatch(this::concernsUs)) {
                return false;
            }
            events.forEach(this::followCarrier);
            View now = view();
            boolean news = now == null || !now.equals(last);
            last = now;
            return news;
        }

        /// The link came back: what its routers announced before may be over.
        private void followCarrier(NetworkEvent event) {
            if (event instanceof NetworkEvent.LinkPresent(Link link)
                    && last != null
                    && last.link == link.index()) {
                if (lostCarrier && link.carrier()) {
                    history.updateAndGet(RefreshHistory::afterTheLinkCameBack);
                }
                lostCarrier = !link.carrier();
            }
        }

        private boolean concernsUs(NetworkEvent event) {
            return switch (event) {
                case NetworkEvent.AddressPresent(HostAddress a) -> concernsUs(a);
                case NetworkEvent.AddressGone(HostAddress a) -> concernsUs(a);
                case NetworkEvent.LinkPresent(Link link) -> concernsUs(link);
                case NetworkEvent.LinkGone(Link link) -> concernsUs(link);
                case NetworkEvent.DefaultRouteChanged(boolean ipv6) ->
                        name == null && ipv6 == (family == Family.IPV6);
                case NetworkEvent.LookAgain _ -> true;
            };
        }

        private boolean concernsUs(HostAddress a) {
            return family.holds(a.address()) && (last == null || last.link == a.linkIndex());
        }

        /// A default route comes and goes with its link's carrier, without an event of its own.
        private boolean concernsUs(Link link) {
            boolean ours = last == null || last.link == link.index();
            return ours || name == null || isNamed(link);
        }

        /// Null if we could not look: then anything may be.
        private @Nullable View view() {
            try {
                Optional<Link> link = link();
                if (link.isEmpty() || !link.get().up()) {
                    return new View(link.map(Link::index).orElse(0), List.of(), List.of());
                }
                List<HostAddress> all = addressesOf(link.get());
                return new View(
                        link.get().index(),
                        choice.usable(all).stream().map(HostAddress::address).toList(),
                        choice.outdated(all, observed(all)));
            } catch (IOException e) {
                LOG.debug("{}: could not look after an event", text, e);
                return null;
            }
        }
    }
}

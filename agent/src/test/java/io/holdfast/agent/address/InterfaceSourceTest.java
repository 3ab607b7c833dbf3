package io.holdfast.agent.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.address.AddressSource.Observation;
import io.holdfast.agent.address.AddressSource.Watch;
import io.holdfast.net.DefaultRoute;
import io.holdfast.net.HostAddress;
import io.holdfast.net.Link;
import io.holdfast.net.NetworkEvent;
import io.holdfast.net.address.AddressText;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InterfaceSourceTest {
    private static final Link ETH0 = new Link(4, "eth0", true, false);
    private static final Link WLAN0 = new Link(5, "wlan0", true, false);

    private final TestNetwork network = new TestNetwork();
    private final Sources sources = new Sources(network);
    private final Semaphore signals = new Semaphore(0);

    @BeforeEach
    void twoLinks() {
        network.links = List.of(ETH0, WLAN0);
        addresses("192.0.2.7, 2001:db8::7", "198.51.100.7");
        network.routes =
                List.of(
                        new DefaultRoute(false, 5, 600),
                        new DefaultRoute(false, 4, 100),
                        new DefaultRoute(true, 5, 10));
    }

    @Test
    void aNamedInterfaceIsLookedAtAlone() {
        assertThat(look("interface eth0")).isEqualTo("192.0.2.7");
        assertThat(look("interface wlan0")).isEqualTo("198.51.100.7");
    }

    @Test
    void anInterfaceMayBeNamedAsIpShowsIt() throws Exception {
        assertThat(look("interface eth0@if5")).isEqualTo("192.0.2.7");
        assertThat(look("interface eth@if5")).isEqualTo("none: there is no interface eth@if5");

        Link real = new Link(7, "wlan0@x", true, false);
        network.links = List.of(WLAN0, real);
        network.addresses = TestAddresses.of(7, "203.0.113.9");
        assertThat(look("interface wlan0@x")).as("its very name").isEqualTo("203.0.113.9");

        network.links = List.of();
        try (Watch _ = source("interface eth0@if5").watch(signals::release)) {
            network.links = List.of(ETH0);
            network.addresses = TestAddresses.of(4, "192.0.2.7");
            network.send(new NetworkEvent.LinkPresent(ETH0));
            assertRings();
        }
    }

    @Test
    void theDefaultRouteOfTheLowestMetricOfTheFamilyNamesTheInterface() {
        assertThat(look("default-route")).isEqualTo("192.0.2.7");

        network.routes = List.of(new DefaultRoute(false, 5, 600), new DefaultRoute(true, 4, 1));
        assertThat(look("default-route")).isEqualTo("198.51.100.7");
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThat(look("interface eth9")).isEqualTo("none: there is no interface eth9");

        network.links = List.of(new Link(4, "eth0", false, false));
        assertThat(look("interface eth0")).isEqualTo("none: eth0 is switched off");

        network.routes = List.of();
        assertThat(look("default-route")).isEqualTo("none: there is no IPv4 default route");

        network.broken = true;
        assertThat(look("interface eth0"))
                .isEqualTo("unavailable: interface eth0: the kernel is not in the mood");
    }

    @Test
    void ringsWhenAnotherAddressCanBeSent() throws Exception {
        try (Watch watch = source("interface eth0").watch(signals::release)) {
            assertThat(watch.hasEvents()).isTrue();

            addresses("192.0.2.8", "198.51.100.7");
            network.send(new NetworkEvent.AddressGone(address(4, "192.0.2.7")));

            assertRings();
        }
    }

    @Test
    void doesNotRingForRepeatsNorForOthers() throws Exception {
        try (Watch _ = source("interface eth0").watch(signals::release)) {
            network.send(new NetworkEvent.AddressPresent(address(4, "192.0.2.7"))); // renewed
            addresses("192.0.2.7, 2001:db8::8", "198.51.100.8");
            network.send(new NetworkEvent.AddressPresent(address(5, "198.51.100.8")));
            network.send(new NetworkEvent.AddressPresent(address(4, "2001:db8::8")));
            network.send(new NetworkEvent.DefaultRouteChanged(false));
            addresses("192.0.2.9", "198.51.100.8");
            network.send(new NetworkEvent.AddressPresent(address(4, "192.0.2.9")));

            assertRings();
            assertThat(signals.availablePermits()).as("further signals").isZero();
        }
    }

    @Test
    void ringsWhenTheInterfaceComesAndGoes() throws Exception {
        try (Watch _ = source("interface ppp0").watch(signals::release)) {
            Link ppp0 = new Link(9, "ppp0", true, false);
            network.links = List.of(ppp0);
            network.addresses = TestAddresses.of(9, "203.0.113.9");
            network.send(new NetworkEvent.LinkPresent(ppp0));
            assertRings();

            network.links = List.of();
            network.send(new NetworkEvent.LinkGone(ppp0));
            assertRings();
        }
    }

    @Test
    void ringsWhenTheDefaultRouteMovesToAnotherInterface() throws Exception {
        try (Watch _ = source("default-route").watch(signals::release)) {
            network.routes = List.of(new DefaultRoute(false, 5, 600));
            network.send(new NetworkEvent.DefaultRouteChanged(false));

            assertRings();
        }
    }

    @Test
    void ringsWhenAPrefixIsNoLongerAnnouncedWhileAnotherIs() throws Exception {
        AddressSource source = sources.of("interface eth0", Family.IPV6, null, Path.of(""));
        String old = "2001:db8:1::7 preferred 3600 made 0 refreshed 10";
        addresses(old + ", 2001:db8:2::7 preferred 3600 made 20", "");
        try (Watch _ = source.watch(signals::release)) {
            assertThat(text(source.look(InetAddress.ofLiteral("2001:db8:1::7"))))
                    .isEqualTo("2001:db8:1::7");

            addresses(old + ", 2001:db8:2::7 preferred 3600 made 20 refreshed 30", "");
            network.send(new NetworkEvent.AddressPresent(network.addresses.getLast()));

            assertRings();
            assertThat(text(source.look(InetAddress.ofLiteral("2001:db8:1::7"))))
                    .isEqualTo("2001:db8:2::7");
        }
    }

    @Test
    void ringsWhenTheLinkCameBackWithAnotherPrefix() throws Exception {
        AddressSource source = sources.of("interface eth0", Family.IPV6, null, Path.of(""));
        String old = "2001:db8:1::7 preferred 3600 made 0 refreshed 10";
        addresses(old, "");
        try (Watch _ = source.watch(signals::release)) {
            network.send(new NetworkEvent.LinkPresent(new Link(4, "eth0", true, false, false)));
            network.send(new NetworkEvent.LinkPresent(ETH0));
            whenAllIsRead();
            addresses(old + ", 2001:db8:2::7 preferred 3600 made 20", "");
            network.send(new NetworkEvent.AddressPresent(network.addresses.getLast()));

            assertRings();
            assertThat(text(source.look(InetAddress.ofLiteral("2001:db8:1::7"))))
                    .isEqualTo("2001:db8:2::7");
        }
    }

    @Test
    void ringsWhenEventsWereLostAndSomethingElseIsThereNow() throws Exception {
        try (Watch _ = source("interface eth0").watch(signals::release)) {
            addresses("192.0.2.8", "");
            network.send(new NetworkEvent.LookAgain("lost"));

            assertRings();
        }
    }

    @Test
    void allWatchesShareOneSubscriptionThatEndsWithTheLast() {
        Watch first = source("interface eth0").watch(signals::release);
        Watch second = source("default-route").watch(signals::release);
        assertThat(network.subscriptions).hasValue(1);

        first.close();
        assertThat(network.subscriptions).hasValue(1);
        second.close();
        assertThat(network.subscriptions).hasValue(0);

        try (Watch _ = source("interface eth0").watch(signals::release)) {
            assertThat(network.subscriptions).hasValue(1);
        }
    }

    @Test
    void aWatchThatCannotSubscribeSaysThatItDoesNotRing() {
        network.broken = true;

        try (Watch watch = source("interface eth0").watch(signals::release)) {
            assertThat(watch.hasEvents()).isFalse();
        }
    }

    private void addresses(String onEth0, String onWlan0) {
        List<HostAddress> all = new ArrayList<>(TestAddresses.of(4, onEth0));
        all.addAll(TestAddresses.of(5, onWlan0));
        network.addresses = all;
    }

    private static HostAddress address(int link, String text) {
        return TestAddresses.of(link, text).getFirst();
    }

    private AddressSource source(String text) {
        return sources.of(text, Family.IPV4, null, Path.of(""));
    }

    private String look(String text) {
        return text(source(text).look(null));
    }

    /// A second listener hears a batch after the first one has dealt with it.
    private void whenAllIsRead() throws Exception {
        network.links = List.of(ETH0, new Link(9, "mark0", true, false));
        Semaphore heard = new Semaphore(0);
        try (Watch _ = source("interface mark0").watch(heard::release)) {
            network.links = List.of(ETH0);
            network.send(new NetworkEvent.LinkGone(new Link(9, "mark0", true, false)));
            assertThat(heard.tryAcquire(10, TimeUnit.SECONDS)).as("heard").isTrue();
        }
    }

    private static String text(AddressSource.Observation observation) {
        return switch (observation) {
            case Observation.Seen(var address, _) -> AddressText.of(address);
            case Observation.NoAddress(String why) -> "none: " + why;
            case Observation.Unavailable(String why) -> "unavailable: " + why;
        };
    }

    private void assertRings() throws InterruptedException {
        assertThat(signals.tryAcquire(10, TimeUnit.SECONDS)).as("signals").isTrue();
    }
}

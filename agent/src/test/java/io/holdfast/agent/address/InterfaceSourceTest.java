package io.holdfast.agent.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.address.AddressSource.Sighting;
import io.holdfast.agent.address.AddressSource.Watch;
import io.holdfast.net.DefaultRoute;
import io.holdfast.net.HostAddress;
import io.holdfast.net.Link;
import io.holdfast.net.NetworkEvent;
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
    private final Semaphore rings = new Semaphore(0);

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
    void ringsWhenAnotherAddressCanBeTold() throws Exception {
        try (Watch watch = source("interface eth0").watch(rings::release)) {
            assertThat(watch.rings()).isTrue();

            addresses("192.0.2.8", "198.51.100.7");
            network.send(new NetworkEvent.AddressGone(address(4, "192.0.2.7")));

            assertRings();
        }
    }

    @Test
    void doesNotRingForRepeatsNorForOthers() throws Exception {
        try (Watch _ = source("interface eth0").watch(rings::release)) {
            network.send(new NetworkEvent.AddressPresent(address(4, "192.0.2.7"))); // renewed
            addresses("192.0.2.7, 2001:db8::8", "198.51.100.8");
            network.send(new NetworkEvent.AddressPresent(address(5, "198.51.100.8")));
            network.send(new NetworkEvent.AddressPresent(address(4, "2001:db8::8")));
            network.send(new NetworkEvent.DefaultRouteChanged(false));
            addresses("192.0.2.9", "198.51.100.8");
            network.send(new NetworkEvent.AddressPresent(address(4, "192.0.2.9")));

            assertRings();
            assertThat(rings.availablePermits()).as("further rings").isZero();
        }
    }

    @Test
    void ringsWhenTheInterfaceComesAndGoes() throws Exception {
        try (Watch _ = source("interface ppp0").watch(rings::release)) {
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
        try (Watch _ = source("default-route").watch(rings::release)) {
            network.routes = List.of(new DefaultRoute(false, 5, 600));
            network.send(new NetworkEvent.DefaultRouteChanged(false));

            assertRings();
        }
    }

    @Test
    void ringsWhenEventsWereLostAndSomethingElseIsThereNow() throws Exception {
        try (Watch _ = source("interface eth0").watch(rings::release)) {
            addresses("192.0.2.8", "");
            network.send(new NetworkEvent.LookAgain("lost"));

            assertRings();
        }
    }

    @Test
    void allWatchesShareOneSubscriptionThatEndsWithTheLast() {
        Watch first = source("interface eth0").watch(rings::release);
        Watch second = source("default-route").watch(rings::release);
        assertThat(network.subscriptions).hasValue(1);

        first.close();
        assertThat(network.subscriptions).hasValue(1);
        second.close();
        assertThat(network.subscriptions).hasValue(0);

        try (Watch _ = source("interface eth0").watch(rings::release)) {
            assertThat(network.subscriptions).hasValue(1);
        }
    }

    @Test
    void aWatchThatCannotSubscribeSaysThatItDoesNotRing() {
        network.broken = true;

        try (Watch watch = source("interface eth0").watch(rings::release)) {
            assertThat(watch.rings()).isFalse();
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
        return switch (source(text).look(null)) {
            case Sighting.Seen(var address, _) -> AddressText.of(address);
            case Sighting.NoAddress(String why) -> "none: " + why;
            case Sighting.Unavailable(String why) -> "unavailable: " + why;
        };
    }

    private void assertRings() throws InterruptedException {
        assertThat(rings.tryAcquire(10, TimeUnit.SECONDS)).as("rings").isTrue();
    }
}

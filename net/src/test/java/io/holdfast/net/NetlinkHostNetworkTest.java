package io.holdfast.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.net.HostAddress.Flag;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A real kernel, a namespace, and `ip` as the one who changes things.
class NetlinkHostNetworkTest {
    private final HostNetwork network = new NetlinkHostNetwork();
    private TestNamespace namespace;

    @BeforeEach
    void makeTwoLinks() {
        namespace = TestNamespace.create("nl");
        namespace.ip("link add d0 type veth peer name p0");
        namespace.ip("link add d1 type veth peer name p1");
        for (String link : List.of("lo", "d0", "p0", "d1", "p1")) {
            namespace.ip("link set " + link + " up addrgenmode none");
        }
    }

    @AfterEach
    void removeThem() {
        if (namespace != null) {
            namespace.close();
        }
    }

    @Test
    void listsTheAddressesThatIpLists() throws Exception {
        namespace.ip("addr add 192.0.2.7/24 dev d0");
        namespace.ip("addr add 192.0.2.8/24 dev d0 valid_lft 3600 preferred_lft 1800");
        namespace.ip("addr add 198.51.100.1 peer 198.51.100.2 dev d1");
        namespace.ip("addr add 2001:db8::7/64 dev d0 nodad");
        namespace.ip("addr add 2001:db8::8/64 dev d1 nodad preferred_lft 0 valid_lft 3600");

        List<String> ours = namespace.inside(this::addressesAsIpPrintsThem);

        assertThat(ours).isEqualTo(addressesByIp());
        assertThat(ours).hasSize(7); // with both of lo
    }

    @Test
    void tellsWhichAddressIsSecondaryOrDeprecated() throws Exception {
        namespace.ip("addr add 192.0.2.7/24 dev d0");
        namespace.ip("addr add 192.0.2.8/24 dev d0");
        namespace.ip("addr add 2001:db8::8/64 dev d1 nodad preferred_lft 0 valid_lft 3600");

        assertThat(address("192.0.2.7").flags()).containsExactly(Flag.PERMANENT);
        assertThat(address("192.0.2.8").is(Flag.SECONDARY)).isTrue();
        assertThat(address("2001:db8::8").is(Flag.DEPRECATED)).isTrue();
        assertThat(address("2001:db8::8").preferredSeconds()).isZero();
        assertThat(address("2001:db8::8").validSeconds()).isBetween(3500L, 3600L);
    }

    @Test
    void listsDefaultRoutesWithTheirMetrics() throws Exception {
        namespace.ip("addr add 192.0.2.7/24 dev d0");
        namespace.ip("addr add 2001:db8::7/64 dev d1 nodad");
        namespace.ip("route add default via 192.0.2.1 dev d0 metric 50");
        namespace.ip("route add 203.0.113.0/24 via 192.0.2.1 dev d0");
        namespace.ip("route add default via 192.0.2.1 dev d0 table 100");
        namespace.ip("-6 route add default via 2001:db8::1 dev d1 metric 77");

        int d0 = link("d0").index();
        int d1 = link("d1").index();
        assertThat(namespace.inside(network::defaultRoutes))
                .containsExactlyInAnyOrder(
                        new DefaultRoute(
                                false, d0, 50, Optional.of(InetAddress.ofLiteral("192.0.2.1"))),
                        new DefaultRoute(
                                true, d1, 77, Optional.of(InetAddress.ofLiteral("2001:db8::1"))));
    }

    @Test
    void ringsForEachChange() throws Exception {
        try (NetworkEvents events = namespace.inside(network::events)) {
            BlockingQueue<NetworkEvent> seen = queue(events);

            namespace.ip("addr add 192.0.2.7/24 dev d0");
            await(seen, e -> e instanceof NetworkEvent.AddressPresent(var a) && is(a, "192.0.2.7"));

            namespace.ip("route add default via 192.0.2.1 dev d0");
            await(seen, e -> e instanceof NetworkEvent.DefaultRouteChanged);

            namespace.ip("addr change 192.0.2.7/24 dev d0 preferred_lft 0 valid_lft 60");
            await(
                    seen,
                    e ->
                            e instanceof NetworkEvent.AddressPresent(var a)
                                    && is(a, "192.0.2.7")
                                    && a.is(Flag.DEPRECATED));

            namespace.ip("addr del 192.0.2.7/24 dev d0");
            await(seen, e -> e instanceof NetworkEvent.AddressGone(var a) && is(a, "192.0.2.7"));

            namespace.ip("link set d1 down");
            await(seen, e -> e instanceof NetworkEvent.LinkPresent(var l) && isDown(l, "d1"));

            namespace.ip("link del d1");
            await(seen, e -> e instanceof NetworkEvent.LinkGone(var l) && l.name().equals("d1"));
        }
    }

    @Test
    void moreEventsThanTheKernelKeepsForUsEndInOneThatSaysLookAgain() throws Exception {
        try (NetworkEvents events = namespace.inside(network::events)) {
            StringBuilder batch = new StringBuilder();
            for (int i = 0; i < 4000; i++) {
                String action = i % 2 == 0 ? "add" : "del";
                batch.append("addr ").append(action).append(" 192.0.2.7/24 dev d0\n");
            }
            Path file = Files.createTempFile("batch", ".ip");
            Files.writeString(file, batch);
            namespace.ip("-batch " + file);
            Files.delete(file);

            await(queue(events), e -> e instanceof NetworkEvent.LookAgain);
        }
    }

    @Test
    void closingFromAnotherThreadEndsTheWait() throws Exception {
        NetworkEvents events = namespace.inside(network::events);
        CompletableFuture<List<NetworkEvent>> waiting = new CompletableFuture<>();
        Thread reader =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                waiting.complete(events.next());
                            } catch (IOException e) {
                                waiting.completeExceptionally(e);
                            }
                        });
        while (reader.getState() == Thread.State.NEW) {
            Thread.onSpinWait();
        }

        events.close();
        events.close();

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEmpty();
        assertThat(events.next()).isEmpty();
    }

    private List<String> addressesAsIpPrintsThem() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Link link : network.links()) {
            for (HostAddress a : network.addresses()) {
                if (a.linkIndex() == link.index()) {
                    lines.add(link.name() + " " + a.address() + "/" + a.prefixLength());
                }
            }
        }
        return lines.stream().sorted().toList();
    }

    /// `3: d0 inet 192.0.2.7/24 scope ...` or `... inet 192.0.2.7 peer 192.0.2.8/32 scope ...`
    private List<String> addressesByIp() {
        Pattern line = Pattern.compile("\\d+: (\\w+) +inet6? ([0-9a-f.:]+)(?: peer [^/]+)?/(\\d+)");
        return line.matcher(namespace.ip("-o addr show"))
                .results()
                .map(m -> m.group(1) + " " + InetAddress.ofLiteral(m.group(2)) + "/" + m.group(3))
                .sorted()
                .toList();
    }

    private Link link(String name) throws Exception {
        return namespace.inside(network::links).stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private HostAddress address(String text) throws Exception {
        return namespace.inside(network::addresses).stream()
                .filter(a -> is(a, text))
                .findFirst()
                .orElseThrow();
    }

    private static boolean is(HostAddress address, String text) {
        return address.address().equals(InetAddress.ofLiteral(text));
    }

    private static boolean isDown(Link link, String name) {
        return link.name().equals(name) && !link.up();
    }

    private static BlockingQueue<NetworkEvent> queue(NetworkEvents events) {
        BlockingQueue<NetworkEvent> queue = new LinkedBlockingQueue<>();
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        boolean open = true;
                        while (open) {
                            open = queue.addAll(events.next());
                        }
                    } catch (IOException e) {
                        queue.add(new NetworkEvent.LookAgain("broken: " + e));
                    }
                });
        return queue;
    }

    private static void await(BlockingQueue<NetworkEvent> seen, Predicate<NetworkEvent> wanted)
            throws InterruptedException {
        List<NetworkEvent> others = new ArrayList<>();
        while (true) {
            NetworkEvent event = seen.poll(10, TimeUnit.SECONDS);
            assertThat(event).as("wanted another event than %s", others).isNotNull();
            if (wanted.test(event)) {
                return;
            }
            others.add(event);
        }
    }
}

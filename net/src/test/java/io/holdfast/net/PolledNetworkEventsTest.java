package io.holdfast.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A network whose addresses the test sets.
class PolledNetworkEventsTest {
    private static final class Changeable implements HostNetwork {
        private volatile List<HostAddress> addresses = List.of();

        @Override
        public List<Link> links() {
            return List.of(new Link(1, "d0", true, false));
        }

        @Override
        public List<HostAddress> addresses() {
            return addresses;
        }

        @Override
        public List<DefaultRoute> defaultRoutes() {
            return List.of();
        }

        @Override
        public NetworkEvents events() throws IOException {
            return new PolledNetworkEvents(this, Duration.ofMillis(1));
        }
    }

    private final Changeable network = new Changeable();

    @Test
    void ringsWhenTheAddressesDifferFromWhatTheyWereAtTheStart() throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor();
                NetworkEvents events = network.events()) {
            network.addresses = List.of(address("192.0.2.7"));
            List<NetworkEvent> first = executor.submit(events::next).get(10, TimeUnit.SECONDS);
            network.addresses = List.of(address("192.0.2.8"));
            List<NetworkEvent> second = executor.submit(events::next).get(10, TimeUnit.SECONDS);

            assertThat(first).hasOnlyElementsOfType(NetworkEvent.LookAgain.class).hasSize(1);
            assertThat(second).hasOnlyElementsOfType(NetworkEvent.LookAgain.class).hasSize(1);
        }
    }

    @Test
    void closingEndsTheWait() throws Exception {
        NetworkEvents events = new PolledNetworkEvents(network, Duration.ofHours(1));
        CompletableFuture<List<NetworkEvent>> waiting = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        waiting.complete(events.next());
                    } catch (IOException e) {
                        waiting.completeExceptionally(e);
                    }
                });

        events.close();

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEmpty();
    }

    private static HostAddress address(String text) {
        return new HostAddress(
                1,
                InetAddress.ofLiteral(text),
                24,
                HostAddress.Scope.GLOBAL,
                Set.of(),
                0,
                0,
                false);
    }
}

package io.holdfast.agent.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.address.AddressSource.Watch;
import io.holdfast.net.Link;
import io.holdfast.net.NetworkEvent;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What becomes of those who listen when the kernel ends the subscription.
@Timeout(60)
class NetworkWatcherTest {
    private static final NetworkEvent MOVED = new NetworkEvent.DefaultRouteChanged(false);
    private static final NetworkEvent BROKEN =
            new NetworkEvent.LookAgain("the subscription was broken");

    private final TestNetwork network = new TestNetwork();
    private final NetworkWatcher watcher = new NetworkWatcher(network, Duration.ofMillis(1));
    private final BlockingQueue<List<NetworkEvent>> heard = new LinkedBlockingQueue<>();

    @Test
    void aBrokenSubscriptionIsOpenedAgainAndEverybodySentToLook() throws Exception {
        BlockingQueue<List<NetworkEvent>> heardBesides = new LinkedBlockingQueue<>();
        try (Watch _ = watcher.listen(heard::add);
                Watch _ = watcher.listen(heardBesides::add)) {
            network.breakSubscription();
            assertThat(next(heard)).containsExactly(BROKEN);
            assertThat(next(heardBesides)).containsExactly(BROKEN);
            assertThat(network.subscriptions).hasValue(1);

            network.send(MOVED);
            assertThat(next(heard)).containsExactly(MOVED);
            assertThat(next(heardBesides)).containsExactly(MOVED);
        }
        assertThat(network.subscriptions).hasValue(0);
    }

    @Test
    void anAddressThatCameMeanwhileIsNotMissed() throws Exception {
        Link eth0 = new Link(4, "eth0", true, false);
        network.links = List.of(eth0);
        network.addresses = TestAddresses.of(4, "192.0.2.7");
        InterfaceSource source =
                new InterfaceSource(
                        network,
                        watcher,
                        Family.IPV4,
                        "eth0",
                        AddressChoice.Wish.USUAL,
                        "interface eth0");
        Semaphore signals = new Semaphore(0);
        try (Watch _ = source.watch(signals::release)) {
            network.addresses = TestAddresses.of(4, "192.0.2.8"); // and no event of it
            network.breakSubscription();
            assertThat(signals.tryAcquire(30, TimeUnit.SECONDS)).as("signals").isTrue();
        }
    }

    @Test
    void itIsTriedAgainUntilTheKernelHasOne() throws Exception {
        Semaphore tries = new Semaphore(0);
        try (Watch _ = watcher.listen(heard::add)) {
            network.broken = true;
            network.whileSubscribing = tries::release;
            network.breakSubscription();
            assertThat(tries.tryAcquire(3, 30, TimeUnit.SECONDS)).as("three tries").isTrue();
            assertThat(heard).isEmpty();

            network.broken = false;
            assertThat(next(heard)).containsExactly(BROKEN);
        }
    }

    @Test
    void aSubscriptionThatComesAfterTheLastListenerLeftIsClosed() throws Exception {
        Watch watch = watcher.listen(heard::add);
        CompletableFuture<Thread> asked = new CompletableFuture<>();
        network.whileSubscribing =
                () -> {
                    watch.close();
                    asked.complete(Thread.currentThread());
                };
        network.breakSubscription();

        Thread reader = asked.get(30, TimeUnit.SECONDS);
        assertThat(reader.join(Duration.ofSeconds(30))).as("it reads no more").isTrue();
        assertThat(network.subscriptions).hasValue(0);
    }

    @Test
    void whoListensAfterAllLeftABrokenSubscriptionHearsFromANewOne() throws Exception {
        NetworkWatcher slow = new NetworkWatcher(network, Duration.ofHours(1));
        Watch watch = slow.listen(heard::add);
        network.breakSubscription();
        while (network.subscriptions.get() > 0) {
            Thread.onSpinWait();
        }
        watch.close(); // while it waits to subscribe again

        try (Watch _ = slow.listen(heard::add)) {
            network.send(MOVED);
            assertThat(next(heard)).containsExactly(MOVED);
        }
    }

    @Test
    void aFaultWhileSubscribingAgainIsSurvived() throws Exception {
        Semaphore faults = new Semaphore(2);
        try (Watch _ = watcher.listen(heard::add)) {
            network.whileSubscribing =
                    () -> {
                        if (faults.tryAcquire()) {
                            throw new StackOverflowError("as it were");
                        }
                    };
            network.breakSubscription();
            assertThat(next(heard)).containsExactly(BROKEN);
            assertThat(faults.availablePermits()).isZero();

            network.send(MOVED);
            assertThat(next(heard)).containsExactly(MOVED);
        }
    }

    @Test
    void anErrorOfOneListenerCostsTheOthersNothing() throws Exception {
        try (Watch _ =
                        watcher.listen(_ -> {
                            throw new StackOverflowError("as it were");
                        });
                Watch _ = watcher.listen(heard::add)) {
            for (int i = 0; i < 3; i++) {
                network.send(MOVED);
                assertThat(next(heard)).containsExactly(MOVED);
            }
        }
    }

    private static List<NetworkEvent> next(BlockingQueue<List<NetworkEvent>> heard)
            throws InterruptedException {
        return Objects.requireNonNull(heard.poll(30, TimeUnit.SECONDS), "heard nothing");
    }
}

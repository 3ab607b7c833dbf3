package io.holdfast.agent;

import static io.holdfast.agent.World.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.address.AddressSource;
import io.holdfast.agent.address.AddressSource.Watch;
import io.holdfast.agent.address.DefaultRoutes;
import io.holdfast.agent.address.Family;
import io.holdfast.agent.address.Pace;
import io.holdfast.agent.memory.Memory;
import io.holdfast.agent.provider.Addresses;
import io.holdfast.agent.provider.ProviderReply;
import io.holdfast.agent.round.Decision;
import io.holdfast.agent.round.Poller;
import io.holdfast.agent.round.Round;
import io.holdfast.agent.round.RoundListener;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The loop of one name, which nothing may end but its closing.
class NameLoopTest {
    @TempDir Path folder;

    private final CountDownLatch sent = new CountDownLatch(1);
    private final Queue<String> troubles = new ConcurrentLinkedQueue<>();
    private final Semaphore faults = new Semaphore(0);

    private final RoundListener listener =
            new RoundListener() {
                @Override
                public void decided(String name, Decision decision, Instant at) {
                    throwOneOf(faults);
                }

                @Override
                public void answered(String name, Addresses to, ProviderReply reply, Instant at) {
                    sent.countDown();
                }

                @Override
                public void trouble(String name, String trouble, Instant at) {
                    troubles.add(name + ": " + trouble);
                }
            };

    @Test
    void anErrorInARoundIsSaidAndTheNameIsKeptOn() throws Exception {
        faults.release(2);
        try (World world = new World(folder)) {
            world.moveTo("192.0.2.7");
            keepUntilSent(world, Agent.pollers(world.config().names().getFirst()).values());
        }
        assertThat(troubles)
                .hasSize(2)
                .allMatch(trouble -> trouble.startsWith(HOME + ": this is a bug in Holdfast"))
                .allMatch(trouble -> trouble.contains("StackOverflowError: as it were"));
    }

    @Test
    void aSourceThatCannotBeWatchedAtOnceIsWatchedLater() throws Exception {
        Semaphore watchFaults = new Semaphore(1);
        CountDownLatch watched = new CountDownLatch(1);
        AddressSource source =
                new AddressSource() {
                    @Override
                    public Observation look(@Nullable InetAddress before) {
                        return new Observation.NoAddress("none");
                    }

                    @Override
                    public Watch watch(Runnable onChange) {
                        throwOneOf(watchFaults);
                        watched.countDown();
                        return new Watch() {
                            @Override
                            public boolean hasEvents() {
                                return true;
                            }

                            @Override
                            public void close() {}
                        };
                    }

                    @Override
                    public Pace pace() {
                        return Pace.ofEvents();
                    }

                    @Override
                    public String describe() {
                        return "test";
                    }
                };
        try (World world = new World(folder)) {
            world.moveTo("192.0.2.7");
            keepUntilSent(world, List.of(new Poller(source, Optional.empty())));
        }
        assertThat(watched.getCount()).isZero();
        assertThat(troubles).hasSize(1);
    }

    @Test
    void anotherGatewayIsTriedAtOnceThoughTheSourceSeesNothingNew() throws Exception {
        BlockingQueue<ProviderReply> replies = new LinkedBlockingQueue<>();
        RoundListener listener =
                new RoundListener() {
                    @Override
                    public void answered(
                            String name, Addresses sent, ProviderReply reply, Instant at) {
                        replies.add(reply);
                    }
                };
        Routes routes = new Routes();
        try (World world = new World(folder)) {
            world.moveTo("192.0.2.7");
            world.provider.next(ProviderDouble.says(302, "log in first"));
            NameLoop nameLoop = nameLoop(world, routes, listener);
            Thread thread = Thread.ofVirtual().start(nameLoop);
            assertThat(replies.poll(30, TimeUnit.SECONDS)).isInstanceOf(ProviderReply.Later.class);

            routes.moveTo("192.0.2.254");
            assertThat(replies.poll(30, TimeUnit.SECONDS))
                    .isInstanceOf(ProviderReply.Accepted.class);
            nameLoop.close();
            thread.join();
        }
        assertThat(routes.watched).isFalse();
    }

    private void keepUntilSent(World world, Collection<Poller> watched) throws Exception {
        NameLoop nameLoop =
                new NameLoop(
                        HOME,
                        world.newRound(listener),
                        watched,
                        new Routes(),
                        listener,
                        world,
                        Duration.ofMillis(1));
        Thread thread = Thread.ofVirtual().start(nameLoop);
        assertThat(sent.await(30, TimeUnit.SECONDS)).as("sent").isTrue();
        nameLoop.close();
        assertThat(thread.join(Duration.ofSeconds(30))).as("ended").isTrue();
    }

    private static void throwOneOf(Semaphore faults) {
        if (faults.tryAcquire()) {
            throw new StackOverflowError("as it were");
        }
    }

    private static NameLoop nameLoop(World world, Routes routes, RoundListener listener)
            throws Exception {
        Memory memory = new Memory(Files.createDirectories(world.config().state()));
        NameConfig name = world.config().names().getFirst();
        Map<Family, Poller> pollers = Agent.pollers(name);
        Round round = Agent.round(name, pollers, memory, routes, listener, world, new Random(1));
        return new NameLoop(HOME, round, pollers.values(), routes, listener, world);
    }

    /// A default route by one link, whose router the test changes.
    private static final class Routes implements DefaultRoutes {
        private volatile Map<Family, NextHop> hops = by("192.0.2.1");
        private volatile Runnable onChange = () -> {};
        private volatile boolean watched;

        void moveTo(String router) {
            hops = by(router);
            onChange.run();
        }

        private static Map<Family, NextHop> by(String router) {
            return Map.of(
                    Family.IPV4, new NextHop("eth0", Optional.of(InetAddress.ofLiteral(router))));
        }

        @Override
        public Map<Family, NextHop> nextHops() {
            return hops;
        }

        @Override
        public Watch watch(Runnable onChange) {
            this.onChange = onChange;
            watched = true;
            return new Watch() {
                @Override
                public boolean hasEvents() {
                    return true;
                }

                @Override
                public void close() {
                    watched = false;
                }
            };
        }
    }
}

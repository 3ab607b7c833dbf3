package io.holdfast.agent;

import static io.holdfast.agent.World.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.address.AddressSource.Watch;
import io.holdfast.agent.address.DefaultRoutes;
import io.holdfast.agent.address.Family;
import io.holdfast.agent.memory.Memory;
import io.holdfast.agent.provider.Addresses;
import io.holdfast.agent.provider.ProviderReply;
import io.holdfast.agent.round.Lookout;
import io.holdfast.agent.round.Round;
import io.holdfast.agent.round.RoundListener;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeeperTest {
    @Test
    void anotherGatewayIsTriedAtOnceThoughTheSourceSeesNothingNew(@TempDir Path folder)
            throws Exception {
        BlockingQueue<ProviderReply> replies = new LinkedBlockingQueue<>();
        RoundListener listener =
                new RoundListener() {
                    @Override
                    public void answered(
                            String name, Addresses told, ProviderReply reply, Instant at) {
                        replies.add(reply);
                    }
                };
        Routes routes = new Routes();
        try (World world = new World(folder)) {
            world.moveTo("192.0.2.7");
            world.provider.next(ProviderDouble.says(302, "log in first"));
            Keeper keeper = keeper(world, routes, listener);
            Thread thread = Thread.ofVirtual().start(keeper);
            assertThat(replies.poll(30, TimeUnit.SECONDS)).isInstanceOf(ProviderReply.Later.class);

            routes.moveTo("192.0.2.254");
            assertThat(replies.poll(30, TimeUnit.SECONDS))
                    .isInstanceOf(ProviderReply.Accepted.class);
            keeper.close();
            thread.join();
        }
        assertThat(routes.watched).isFalse();
    }

    private static Keeper keeper(World world, Routes routes, RoundListener listener)
            throws Exception {
        Memory memory = new Memory(Files.createDirectories(world.config().state()));
        NameConfig name = world.config().names().getFirst();
        Map<Family, Lookout> lookouts = Agent.lookouts(name);
        Round round = Agent.round(name, lookouts, memory, routes, listener, world, new Random(1));
        return new Keeper(HOME, round, lookouts.values(), routes, memory, listener, world);
    }

    /// A default route by one link, whose router the test changes.
    private static final class Routes implements DefaultRoutes {
        private volatile Map<Family, NextHop> hops = by("192.0.2.1");
        private volatile Runnable bell = () -> {};
        private volatile boolean watched;

        void moveTo(String router) {
            hops = by(router);
            bell.run();
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
        public Watch watch(Runnable ring) {
            bell = ring;
            watched = true;
            return new Watch() {
                @Override
                public boolean rings() {
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

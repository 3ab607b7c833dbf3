package io.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Agent and service under `kill -9` of either side at every moment of an exchange: the name always
/// ends at the host's address, and no address is told again once the service has answered `good`
/// for it.
class ConvergenceTest {
    private static final String HOST = "home.dyn.test";
    private static final String SECRET = "a-secret-of-the-host";
    private static final String SOURCES =
            """
            ipv4 = "file address"
            poll = "5s"
            """;
    private static final int ROUNDS = 16;

    /// Every repeat counts at once, so that the service would see one too.
    private static final String SERVICE =
            """
            [zone."dyn.test"]
            unchanged-grace = "0s"
            changed-allowed = 0
            """;

    private enum Victim {
        NOBODY,
        AGENT,
        SERVICE
    }

    @Test
    void killedAnywhereTheNameStillFindsItsHost(@TempDir Path folder) throws Exception {
        Random random = new Random(20261122);
        Path address = folder.resolve("agent").resolve("address");
        try (ServiceProcess service =
                        ServiceProcess.in(folder.resolve("service"), SERVICE).start();
                Relay relay = new Relay(service::httpPort);
                AgentProcess agent =
                        new AgentProcess(
                                folder.resolve("agent"),
                                AgentProcess.configuration(
                                        HOST,
                                        SECRET,
                                        "127.0.0.1:" + relay.port(),
                                        service.dns(),
                                        SOURCES))) {
            service.addHost(HOST, SECRET);
            moveTo("192.0.2.1", address);
            agent.start();
            for (int round = 0; round < ROUNDS; round++) {
                String next = "192.0.2." + (round + 2);
                Victim victim = any(random, EnumSet.allOf(Victim.class));
                Relay.Moment moment = any(random, EnumSet.allOf(Relay.Moment.class));
                killOnceAt(moment, victim, relay, service, agent);
                moveTo(next, address);
                Eventually.equal(
                        List.of(next),
                        () -> Dns.askIfThere(service.dnsPort(), HOST, "A"),
                        () -> victim + " killed at " + moment + "\n" + agent.logged());
                relay.at(later -> {});
            }
            agent.kill();
            int sent = relay.answered().size();
            assertThat(agent.run("--once").mustSucceed().output()).doesNotContain("Exception");
            assertThat(relay.answered()).hasSize(sent);
            assertNothingWasToldTwice(relay.answered());
        }
    }

    /// Kills the victim at the first such moment from now on, and starts it again; the exchange
    /// that was under way waits until that is done.
    private static void killOnceAt(
            Relay.Moment moment,
            Victim victim,
            Relay relay,
            ServiceProcess service,
            AgentProcess agent) {
        AtomicBoolean armed = new AtomicBoolean(true);
        relay.at(now -> {
            if (now != moment || !armed.compareAndSet(true, false)) {
                return;
            }
            switch (victim) {
                case NOBODY -> {}
                case AGENT -> {
                    agent.kill();
                    agent.start();
                }
                case SERVICE -> {
                    service.kill();
                    service.start();
                }
            }
        });
    }

    private static <E extends Enum<E>> E any(Random random, EnumSet<E> all) {
        return List.copyOf(all).get(random.nextInt(all.size()));
    }

    private static void moveTo(String next, Path address) throws IOException {
        Path beside = address.resolveSibling("address.new");
        Files.writeString(beside, next + "\n");
        Files.move(beside, address, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private static void assertNothingWasToldTwice(List<Relay.Exchange> exchanges) {
        Set<String> good = new HashSet<>();
        for (Relay.Exchange exchange : exchanges) {
            assertThat(good)
                    .describedAs("%s in %s", exchange, exchanges)
                    .doesNotContain(exchange.address());
            if (exchange.reply().startsWith("good")) {
                good.add(exchange.address());
            }
        }
        assertThat(good).hasSizeGreaterThan(ROUNDS / 2);
    }
}

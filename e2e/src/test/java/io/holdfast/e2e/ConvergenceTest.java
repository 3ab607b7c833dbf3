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

/// Agent and service under `kill -9` of either side at every moment of an exchange: each name
/// always ends at the host's address, and no address is told again once the service has answered
/// `good` for it.
///
/// The names change in turn: the agent holds back one that changes too often.
class ConvergenceTest {
    private static final List<String> HOSTS =
            List.of("home.dyn.test", "attic.dyn.test", "shed.dyn.test", "barn.dyn.test");
    private static final String SECRET = "a-secret-of-the-host";
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
        Path addresses = folder.resolve("agent");
        try (ServiceProcess service =
                        ServiceProcess.in(folder.resolve("service"), SERVICE).start();
                Relay relay = new Relay(service::httpPort);
                AgentProcess agent =
                        new AgentProcess(
                                folder.resolve("agent"),
                                configuration("127.0.0.1:" + relay.port(), service.dns()))) {
            service.addHosts(HOSTS, SECRET);
            for (String host : HOSTS) {
                moveTo("192.0.2." + (101 + HOSTS.indexOf(host)), addresses.resolve(host));
            }
            agent.start();
            for (int round = 0; round < ROUNDS; round++) {
                String host = HOSTS.get(round % HOSTS.size());
                String next = "192.0.2." + (round + 1);
                Victim victim = any(random, EnumSet.allOf(Victim.class));
                Relay.Moment moment = any(random, EnumSet.allOf(Relay.Moment.class));
                killOnceAt(moment, victim, relay, service, agent);
                moveTo(next, addresses.resolve(host));
                Eventually.equal(
                        List.of(next),
                        () -> Dns.askIfThere(service.dnsPort(), host, "A"),
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

    private static String configuration(String http, String dns) {
        StringBuilder names = new StringBuilder("resolver = \"%s\"\n".formatted(dns));
        for (String host : HOSTS) {
            names.append(
                    """
                    [[name]]
                    name = "%1$s"
                    provider = "dyndns2"
                    server = "http://%2$s"
                    user = "%1$s"
                    password = "%3$s"
                    ipv4 = "file %1$s"
                    poll = "5s"
                    """
                            .formatted(host, http, SECRET));
        }
        return names.toString();
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

package io.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real DHCP between two hosts: `isp` (dnsmasq, and our service) gives `home` (udhcpc or dhclient,
/// and our agent) another address again and again; the name follows. How long it took is printed,
/// not asserted: a busy machine is no fault.
class DhcpTest {
    private static final String HOST = "home.dyn.test";
    private static final String SECRET = "a-secret-of-the-host";
    private static final String SOURCES = "ipv4 = \"interface h0\"";

    /// None twice: when the agent sent one is looked for in its log.
    private static final List<String> LEASES =
            List.of(
                    "10.77.0.101",
                    "10.77.0.150",
                    "10.77.0.151",
                    "10.77.0.152",
                    "10.77.0.153",
                    "10.77.0.154");

    /// Without a limit of answers: a resolver that asks a thousand times a second would be dropped.
    private static final String SERVICE =
            """
            [answers]
            rate-limit = 0
            [zone."dyn.test"]
            accept = "private"
            unchanged-grace = "0s"
            """;

    /// udhcpc rests 3 s before it takes another address. CI measures the way with all of them.
    private static final List<String> ASSIGNED = Tool.IN_CI ? LEASES : LEASES.subList(0, 3);

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"udhcpc", "dhclient"})
    void theNameFollowsTheLease(String client) throws Exception {
        Tool.requireRootOnLinux();
        Tool.require("ip", "dnsmasq", client);
        try (Namespace isp = Namespace.create("isp");
                Namespace home = Namespace.create("home")) {
            join(isp, home);
            try (ServiceProcess service =
                            ServiceProcess.in(folder.resolve("service"), isp, "10.77.0.1", SERVICE)
                                    .start();
                    KernelEvents kernel = new KernelEvents(home);
                    AgentProcess agent =
                            new AgentProcess(
                                    folder.resolve("agent"),
                                    AgentProcess.configuration(
                                            HOST, SECRET, service.http(), service.dns(), SOURCES),
                                    home.inside());
                    Resolver resolver = new Resolver(isp, "10.77.0.1", service.dnsPort())) {
                service.addHost(HOST, SECRET);
                agent.start();
                follow(client, isp, home, kernel, agent, resolver);
                sendsNothingAfterARestart(agent, service);
            }
        }
    }

    private void follow(
            String client,
            Namespace isp,
            Namespace home,
            KernelEvents kernel,
            AgentProcess agent,
            Resolver resolver)
            throws IOException {
        String mac = home.run("cat", "/sys/class/net/h0/address").mustSucceed().output().strip();
        List<Duration> toDns = new ArrayList<>();
        List<Duration> toGood = new ArrayList<>();
        try (DhcpServer provider = new DhcpServer(isp, folder, mac, LEASES.getFirst());
                DhcpClient lease = new DhcpClient(client, home, folder)) {
            for (String address : ASSIGNED) {
                provider.assign(address);
                lease.renew();
                Instant served = whenServed(resolver, address, agent);
                toDns.add(Duration.between(kernel.lastSeen(address), served));
                toGood.add(Duration.between(kernel.lastSeen(address), whenGood(agent, address)));
            }
        }
        System.out.printf(
                "%s, %d leases: kernel event to DNS answer %s, to good %s%n",
                client, ASSIGNED.size(), millis(toDns), millis(toGood));
    }

    private static void join(Namespace isp, Namespace home) {
        isp.ip("link", "add", "v0", "type", "veth", "peer", "name", "h0", "netns", home.name());
        isp.ip("addr", "add", "10.77.0.1/24", "dev", "v0");
        isp.ip("link", "set", "v0", "up");
        home.ip("link", "set", "h0", "up");
    }

    private static Instant whenServed(Resolver resolver, String address, AgentProcess agent) {
        Instant end = Instant.now().plusSeconds(90);
        while (!resolver.ask(HOST, "A").equals(List.of(address))) {
            assertThat(Instant.now())
                    .as("DNS never answered %s; the agent says:%n%s", address, agent.logged())
                    .isBefore(end);
            LockSupport.parkNanos(1_000_000);
        }
        return Instant.now();
    }

    /// The agent logs when it has read the answer: `2026-11-22T10:00:00.123Z INFO ... address is
    /// now ...`.
    private static Instant whenGood(AgentProcess agent, String address) {
        Pattern line =
                Pattern.compile("(\\S+) INFO .*address is now " + Pattern.quote(address) + "\\b");
        Eventually.equal(true, () -> line.matcher(agent.logged()).find(), agent::logged);
        Matcher last = line.matcher(agent.logged());
        Instant at = Instant.EPOCH;
        while (last.find()) {
            at = OffsetDateTime.parse(last.group(1)).toInstant();
        }
        return at;
    }

    /// The service counts every repeat here: `nochg` would show in the agent's log and in its own.
    private static void sendsNothingAfterARestart(AgentProcess agent, ServiceProcess service) {
        String before = service.adminLine("host", "show", HOST, "--json");
        agent.kill();
        int logged = agent.logged().length();
        agent.start();
        Eventually.equal(
                true,
                () -> agent.logged().substring(logged).contains("nothing to send"),
                agent::logged);
        assertThat(service.adminLine("host", "show", HOST, "--json")).isEqualTo(before);
        assertThat(agent.logged().substring(logged)).doesNotContain("address is now", "nochg");
    }

    private static String millis(List<Duration> durations) {
        List<Long> sorted = durations.stream().map(Duration::toMillis).sorted().toList();
        return "median %d ms (%d to %d)"
                .formatted(sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast());
    }
}

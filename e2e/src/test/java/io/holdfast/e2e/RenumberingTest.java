package io.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Router advertisements by dnsmasq, privacy addresses on, and a provider that takes the prefix
/// away and gives another: of the host's four global addresses the new stable one is published, and
/// no other, whatever the kernel repeats.
class RenumberingTest {
    private static final String HOST = "home.dyn.test";
    private static final String SECRET = "a-secret-of-the-host";
    private static final String SOURCES =
            """
            ipv4 = "off"
            ipv6 = "interface h0"
            """;
    private static final List<String> PREFIXES =
            List.of("2001:db8:1::", "2001:db8:2::", "2001:db8:3::");

    /// Repeats of the kernel's that have to change nothing; they come with every advertisement.
    private static final int REPEATS = 6;

    private static final long BETWEEN_SOLICITATIONS = 500_000_000;

    /// A router solicitation (RFC 4861 section 4.1), answered at once: dnsmasq by itself advertises
    /// every 5 to 19 s. Arguments: the number of the interface.
    private static final String SOLICIT =
            """
            use Socket;
            socket(S, 10, SOCK_RAW, 58) or die;
            setsockopt(S, 41, 18, pack("i", 255)) or die;
            my $routers = Socket::pack_sockaddr_in6(0, "\\xff\\x02" . "\\0" x 13 . "\\x02", $ARGV[0], 0);
            send(S, pack("CCnN", 133, 0, 0, 0), 0, $routers);
            """;

    @TempDir private Path folder;

    /// What happens at a home while the agent runs there.
    @FunctionalInterface
    private interface Course {
        void run(Namespace router, Namespace home, AgentProcess agent, Published published);
    }

    @Test
    void thePublishedAddressIsTheStablePreferredOne() {
        Tool.require("perl");
        atHome((router, home, agent, published) -> {
            try (KernelEvents kernel = new KernelEvents(home);
                    Background _ = advertise(router, "120")) {
                for (int i = 0; i < PREFIXES.size(); i++) {
                    if (i > 0) {
                        moveTo(PREFIXES.get(i), PREFIXES.get(i - 1), router);
                    }
                    published.becomesTheStableAddressBelow(PREFIXES.get(i), agent);
                    published.staysWhileTheKernelRepeats(kernel);
                }
                assertThat(published.seen).as("addresses ever published").hasSize(PREFIXES.size());
            }
        });
    }

    /// A router that was restarted with another prefix and does not know the old one any more (RFC
    /// 8978): the old addresses stay preferred for an hour, and nobody says that they are over.
    @Test
    void aPrefixThatIsNoLongerAnnouncedIsLeft() {
        String before = PREFIXES.get(0);
        String after = PREFIXES.get(1);
        atHome((router, _, agent, published) -> {
            try (Background _ = advertise(router, "1h")) {
                published.becomesBelow(before, agent);
            }
            moveTo(after, before, router);
            try (Background _ = advertise(router, "1h")) {
                published.becomesBelow(after, agent);
                assertThat(published.stable())
                        .as("both are preferred, by the kernel's word")
                        .hasSize(2);
            }
        });
    }

    /// A router and a host behind it, the service at the router and the agent at the host.
    private void atHome(Course course) {
        Tool.requireRootOnLinux();
        Tool.require("ip", "dnsmasq", "sysctl");
        try (Namespace router = Namespace.create("rtr");
                Namespace home = Namespace.create("home")) {
            join(router, home);
            String zone = "[zone.\"dyn.test\"]\n";
            try (ServiceProcess service =
                            ServiceProcess.in(folder.resolve("service"), router, "10.78.0.1", zone)
                                    .start();
                    AgentProcess agent =
                            new AgentProcess(
                                    folder.resolve("agent"),
                                    AgentProcess.configuration(
                                            HOST, SECRET, service.http(), service.dns(), SOURCES),
                                    home.inside())) {
                service.addHost(HOST, SECRET);
                agent.start();
                Resolver resolver = new Resolver(router, "10.78.0.1", service.dnsPort());
                course.run(router, home, agent, new Published(resolver, home));
            }
        }
    }

    /// What the DNS said, all the while.
    private static final class Published {
        private final Set<String> seen = new TreeSet<>();
        private final Resolver resolver;
        private final Namespace home;
        private final int number;
        private long solicited = System.nanoTime();

        Published(Resolver resolver, Namespace home) {
            this.resolver = resolver;
            this.home = home;
            this.number =
                    Integer.parseInt(
                            home.run("cat", "/sys/class/net/h0/ifindex")
                                    .mustSucceed()
                                    .output()
                                    .strip());
        }

        void becomesTheStableAddressBelow(String prefix, AgentProcess agent) {
            String start = prefix.substring(0, prefix.length() - 1);
            Eventually.equal(
                    true,
                    () ->
                            solicit()
                                    && now().stream().anyMatch(a -> a.startsWith(start))
                                    && now().equals(stable()),
                    () -> now() + " is published; the host has:\n" + addresses() + agent.logged());
        }

        void becomesBelow(String prefix, AgentProcess agent) {
            String start = prefix.substring(0, prefix.length() - 1);
            Eventually.equal(
                    true,
                    () -> now().stream().anyMatch(a -> a.startsWith(start)),
                    () -> now() + " is published; the host has:\n" + addresses() + agent.logged());
        }

        void staysWhileTheKernelRepeats(KernelEvents kernel) {
            int enough = kernel.all().size() + REPEATS;
            long end = System.nanoTime() + 90_000_000_000L;
            while (kernel.all().size() < enough) {
                assertThat(now())
                        .as("published, while the host has%n%s", addresses())
                        .isEqualTo(stable());
                assertThat(System.nanoTime()).as("the kernel fell silent").isLessThan(end);
                solicit();
                LockSupport.parkNanos(20_000_000);
            }
        }

        /// Asks the router for its next advertisement, if it does not ask too often already.
        private boolean solicit() {
            if (System.nanoTime() - solicited > BETWEEN_SOLICITATIONS) {
                solicited = System.nanoTime();
                // Fails until the link-local address is good; the next will not.
                home.run("perl", "-e", SOLICIT, Integer.toString(number));
            }
            return true;
        }

        private Set<String> now() {
            Set<String> now = new TreeSet<>(resolver.ask(HOST, "AAAA"));
            seen.addAll(now);
            return now;
        }

        /// Those for whose prefix temporary ones are made, and that are good for new connections.
        private Set<String> stable() {
            return Pattern.compile("inet6 ([0-9a-f:]+)/64 ")
                    .matcher(
                            addresses()
                                    .lines()
                                    .filter(line -> line.contains("mngtmpaddr"))
                                    .filter(line -> !line.contains("deprecated"))
                                    .filter(line -> !line.contains("tentative"))
                                    .collect(Collectors.joining("\n")))
                    .results()
                    .map(match -> match.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private String addresses() {
            return home.run("ip", "-6", "-o", "addr", "show", "dev", "h0", "scope", "global")
                    .output();
        }
    }

    private Background advertise(Namespace router, String lifetime) {
        return Background.start(
                folder.resolve("dnsmasq.log"),
                router.inside(
                        "dnsmasq",
                        "--keep-in-foreground",
                        "--port=0",
                        "--interface=v0",
                        "--bind-dynamic",
                        "--enable-ra",
                        "--ra-param=v0,high,3,60",
                        "--dhcp-range=::,constructor:v0,ra-only,64," + lifetime,
                        "--conf-file=/dev/null",
                        "--user=root",
                        "--log-facility=-"));
    }

    /// As after the reconnect of a DSL line; a dnsmasq that runs then advertises the old prefix as
    /// deprecated.
    private static void moveTo(String prefix, String from, Namespace router) {
        router.ip("addr", "add", prefix + "1/64", "dev", "v0", "nodad");
        router.ip("addr", "del", from + "1/64", "dev", "v0");
    }

    private static void join(Namespace router, Namespace home) {
        router.ip("link", "add", "v0", "type", "veth", "peer", "name", "h0", "netns", home.name());
        router.run("sysctl", "-qw", "net.ipv6.conf.all.forwarding=1").mustSucceed();
        home.run("sysctl", "-qw", "net.ipv6.conf.h0.accept_ra=1", "net.ipv6.conf.h0.use_tempaddr=2")
                .mustSucceed();
        router.ip("addr", "add", "10.78.0.1/24", "dev", "v0");
        home.ip("addr", "add", "10.78.0.2/24", "dev", "h0");
        router.ip("addr", "add", PREFIXES.getFirst() + "1/64", "dev", "v0", "nodad");
        router.ip("link", "set", "v0", "up");
        home.ip("link", "set", "h0", "up");
    }
}

package io.holdfast.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/// BIND, Knot, NSD and PowerDNS as secondaries of a hidden primary: its zone names only them, and
/// every transfer and notification is signed. Refresh times are of an hour; it is NOTIFY that
/// drives.
class SecondariesTest {
    private static final int HOSTS = 300;
    private static final int UPDATERS = 8;

    private static final int UPDATES_A_PHASE = 2_000;
    private static final String SECRET =
            Base64.getEncoder().encodeToString("a secret for this test, 32 bytes".getBytes(UTF_8));

    @TempDir Path folder;
    private final Random random = new Random(20261122);
    private final Map<String, String> secrets = new ConcurrentHashMap<>();

    @BeforeEach
    void need() {
        Tool.require("named", "knotd", "nsd", "pdns_server", "pdnsutil", "sqlite3");
    }

    @Test
    void theyFollowThroughKillsAndEndIdentical() throws Exception {
        int[] ports = {
            SecondaryServer.freePort(),
            SecondaryServer.freePort(),
            SecondaryServer.freePort(),
            SecondaryServer.freePort()
        };
        try (ServiceProcess holdfast =
                        ServiceProcess.in(
                                        folder.resolve("holdfast"),
                                        """
                                        [zone."dyn.test"]
                                        nameservers = ["ns1.example", "ns2.example", "ns3.example"]
                                        changed-allowed = 0
                                        transfer-to = ["127.0.0.1:%d", "127.0.0.1:%d", "127.0.0.1:%d", "127.0.0.1:%d"]
                                        transfer-key = "second"
                                        """
                                                .formatted(ports[0], ports[1], ports[2], ports[3]))
                                .start();
                SecondaryServer bind = bind(ports[0], holdfast);
                SecondaryServer knot = knot(ports[1], holdfast);
                SecondaryServer nsd = nsd(ports[2], holdfast);
                SecondaryServer powerDns = powerDns(ports[3], holdfast)) {
            List<SecondaryServer> all = List.of(bind, knot, nsd, powerDns);
            holdfast.admin("key", "add", "second", "--transfer", "--secret", SECRET).mustSucceed();
            holdfast.adminLine("account", "add", "alice");
            addHosts(holdfast, 0, HOSTS);
            all.forEach(SecondaryServer::start);
            all.forEach(server -> awaitSerial(server, holdfast));

            runPhase(holdfast, () -> {});
            bind.kill();
            runPhase(holdfast, () -> {});
            bind.start();
            powerDns.kill();
            knot.stop();
            nsd.kill();
            runPhase(holdfast, () -> {});
            knot.start();
            nsd.start();
            powerDns.start();
            runPhase(
                    holdfast,
                    () -> {
                        holdfast.kill();
                        holdfast.start();
                    });
            bind.stop();
            knot.kill();
            removeHosts(holdfast, 0, 20);
            addHosts(holdfast, HOSTS, HOSTS + 20);
            bind.start();
            knot.start();
            runPhase(holdfast, () -> {});

            all.forEach(server -> awaitSerial(server, holdfast));
            Set<String> served = exported(holdfast);
            assertThat(served).hasSizeGreaterThan(HOSTS / 2);
            for (SecondaryServer server : all) {
                assertThat(server.records("dyn.test")).describedAs(server.said()).isEqualTo(served);
            }
            Eventually.equal(
                    4, () -> current(holdfast), () -> holdfast.adminLine("zone", "status"));
        }
    }

    /// NSD 4.6, which Debian 12 has, knows no catalogs.
    @Test
    void bindAndKnotPickUpZonesByThemselves() throws Exception {
        int[] ports = {SecondaryServer.freePort(), SecondaryServer.freePort()};
        String to = "[\"127.0.0.1:" + ports[0] + "\", \"127.0.0.1:" + ports[1] + "\"]";
        String configuration = catalog(to) + zone("a.test", to) + zone("b.test", to);
        try (ServiceProcess holdfast =
                        ServiceProcess.in(folder.resolve("holdfast"), configuration).start();
                SecondaryServer bind =
                        SecondaryServer.bind(
                                folder.resolve("bind"),
                                ports[0],
                                configuration("bind", ports[0], holdfast)
                                        .bindByCatalog("catalog.test"));
                SecondaryServer knot =
                        SecondaryServer.knot(
                                folder.resolve("knot"),
                                ports[1],
                                configuration("knot", ports[1], holdfast)
                                        .knotByCatalog("catalog.test"))) {
            holdfast.admin("key", "add", "second", "--transfer", "--secret", SECRET).mustSucceed();
            bind.start();
            knot.start();
            for (SecondaryServer server : List.of(bind, knot)) {
                awaitServed(server, "a.test");
                awaitServed(server, "b.test");
            }
            holdfast.stop();
            Files.writeString(
                    folder.resolve("holdfast/holdfast.toml"), configuration + zone("c.test", to));
            holdfast.start();
            for (SecondaryServer server : List.of(bind, knot)) {
                awaitServed(server, "c.test");
            }
        }
    }

    @Test
    void powerDnsPicksUpZonesByItself() throws Exception {
        int port = SecondaryServer.freePort();
        String transfers = "transfer-to = [\"127.0.0.1:" + port + "\"]\n";
        String configuration =
                "[catalog]\nzone = \"catalog.test\"\n"
                        + transfers
                        + "[zone.\"a.test\"]\n"
                        + transfers;
        try (ServiceProcess holdfast =
                ServiceProcess.in(folder.resolve("holdfast"), configuration).start()) {
            Path pdns = folder.resolve("pdns");
            new PowerDnsFolder(pdns, port, holdfast.dnsPort()).withCatalog("catalog.test");
            try (SecondaryServer powerDns = SecondaryServer.powerDns(pdns, port)) {
                powerDns.start();
                awaitServed(powerDns, "a.test");

                Files.writeString(
                        folder.resolve("holdfast/holdfast.toml"),
                        configuration + "[zone.\"b.test\"]\n" + transfers);
                holdfast.admin("zone", "reload").mustSucceed();
                awaitServed(powerDns, "b.test");
            }
        }
    }

    private static String catalog(String to) {
        return "[catalog]\nzone = \"catalog.test\"\ntransfer-to = "
                + to
                + "\ntransfer-key = \"second\"\n";
    }

    private static String zone(String name, String to) {
        return "[zone.\"" + name + "\"]\ntransfer-to = " + to + "\ntransfer-key = \"second\"\n";
    }

    private SecondaryConfiguration configuration(String name, int port, ServiceProcess holdfast) {
        return new SecondaryConfiguration(folder.resolve(name), port, holdfast.dnsPort(), SECRET);
    }

    private SecondaryServer bind(int port, ServiceProcess holdfast) {
        return SecondaryServer.bind(
                folder.resolve("bind"),
                port,
                configuration("bind", port, holdfast).bind("dyn.test"));
    }

    private SecondaryServer knot(int port, ServiceProcess holdfast) {
        return SecondaryServer.knot(
                folder.resolve("knot"),
                port,
                configuration("knot", port, holdfast).knot("dyn.test"));
    }

    private SecondaryServer nsd(int port, ServiceProcess holdfast) {
        return SecondaryServer.nsd(
                folder.resolve("nsd"), port, configuration("nsd", port, holdfast).nsd("dyn.test"));
    }

    private SecondaryServer powerDns(int port, ServiceProcess holdfast) {
        Path pdns = folder.resolve("pdns");
        new PowerDnsFolder(pdns, port, holdfast.dnsPort()).withZone("dyn.test", SECRET);
        return SecondaryServer.powerDns(pdns, port);
    }

    private static void awaitSerial(SecondaryServer server, ServiceProcess holdfast) {
        Supplier<String> primary =
                () -> Dns.ask(holdfast.dnsPort(), "dyn.test", "SOA").getFirst().split(" ")[2];
        Eventually.equal(
                true,
                () -> server.serial("dyn.test").equals(primary.get()),
                () -> server.said() + "\n" + holdfast.adminLine("zone", "status"));
    }

    private static void awaitServed(SecondaryServer server, String zone) {
        Eventually.equal(false, () -> server.serial(zone).equals("none"), server::said);
    }

    private void addHosts(ServiceProcess holdfast, int from, int to) {
        List<String> command = new ArrayList<>(List.of("host", "add", "--account", "alice"));
        for (int i = from; i < to; i++) {
            command.add("h" + i + ".dyn.test");
        }
        holdfast.adminLine(command.toArray(String[]::new))
                .lines()
                .map(line -> line.split(" "))
                .forEach(words -> secrets.put(words[0], words[1]));
    }

    private void removeHosts(ServiceProcess holdfast, int from, int to) {
        List<String> command = new ArrayList<>(List.of("host", "remove"));
        for (int i = from; i < to; i++) {
            command.add("h" + i + ".dyn.test");
            secrets.remove("h" + i + ".dyn.test");
        }
        holdfast.admin(command.toArray(String[]::new)).mustSucceed();
    }

    /// Updates random hosts to random addresses, several at a time.
    ///
    /// @param meanwhile done while the updates run; the service may be away for a while
    private void runPhase(ServiceProcess holdfast, Runnable meanwhile) throws Exception {
        List<String> hosts = new ArrayList<>(new TreeSet<>(secrets.keySet()));
        int port = holdfast.httpPort();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < UPDATERS; i++) {
                Random own = new Random(random.nextLong());
                running.add(threads.submit(() -> update(hosts, port, own)));
            }
            meanwhile.run();
            for (Future<?> one : running) {
                one.get();
            }
        }
    }

    private void update(List<String> hosts, int port, Random own) {
        try (Updates client = new Updates(port)) {
            for (int i = 0; i < UPDATES_A_PHASE / UPDATERS; i++) {
                String host = hosts.get(own.nextInt(hosts.size()));
                String address = "203.0.113." + own.nextInt(256);
                assertThat(answer(client, host, address)).endsWith(address);
            }
        }
    }

    private String answer(Updates client, String host, String address) {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            try {
                return client.send(host, requireNonNull(secrets.get(host)), address);
            } catch (IOException away) {
                LockSupport.parkNanos(30_000_000); // until the service is back
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("the service did not come back");
    }

    private Set<String> exported(ServiceProcess holdfast) throws IOException {
        Path file = folder.resolve("exported");
        holdfast.admin("zone", "export", "dyn.test", file.toString()).mustSucceed();
        Set<String> records = new TreeSet<>();
        try (Master master = new Master(file.toString(), Name.fromString("dyn.test."))) {
            for (Record one = master.nextRecord(); one != null; one = master.nextRecord()) {
                records.add(one.toString());
            }
        }
        return records;
    }

    private static int current(ServiceProcess holdfast) {
        return holdfast.adminLine("zone", "status", "dyn.test", "--json")
                        .split("\"current\":true", -1)
                        .length
                - 1;
    }
}

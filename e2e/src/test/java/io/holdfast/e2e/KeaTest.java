package io.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A LAN whose DHCP server, Kea, tells every lease to our service by signed updates: forward and
/// reverse, with the names' owners kept apart by DHCID.
///
/// Kea 2.2 of Debian 12 has two of the four conflict modes of later versions: `check-with-dhcid`
/// and, without conflict resolution, `no-check-with-dhcid`. The messages of the others are in
/// `rfc2136.txt`.
class KeaTest {
    private static Namespace lan;
    private static ServiceProcess service;
    private static TsigFile key;

    @TempDir Path folder;

    @BeforeAll
    static void serve(@TempDir Path data) {
        Tool.requireRootOnLinux();
        Tool.require("ip", "dig", "kea-dhcp4", "kea-dhcp-ddns", "udhcpc");
        lan = Namespace.create("lan", "127.0.0.1 localhost");
        lan.ip("link", "add", "lan", "type", "bridge");
        lan.ip("addr", "add", "10.77.0.1/24", "dev", "lan");
        lan.ip("link", "set", "lan", "up");
        // A bridge is down while nobody is there, and Kea does not wait for somebody to come.
        lan.ip("link", "add", "s0", "type", "veth", "peer", "name", "s1");
        lan.ip("link", "set", "s0", "master", "lan", "up");
        lan.ip("link", "set", "s1", "up");
        service =
                ServiceProcess.in(
                                data,
                                lan,
                                "127.0.0.1",
                                """
                                [zone."dyn.test"]
                                accept = "private"
                                [zone."77.10.in-addr.arpa"]
                                nameservers = ["ns1.dyn.test"]
                                """)
                        .start();
        key =
                TsigFile.of(
                        service.adminLine(
                                "key",
                                "add",
                                "kea",
                                "--zone",
                                "dyn.test",
                                "--zone",
                                "77.10.in-addr.arpa"));
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        if (lan != null) {
            lan.close();
        }
    }

    @Test
    void namesFollowALeaseFromItsBeginningToItsEnd() throws IOException {
        String name = "laptop.dyn.test";
        try (KeaServer kea = kea(true, 600);
                KeaClient machine = client(1, "laptop")) {
            Eventually.equal(List.of("10.77.0.100"), () -> dig(name, "A"), kea::logged);
            Eventually.equal(List.of(name + "."), () -> reverse("100"), kea::logged);
            assertThat(dig(name, "DHCID")).as("who has the name").hasSize(1);

            long told = kea.said("DHCP_DDNS_ADD_SUCCEEDED");
            machine.renew();
            Eventually.equal(true, () -> kea.said("DHCP_DDNS_ADD_SUCCEEDED") > told, kea::logged);
            assertThat(dig(name, "A")).as("renewed").containsExactly("10.77.0.100");

            kea.reserve(machine.mac(), "10.77.0.150");
            machine.renew();
            Eventually.equal(List.of("10.77.0.150"), () -> dig(name, "A"), kea::logged);
            Eventually.equal(List.of(name + "."), () -> reverse("150"), kea::logged);

            machine.release();
            Eventually.equal(List.of(), () -> dig(name, "DHCID"), kea::logged);
            Eventually.equal(List.of(), () -> reverse("150"), kea::logged);
            assertThat(dig(name, "A")).as("released").isEmpty();
        }
    }

    @Test
    void aLeaseThatRunsOutTakesItsNamesWithIt() throws IOException {
        String name = "phone.dyn.test";
        try (KeaServer kea = kea(true, 3);
                KeaClient machine = client(1, "phone")) {
            Eventually.equal(List.of(name + "."), () -> reverse("100"), kea::logged);
            machine.vanish();
            Eventually.equal(List.of(), () -> dig(name, "A"), kea::logged);
            Eventually.equal(List.of(), () -> reverse("100"), kea::logged);
            Eventually.equal(List.of(), () -> dig(name, "DHCID"), kea::logged);
        }
    }

    @Test
    void aSecondMachineGetsTheNameOnlyWhenTheFirstHasLeft() throws IOException {
        String name = "printer.dyn.test";
        try (KeaServer kea = kea(true, 600);
                KeaClient first = client(1, "printer")) {
            Eventually.equal(List.of(name + "."), () -> reverse("100"), kea::logged);
            try (KeaClient second = client(2, "printer")) {
                Eventually.equal(1L, () -> kea.said("DHCP_DDNS_ADD_FAILED"), kea::logged);
                assertThat(dig(name, "A")).containsExactly("10.77.0.100");
                assertThat(reverse("101")).doesNotContain(name + ".");

                first.release();
                Eventually.equal(List.of(), () -> dig(name, "DHCID"), kea::logged);
                second.renew();
                Eventually.equal(List.of("10.77.0.101"), () -> dig(name, "A"), kea::logged);
            }
        }
    }

    @Test
    void withoutConflictResolutionTheLastMachineHasTheName() throws IOException {
        String name = "guest.dyn.test";
        try (KeaServer kea = kea(false, 600);
                KeaClient _ = client(1, "guest")) {
            Eventually.equal(List.of(name + "."), () -> reverse("100"), kea::logged);
            List<String> owner = dig(name, "DHCID");
            try (KeaClient _ = client(2, "guest")) {
                Eventually.equal(List.of("10.77.0.101"), () -> dig(name, "A"), kea::logged);
                assertThat(dig(name, "DHCID")).hasSize(1).isNotEqualTo(owner);
            }
        }
    }

    @Test
    void aRegisteredHostIsToldOfAsByHttp() throws IOException {
        String name = "desk.dyn.test";
        service.adminLine("account", "add", "alice");
        service.adminLine("host", "add", name, "--account", "alice");
        try (KeaServer kea = kea(true, 600);
                KeaClient machine = client(1, "desk")) {
            Eventually.equal(List.of("10.77.0.100"), () -> dig(name, "A"), kea::logged);
            assertThat(service.adminLine("host", "show", name, "--json"))
                    .contains("\"ipv4\":\"10.77.0.100\"", "\"front\":\"RFC 2136\"");

            machine.release();
            Eventually.equal(List.of(), () -> dig(name, "A"), kea::logged);
            assertThat(service.adminLine("host", "show", name, "--json"))
                    .as("its name is kept for it")
                    .contains("\"ipv4\":null");
        }
    }

    /// Every other answer to D2 is lost, so that it asks each thing twice. The second time its
    /// message is another one, signed at another time: the name is in use by then, and D2 goes on
    /// to replace what it has just made.
    @Test
    void whatD2AsksAgainBecauseAnAnswerWasLostDoesNoHarm() throws IOException {
        Tool.require("nft");
        String name = "tablet.dyn.test";
        service.adminLine("account", "add", "bob");
        service.adminLine("host", "add", name, "--account", "bob");
        try (KeaServer kea = kea(true, 600, Duration.ofSeconds(2))) {
            loseEveryOtherAnswer();
            try (KeaClient machine = client(1, "tablet")) {
                Eventually.equal(1L, () -> kea.said("DHCP_DDNS_ADD_SUCCEEDED"), kea::logged);
                assertThat(hostJson(name)).contains("\"changed\":1,");
                machine.renew(); // Kea takes the name away, and brings it back
                Eventually.equal(2L, () -> kea.said("DHCP_DDNS_ADD_SUCCEEDED"), kea::logged);
            } finally {
                lan.run("nft", "delete", "table", "inet", "loss").mustSucceed();
            }
            assertThat(kea.said("_ADD_IO_ERROR")).as("adding, asked again").isEqualTo(2);
            assertThat(kea.said("_REPLACE_IO_ERROR")).as("replacing").isEqualTo(4);
            // Once in a while D2 is not quite done when it says so.
            Eventually.equal(List.of("10.77.0.100"), () -> dig(name, "A"), kea::logged);
            Eventually.equal(List.of(name + "."), () -> reverse("100"), kea::logged);
            assertThat(hostJson(name))
                    .as("no more changes than were meant, and nothing that counts as needless")
                    .contains("\"changed\":3,", "\"unchangedInHand\":12,", "\"block\":null");
        }
    }

    private static String hostJson(String name) {
        return service.adminLine("host", "show", name, "--json");
    }

    private static void loseEveryOtherAnswer() {
        lan.run("nft", "add", "table", "inet", "loss").mustSucceed();
        String hook = "{ type filter hook output priority 0; }";
        lan.run("nft", "add", "chain", "inet", "loss", "out", hook).mustSucceed();
        String rule = "udp sport %d numgen inc mod 2 == 0 drop".formatted(service.dnsPort());
        lan.run("nft", "add", "rule", "inet", "loss", "out", rule).mustSucceed();
    }

    private KeaServer kea(boolean checkConflicts, int leaseSeconds) throws IOException {
        return kea(checkConflicts, leaseSeconds, Duration.ofSeconds(5));
    }

    private KeaServer kea(boolean checkConflicts, int leaseSeconds, Duration dnsPatience)
            throws IOException {
        return new KeaServer(
                lan,
                Files.createDirectory(folder.resolve("kea")),
                service.dnsPort(),
                dnsPatience,
                key,
                checkConflicts,
                leaseSeconds);
    }

    private KeaClient client(int number, String label) throws IOException {
        return new KeaClient(
                lan, Files.createDirectory(folder.resolve("client" + number)), number, label);
    }

    private static List<String> reverse(String last) {
        return dig(last + ".0.77.10.in-addr.arpa", "PTR");
    }

    private static List<String> dig(String name, String type) {
        return lan.run("dig", "@127.0.0.1", "-p", "" + service.dnsPort(), "+short", name, type)
                .mustSucceed()
                .output()
                .lines()
                .toList();
    }
}

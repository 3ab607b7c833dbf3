package io.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people get wrong, and what they are told: the place, the fault and the mend; nothing is
/// lost.
class BadInputTest {
    private static final int COULD_NOT = 1;
    private static final int WRONG_CONFIGURATION = 2;

    @TempDir Path folder;

    private static Command.Result holdfast(String... words) {
        return Command.run(Distribution.command(words).toArray(String[]::new));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private String dataFolder() {
        return folder.resolve("data").toString();
    }

    /// A secret is shown only once: whoever has it written to a full disk must know.
    @Test
    void resultsThatCannotBeWrittenAreNoSuccess() {
        assumeTrue(Files.exists(Path.of("/dev/full")), "needs a /dev/full, as Linux has it");
        holdfast("account", "add", "alice", "--data", dataFolder()).mustSucceed();
        List<String> words = new ArrayList<>(List.of("sh", "-c", "\"$@\" >/dev/full", "sh"));
        words.addAll(Distribution.command("account", "key", "alice", "--data", dataFolder()));
        Command.Result told = Command.run(words.toArray(String[]::new));
        assertThat(told.status()).isEqualTo(COULD_NOT);
        assertThat(told.output()).contains("holdfast: cannot write to standard output: ");
    }

    @Test
    void everyFaultOfAConfigurationIsToldWithLineAndColumn() throws IOException {
        String file =
                file(
                        "holdfast.toml",
                        """
                        http = ["127.0.0.1"]
                        colour = "blue"
                        [zone."dyn.test"]
                        ttl = "soon"
                        unchanged-allowed = -1
                        """);
        for (Command.Result told :
                List.of(
                        holdfast("check", "--config", file),
                        holdfast("serve", "--config", file, "--data", dataFolder()))) {
            assertThat(told.status()).isEqualTo(WRONG_CONFIGURATION);
            assertThat(told.output().lines())
                    .anySatisfy(l -> assertThat(l).startsWith(file + ":1:").contains("HOST:PORT"))
                    .anySatisfy(l -> assertThat(l).startsWith(file + ":2:1: ").contains("colour"))
                    .anySatisfy(l -> assertThat(l).startsWith(file + ":4:").contains("soon"))
                    .anySatisfy(
                            l -> assertThat(l).startsWith(file + ":").contains("unchanged-allowed"))
                    .noneSatisfy(l -> assertThat(l).contains("Exception"));
        }
    }

    @Test
    void brokenTomlIsToldWithLineAndColumn() throws IOException {
        String file = file("holdfast.toml", "http = [\"127.0.0.1:0\"\ndata = \"x\"\n");
        Command.Result told = holdfast("check", "--config", file);
        assertThat(told.status()).isEqualTo(WRONG_CONFIGURATION);
        assertThat(told.output()).startsWith(file + ":1:22: ");
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            Command.Result http =
                    holdfast(
                            "serve",
                            "--data",
                            dataFolder(),
                            "--http",
                            address,
                            "--dns",
                            "127.0.0.1:0");
            assertThat(http.status()).isEqualTo(COULD_NOT);
            assertThat(http.output()).contains(address).doesNotContain("\tat ");
            Command.Result dns =
                    holdfast(
                            "serve",
                            "--data",
                            dataFolder(),
                            "--http",
                            "127.0.0.1:0",
                            "--dns",
                            address);
            assertThat(dns.status()).isEqualTo(COULD_NOT);
            assertThat(dns.output()).contains(address).doesNotContain("\tat ");
        }
    }

    @Test
    void aDataFolderThatIsNoneIsNamed() throws IOException {
        String notAFolder = file("data", "a file\n");
        Command.Result told =
                holdfast(
                        "serve",
                        "--data",
                        notAFolder,
                        "--http",
                        "127.0.0.1:0",
                        "--dns",
                        "127.0.0.1:0");
        assertThat(told.status()).isEqualTo(COULD_NOT);
        assertThat(told.output()).contains(notAFolder).doesNotContain("\tat ");
    }

    @Test
    void aDataFolderInUseIsNamedAndItsServiceGoesOn() {
        try (ServiceProcess service = ServiceProcess.in(folder, "[zone.\"dyn.test\"]\n").start()) {
            Command.Result second =
                    holdfast(
                            "serve",
                            "--data",
                            service.data().toString(),
                            "--http",
                            "127.0.0.1:0",
                            "--dns",
                            "127.0.0.1:0");
            assertThat(second.status()).isEqualTo(COULD_NOT);
            assertThat(second.output()).contains(service.data().toString());
            assertThat(Dns.ask(service.dnsPort(), "dyn.test", "SOA")).hasSize(1);
        }
    }

    @Test
    void everyFaultOfAMasterFileIsToldAtTheStart() throws IOException {
        file("dyn.zone", FAULTY_ZONE);
        String file =
                file(
                        "holdfast.toml",
                        """
                        [zone."dyn.test"]
                        records = "dyn.zone"
                        """);
        Command.Result told = holdfast("serve", "--config", file, "--data", dataFolder());
        assertThat(told.status()).isEqualTo(WRONG_CONFIGURATION);
        assertThat(told.output().lines())
                .anySatisfy(l -> assertThat(l).contains("dyn.zone:4:"))
                .anySatisfy(l -> assertThat(l).contains("dyn.zone:6:"));
    }

    @Test
    void aFaultyImportChangesNothing() throws IOException {
        String faulty = file("faulty.zone", FAULTY_ZONE);
        String good =
                file(
                        "good.zone",
                        """
                        $TTL 300
                        @     SOA ns1 hostmaster 1 3600 600 86400 60
                              NS  ns1
                        ns1   A   192.0.2.53
                        www   A   192.0.2.80
                        """);
        try (ServiceProcess service = ServiceProcess.in(folder, "[zone.\"dyn.test\"]\n").start()) {
            service.admin("zone", "import", "dyn.test", good).mustSucceed();
            assertThat(Dns.ask(service.dnsPort(), "www.dyn.test", "A"))
                    .containsExactly("192.0.2.80");
            Command.Result told = service.admin("zone", "import", "dyn.test", faulty);
            assertThat(told.status()).isEqualTo(COULD_NOT);
            assertThat(told.output().lines())
                    .anySatisfy(l -> assertThat(l).startsWith(faulty + ":4:"))
                    .anySatisfy(l -> assertThat(l).startsWith(faulty + ":6:"));
            assertThat(Dns.ask(service.dnsPort(), "www.dyn.test", "A"))
                    .containsExactly("192.0.2.80");
        }
    }

    private static final String FAULTY_ZONE =
            """
            $TTL 300
            @     SOA ns1 hostmaster 1 3600 600 86400 60
                  NS  ns1
            ns1   A   192.0.2.300
            www   A   192.0.2.80
            mail  MX  ten mail.example.
            """;
}

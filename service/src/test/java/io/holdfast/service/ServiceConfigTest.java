package io.holdfast.service;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.holdfast.config.Fault;
import io.holdfast.config.FaultyFileException;
import io.holdfast.dns.Name;
import io.holdfast.service.address.Network;
import io.holdfast.service.host.AbuseLimits;
import io.holdfast.service.listen.TcpLimits;
import io.holdfast.service.store.PostgresqlAddress;
import io.holdfast.service.store.StoreLocation;
import io.holdfast.service.transfer.SecondaryAddress;
import io.holdfast.service.transfer.TransferPermission;
import io.holdfast.service.zone.AcceptedAddresses;
import io.holdfast.service.zone.ZonePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceConfigTest {
    @TempDir Path folder;

    private Path file() {
        return folder.resolve("holdfast.toml");
    }

    private ServiceConfig read(String text) throws IOException, FaultyFileException {
        Files.writeString(file(), text);
        return ServiceConfig.read(file());
    }

    /// What is wrong, without the folder's name in front.
    private List<String> faultsOf(String text) throws IOException {
        Files.writeString(file(), text);
        try {
            ServiceConfig.check(file());
            return fail("expected faults");
        } catch (FaultyFileException faulty) {
            return faulty.faults().stream()
                    .map(Fault::toString)
                    .map(fault -> fault.replace(folder + "/", ""))
                    .toList();
        }
    }

    @Test
    void nothingWrittenMeansLoopbackUnprivilegedAndNoZone()
            throws IOException, FaultyFileException {
        ServiceConfig config = read("");
        assertThat(config.data()).isEqualTo(folder.resolve("data"));
        assertThat(config.http().listen()).containsExactly(ListenAddress.parse("127.0.0.1:8245"));
        assertThat(config.dns()).containsExactly(ListenAddress.parse("127.0.0.1:5300"));
        assertThat(config.zones()).isEmpty();
        assertThat(ServiceConfig.defaults().data()).isEqualTo(Path.of("data"));
    }

    @Test
    void everyKeyIsTakenAndPathsAreRelativeToTheFile() throws IOException, FaultyFileException {
        Files.writeString(folder.resolve("own.zone"), "@ 60 TXT \"here\"\n");
        ServiceConfig config =
                read(
                        """
                        data = "./rows"
                        http = ["[::1]:0", "127.0.0.1:8080"]
                        dns = ["127.0.0.1:53"]
                        trusted-proxies = ["127.0.0.1", "10.0.0.0/8"]
                        blocked-agents = ["BadBot/1.0"]

                        [dns-tcp]
                        connections = 5000
                        connections-per-client = 10
                        idle = "3s"
                        write = "1s"

                        [answers]
                        nsid = "ns1.fra"
                        version = ""
                        rate-limit = 50
                        rate-limit-slip = 1
                        rate-limit-exempt = ["127.0.0.0/8", "2001:db8::/32"]
                        cookie-secrets = ["e5e973e5a6b2a43f48e7dc849e37bfcf"]

                        [zone."dyn.example"]
                        nameservers = ["ns1.dyn.example"]
                        ttl = "30s"
                        accept = "private"
                        records = "own.zone"
                        transfer-to = ["192.0.2.53", "192.0.2.54:5353", "[2001:db8::53]:53"]
                        transfer-allow = ["198.51.100.0/24"]
                        transfer-key = "second"
                        unchanged-allowed = 3
                        unchanged-grace = "0s"
                        changed-allowed = 0

                        [catalog]
                        zone = "catalog.example"
                        transfer-to = ["192.0.2.53"]
                        """);
        assertThat(config.data()).isEqualTo(folder.resolve("rows"));
        assertThat(config.http().listen())
                .containsExactly(
                        ListenAddress.parse("[::1]:0"), ListenAddress.parse("127.0.0.1:8080"));
        assertThat(config.http().trustedProxies()).hasSize(2);
        assertThat(config.http().blockedAgents()).containsExactly("BadBot/1.0");
        assertThat(config.tcp())
                .isEqualTo(new TcpLimits(5000, 10, Duration.ofSeconds(3), Duration.ofSeconds(1)));
        AnswerPolicy answers = config.answers();
        assertThat(answers.nsid()).contains("ns1.fra");
        assertThat(answers.version()).isEmpty();
        assertThat(answers.rateLimit()).isEqualTo(50);
        assertThat(answers.rateLimitSlip()).isEqualTo(1);
        assertThat(answers.rateLimitExempt())
                .containsExactly(Network.of("127.0.0.0/8"), Network.of("2001:db8::/32"));
        assertThat(answers.cookieSecrets()).hasSize(1);
        assertThat(config.zones())
                .containsExactly(
                        new ZoneSettings(
                                Name.of("dyn.example"),
                                new ZonePolicy(
                                        List.of(Name.of("ns1.dyn.example")),
                                        Duration.ofSeconds(30),
                                        AcceptedAddresses.PRIVATE,
                                        new AbuseLimits(3, Duration.ZERO, 0)),
                                Optional.of(folder.resolve("own.zone")),
                                new TransferPermission(
                                        List.of(
                                                SecondaryAddress.parse("192.0.2.53:53"),
                                                SecondaryAddress.parse("192.0.2.54:5353"),
                                                SecondaryAddress.parse("2001:db8::53")),
                                        List.of(Network.of("198.51.100.0/24")),
                                        Optional.of(Name.of("second")))));
        assertThat(config.catalog())
                .contains(
                        new CatalogSettings(
                                Name.of("catalog.example"),
                                new TransferPermission(
                                        List.of(SecondaryAddress.parse("192.0.2.53")),
                                        List.of(),
                                        Optional.empty())));
    }

    @Test
    void theStoreIsWhereItWasUnlessItIsWritten() throws IOException, FaultyFileException {
        Files.writeString(folder.resolve("password"), "secret");
        assertThat(read("").store()).isEmpty();
        assertThat(read("store = \"sqlite\"").store()).contains(new StoreLocation.Sqlite());
        String url = "postgresql://a.test,b.test:5433/holdfast";
        assertThat(read("store = \"" + url + "\"").store())
                .contains(
                        new StoreLocation.Postgresql(
                                new PostgresqlAddress(url, "holdfast", Optional.empty())));
        assertThat(
                        read("store = \""
                                        + url
                                        + "\"\nstore-user = \"me\"\nstore-password-file = \"password\"")
                                .store())
                .contains(
                        new StoreLocation.Postgresql(
                                new PostgresqlAddress(
                                        url, "me", Optional.of(folder.resolve("password")))));
    }

    @Test
    void faultsOfTheStoreAreToldWithTheMend() throws IOException {
        assertThat(faultsOf("store = \"mysql\"\nstore-user = \"me\""))
                .singleElement()
                .asString()
                .startsWith("holdfast.toml:1:")
                .contains("write \"sqlite\", or such as \"postgresql://");
        assertThat(faultsOf("store-user = \"me\""))
                .singleElement()
                .asString()
                .contains("store-user is for a store of PostgreSQL; name that as store");
        assertThat(
                        faultsOf(
                                """
                                store = "postgresql://a.test/x"
                                store-password-file = "gone"
                                """))
                .singleElement()
                .asString()
                .startsWith("holdfast.toml:2:")
                .contains("gone is no file that can be read");
    }

    @Test
    void aZoneIsNamedInInternationalLettersAsWell() throws IOException, FaultyFileException {
        assertThat(read("[zone.\"hütte.example\"]\n").zones())
                .singleElement()
                .extracting(zone -> zone.apex().toString())
                .isEqualTo("xn--htte-0ra.example");
        assertThat(faultsOf("[zone.\"hütte.example\"]\n[zone.\"XN--htte-0ra.example.\"]\n"))
                .singleElement()
                .asString()
                .endsWith("the zone xn--htte-0ra.example is described twice");
    }

    @Test
    void aKeyThatIsLeftOutOfTheLimitsOfTcpIsAsUsual() throws IOException, FaultyFileException {
        TcpLimits usual = TcpLimits.DEFAULT;
        assertThat(read("").tcp()).isEqualTo(usual);
        assertThat(read("[dns-tcp]\nidle = \"30s\"\n").tcp())
                .isEqualTo(
                        new TcpLimits(
                                usual.connections(),
                                usual.connectionsPerClient(),
                                Duration.ofSeconds(30),
                                usual.write()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "connections = 0             | connections is 1 to 1000000",
                "connections-per-client = -1 | write a whole number from 0 up",
                "idle = \"0s\"                | idle is more than \"0s\", up to \"1h\"",
                "write = \"2h\"               | write is more than \"0s\", up to \"1h\"",
                "threads = 4                 | threads",
            })
    void faultsOfTheLimitsOfTcpNameTheMend(String line, String mend) throws IOException {
        assertThat(faultsOf("[dns-tcp]\n" + line + "\n"))
                .singleElement(as(STRING))
                .startsWith("holdfast.toml:")
                .contains(mend);
    }

    @Test
    void everyFaultOfTheAnswersIsToldWithoutTheSecret() throws IOException {
        assertThat(
                        faultsOf(
                                """
                                [answers]
                                nsid = ""
                                version = "höchste"
                                rate-limit = -1
                                rate-limit-slip = 101
                                rate-limit-exempt = ["everybody"]
                                cookie-secrets = ["geheim"]
                                cookies = true
                                """))
                .hasSize(7)
                .noneMatch(fault -> fault.contains("geheim"))
                .anyMatch(fault ->
                        fault.startsWith("holdfast.toml:4:")
                                && fault.contains("a whole number from 0 to 1000000"));
    }

    @Test
    void everyFaultIsToldWithItsPlaceAndThoseOfTheMasterFilesWithThem() throws IOException {
        Files.writeString(folder.resolve("bad.zone"), "@ 60 A 192.0.2.300\n");
        assertThat(
                        faultsOf(
                                """
                                http = []
                                dns = ["5300"]
                                trusted-proxies = ["everybody"]
                                dta = "x"
                                [zone."dyn.example"]
                                accept = "all"
                                ttl = "0s"
                                records = "bad.zone"
                                [zone."a..example"]
                                unchanged-allowed = -1
                                [zone."b.example"]
                                records = "missing.zone"
                                """))
                .satisfiesExactly(
                        f -> assertThat(f).startsWith("holdfast.toml:1:1: http needs an address"),
                        f -> assertThat(f).startsWith("holdfast.toml:2:8: dns: \"5300\" is not"),
                        f -> assertThat(f).startsWith("holdfast.toml:3:20: ").contains("everybody"),
                        f -> assertThat(f).startsWith("holdfast.toml:4:1: unknown key \"dta\""),
                        f -> assertThat(f).startsWith("holdfast.toml:5:1: ttl is whole seconds"),
                        f -> assertThat(f).startsWith("holdfast.toml:6:1: accept: \"all\" is none"),
                        f -> assertThat(f).startsWith("holdfast.toml:9:1: \"a..example\" has an"),
                        f -> assertThat(f).startsWith("holdfast.toml:10:1: unchanged-allowed: "),
                        f -> assertThat(f).startsWith("holdfast.toml:12:1: records: "),
                        f -> assertThat(f).startsWith("bad.zone:1:").contains("192.0.2.300"));
    }

    @Test
    void faultsOfTransfersAreToldAtTheValueThatIsWrong() throws IOException {
        assertThat(
                        faultsOf(
                                """
                                [zone."a.example"]
                                transfer-to = ["192.0.2.53", "ns2.example", "192.0.2.53:0"]
                                transfer-allow = ["192.0.2.0/33"]
                                transfer-key = "a..b"
                                [zone."b.example"]
                                transfer-to = ["192.0.2.53", "192.0.2.53:53"]
                                [zone."c.example"]
                                [catalog]
                                zone = "c.example"
                                transfer-from = "x"
                                """))
                .satisfiesExactly(
                        f -> assertThat(f).startsWith("holdfast.toml:2:30: transfer-to: \"ns2.ex"),
                        f -> assertThat(f).startsWith("holdfast.toml:2:45: transfer-to: \"192.0.2"),
                        f -> assertThat(f).startsWith("holdfast.toml:3:19: transfer-allow: "),
                        f -> assertThat(f).startsWith("holdfast.toml:4:1: transfer-key: \"a..b\""),
                        f -> assertThat(f).startsWith("holdfast.toml:5:1: transfer-to names a s"),
                        f -> assertThat(f).startsWith("holdfast.toml:9:1: zone: c.example is a "),
                        f ->
                                assertThat(f)
                                        .startsWith("holdfast.toml:10:1: unknown key \"transfer"));
        assertThat(faultsOf("[catalog]\n"))
                .containsExactly(
                        "holdfast.toml:1:1: zone is missing: the name of the catalog, such as"
                                + " \"catalog.example\"");
    }

    @Test
    void aFileThatIsNotThereIsAFaultOfItsOwn() {
        assertThat(ServiceConfig.defaults().zones()).isEmpty();
        try {
            ServiceConfig.read(Path.of("nowhere.toml"));
            fail("expected a fault");
        } catch (FaultyFileException faulty) {
            assertThat(faulty).hasMessage("nowhere.toml:1:1: there is no such file");
        }
    }
}

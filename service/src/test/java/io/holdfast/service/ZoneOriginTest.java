package io.holdfast.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.FaultyFileException;
import io.holdfast.dns.Name;
import io.holdfast.service.change.HostRow;
import io.holdfast.service.change.Registry;
import io.holdfast.service.host.Addresses;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.ZonePolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which zones a start serves: those of the file leave with it, the others stay.
class ZoneOriginTest {
    private static final String APEX =
            """
            @ 60 SOA ns.example. mail.example. 1 3600 600 86400 60
            @ 60 NS ns.example.
            """;

    @TempDir Path folder;

    @BeforeEach
    void twoZonesInTheFileAndOneOnTheCommandLine() throws Exception {
        write("[zone.\"dyn.test\"]\n[zone.\"old.test\"]\n");
        start(fromFile().withZones(List.of(Name.of("line.test")))).close();
    }

    @Test
    void aZoneTakenOutOfTheFileWhileStoppedIsServedNoMore() throws Exception {
        write("[zone.\"dyn.test\"]\n");
        assertThat(servedAfterStart()).containsExactly("dyn.test", "line.test");
        assertThat(servedAfterStart()).as("again").containsExactly("dyn.test", "line.test");
    }

    @Test
    void theRecordsOfItsMasterFileGoWithIt() throws Exception {
        Files.writeString(folder.resolve("old.zone"), APEX + "www 60 A 192.0.2.80\n");
        write("[zone.\"dyn.test\"]\n[zone.\"old.test\"]\nrecords = \"old.zone\"\n");
        assertThat(servedAfterStart()).contains("old.test");
        write("[zone.\"dyn.test\"]\n");
        assertThat(servedAfterStart()).containsExactly("dyn.test", "line.test");
    }

    @Test
    void whileItHasHostsItIsServedAndTheyGoWhereTheFileSaysLater() throws Exception {
        addHost("home.old.test");
        write("[zone.\"dyn.test\"]\n");
        assertThat(servedAfterStart()).contains("old.test");
        try (Service service = start(fromFile())) {
            service.registry().hosts().remove("home.old.test");
        }
        assertThat(servedAfterStart()).containsExactly("dyn.test", "line.test");
    }

    @Test
    void theCatalogLeavesWithTheFile() throws Exception {
        String zones = "[zone.\"dyn.test\"]\n[zone.\"old.test\"]\n";
        write(zones + "[catalog]\nzone = \"catalog.test\"\ntransfer-allow = [\"127.0.0.1\"]\n");
        assertThat(servedAfterStart()).contains("catalog.test");
        write(zones);
        assertThat(servedAfterStart()).doesNotContain("catalog.test");
    }

    @Test
    void aZoneOfTheFileThatTheCommandLineNamesStays() throws Exception {
        write("[zone.\"dyn.test\"]\n");
        start(fromFile().withZones(List.of(Name.of("old.test")))).close();
        assertThat(servedAfterStart()).contains("old.test");
    }

    @Test
    void aZoneOfTheCommandLineThatTheFileDescribesLaterLeavesWithTheFile() throws Exception {
        write("[zone.\"dyn.test\"]\n[zone.\"old.test\"]\n[zone.\"line.test\"]\n");
        assertThat(servedAfterStart()).contains("line.test");
        write("[zone.\"dyn.test\"]\n");
        assertThat(servedAfterStart()).containsExactly("dyn.test");
    }

    @Test
    void aZoneAddedByCommandStays() throws Exception {
        try (Service service = start(fromFile())) {
            service.registry()
                    .declaredZones()
                    .declare(Name.of("command.test"), ZonePolicy.DEFAULT, Optional.empty());
        }
        assertThat(servedAfterStart()).contains("command.test", "line.test");
    }

    /// There is no file, so nothing was taken out of one: the folder remembers its zones.
    @Test
    void aStartWithoutAnyFileTakesNothingAway() throws Exception {
        ServiceConfig without =
                ServiceConfig.defaults()
                        .withData(folder.resolve("data"))
                        .withHttp(List.of(ListenAddress.parse("127.0.0.1:0")))
                        .withDns(List.of(ListenAddress.parse("127.0.0.1:0")));
        start(without).close();
        assertThat(servedAfterStart()).containsExactly("dyn.test", "line.test", "old.test");
    }

    @Test
    void aStartThatIsRefusedHasChangedNoZone() throws Exception {
        addHost("home.old.test");
        Files.writeString(folder.resolve("old.zone"), APEX + "home 60 A 192.0.2.80\n");
        write(
                """
                [zone."aaa.test"]
                [zone."dyn.test"]
                ttl = "5m"
                [zone."old.test"]
                records = "old.zone"
                """);
        assertThatThrownBy(() -> start(fromFile()))
                .isInstanceOf(FaultyFileException.class)
                .hasMessageContaining("old.zone:1:1: home.old.test is a host here");
        try (Registry registry =
                Registry.open(folder.resolve("data"), InstantSource.system(), new SecureRandom())) {
            assertThat(registry.declaredZones().list())
                    .extracting(zone -> zone.apex() + " " + zone.policy().ttlSeconds())
                    .containsExactly("dyn.test 60", "line.test 60", "old.test 60");
        }
    }

    @Test
    void everyZoneThatStandsInTheWayIsToldAndNotTheFirstAlone() throws Exception {
        addHost("home.old.test");
        addHost("home.dyn.test");
        Files.writeString(folder.resolve("one.zone"), APEX + "home 60 A 192.0.2.80\n");
        write(
                """
                [zone."dyn.test"]
                records = "one.zone"
                [zone."old.test"]
                records = "one.zone"
                """);
        assertThatThrownBy(() -> start(fromFile()))
                .isInstanceOf(FaultyFileException.class)
                .hasMessageContaining("home.dyn.test is a host here")
                .hasMessageContaining("home.old.test is a host here");
    }

    /// Of a zone without a file it is not known who named it: nothing is taken away on a guess.
    @Test
    void aFolderOfAnOlderVersionKeepsWhatMayHaveComeFromTheCommandLine() throws Exception {
        Path data = folder.resolve("older");
        Files.createDirectories(data);
        String url = "jdbc:sqlite:" + data.resolve("holdfast.db");
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:io/holdfast/service/store")
                .placeholders(Map.of("octets", "BLOB", "clustered", "WITHOUT ROWID"))
                .target("3")
                .load()
                .migrate();
        try (Connection older = DriverManager.getConnection(url);
                Statement statement = older.createStatement()) {
            statement.execute(
                    """
                    INSERT INTO zone VALUES
                        ('bare.test', 1, '', 60, 'GLOBAL', 12, 300000, 60, NULL),
                        ('file.test', 1, '', 60, 'GLOBAL', 12, 300000, 60, '/etc/file.zone')
                    """);
        }
        try (Service service = start(config("").withData(data))) {
            assertThat(zones(service)).containsExactly("bare.test");
        }
    }

    private List<String> servedAfterStart() throws Exception {
        try (Service service = start(fromFile())) {
            return zones(service);
        }
    }

    private static List<String> zones(Service service) {
        return service.registry().declaredZones().list().stream()
                .map(DeclaredZone::apex)
                .map(Name::toString)
                .peek(apex ->
                        assertThat(service.registry().zones().current().isApex(Name.of(apex)))
                                .isTrue())
                .toList();
    }

    private void addHost(String name) throws Exception {
        try (Service service = start(fromFile())) {
            var accounts = service.registry().accounts();
            if (accounts.list().isEmpty()) {
                accounts.add("alice", Optional.empty(), Optional.empty());
            }
            service.registry()
                    .hosts()
                    .add(
                            List.of(
                                    new HostRow(
                                            "",
                                            name,
                                            Optional.empty(),
                                            Addresses.NONE,
                                            OptionalInt.empty())),
                            "alice",
                            _ -> {});
        }
    }

    private void write(String zones) throws Exception {
        Files.writeString(
                folder.resolve("holdfast.toml"),
                "data = \"data\"\nhttp = [\"127.0.0.1:0\"]\ndns = [\"127.0.0.1:0\"]\n" + zones);
    }

    private ServiceConfig config(String zones) throws Exception {
        Path other = folder.resolve("other.toml");
        Files.writeString(other, "http = [\"127.0.0.1:0\"]\ndns = [\"127.0.0.1:0\"]\n" + zones);
        return ServiceConfig.read(other);
    }

    private ServiceConfig fromFile() throws FaultyFileException {
        return ServiceConfig.read(folder.resolve("holdfast.toml"));
    }

    private static Service start(ServiceConfig config) throws Exception {
        return Service.start(config, InstantSource.system(), new SecureRandom(), List.of());
    }
}

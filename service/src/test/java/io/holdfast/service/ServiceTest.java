package io.holdfast.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.FaultyFileException;
import io.holdfast.dns.Name;
import io.holdfast.service.http.Pages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceTest {
    @TempDir Path folder;

    private ServiceConfig config() {
        return ServiceConfig.defaults()
                .withData(folder.resolve("data"))
                .withHttp(List.of(ListenAddress.parse("127.0.0.1:0")))
                .withDns(List.of(ListenAddress.parse("127.0.0.1:0")));
    }

    private static Service start(ServiceConfig config)
            throws FaultyFileException, CannotStartException {
        return Service.start(config, InstantSource.system(), new SecureRandom(), List.of());
    }

    @Test
    void aStoppedServiceLeavesEverythingFreeForTheNext()
            throws FaultyFileException, CannotStartException {
        ServiceConfig again;
        try (Service service = start(config())) {
            again = config().withHttp(service.http()).withDns(service.dns());
        }
        try (Service service = start(again)) {
            assertThat(service.http()).isEqualTo(again.http().listen());
            assertThat(service.dns()).isEqualTo(again.dns());
        }
    }

    @Test
    void zonesOfTheDataFolderAreServedWithoutBeingNamedAgain()
            throws FaultyFileException, CannotStartException {
        Name zone = Name.of("dyn.test");
        try (Service service = start(config().withZones(List.of(zone)))) {
            assertThat(service.registry().zones().current().closest(zone)).isPresent();
        }
        try (Service service = start(config())) {
            assertThat(service.registry().zones().current().closest(zone)).isPresent();
        }
    }

    @Test
    void namingAKnownZoneAgainKeepsWhatWasDecidedForIt()
            throws IOException, FaultyFileException, CannotStartException {
        Path file = folder.resolve("holdfast.toml");
        Files.writeString(
                file,
                """
                http = ["127.0.0.1:0"]
                dns = ["127.0.0.1:0"]
                [zone."dyn.test"]
                ttl = "5m"
                """);
        start(ServiceConfig.read(file)).close();
        try (Service service = start(config().withZones(List.of(Name.of("dyn.test"))))) {
            var declared = service.registry().declaredZones().list().getFirst();
            assertThat(declared.policy().ttlSeconds()).isEqualTo(300);
        }
    }

    @Test
    void aClassThatIsMissingLeavesNothingRunning()
            throws FaultyFileException, CannotStartException {
        Pages broken =
                _ -> {
                    throw new NoClassDefFoundError("gone");
                };
        assertThatThrownBy(() ->
                        Service.start(
                                config(),
                                InstantSource.system(),
                                new SecureRandom(),
                                List.of(broken)))
                .isInstanceOf(NoClassDefFoundError.class);
        start(config()).close(); // the data folder is free
    }

    @Test
    void aPortInUseIsNamedAndNothingIsLeftRunning()
            throws IOException, FaultyFileException, CannotStartException {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            InetSocketAddress port = ListenAddress.parse("127.0.0.1:" + taken.getLocalPort());
            assertThatThrownBy(() -> start(config().withHttp(List.of(port))))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining(ListenAddress.text(port));
            assertThatThrownBy(() -> start(config().withDns(List.of(port))))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining(ListenAddress.text(port));
        }
        start(config()).close();
    }

    @Test
    void aDataFolderThatIsNoneIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> start(config().withData(file)))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void everyFaultOfAMasterFileIsTold() throws IOException {
        Files.writeString(folder.resolve("own.zone"), "a 60 A 192.0.2.300\nb 60 BOGUS x\n");
        Path file = folder.resolve("holdfast.toml");
        Files.writeString(file, "[zone.\"dyn.test\"]\nrecords = \"own.zone\"\n");
        assertThatThrownBy(() -> start(ServiceConfig.read(file)))
                .isInstanceOf(FaultyFileException.class)
                .hasMessageContaining("own.zone:1:")
                .hasMessageContaining("own.zone:2:");
    }
}

package io.holdfast.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.FaultyFileException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A secondary takes notifications only from the address that it has as its primary.
class NotifySourceTest {
    @TempDir Path folder;

    /// Only Linux has all of 127.0.0.0/8 without being told.
    @EnabledOnOs(OS.LINUX)
    @ParameterizedTest(name = "dns {0}, {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "'127.0.0.7:0'                | [] | 127.0.0.7",
                "'127.0.0.7:0', '127.0.0.7:0' | [] | 127.0.0.7",
                "'127.0.0.7:0', '[::1]:0'     | [] | 127.0.0.7",
                "'127.0.0.7:0', '127.0.0.6:0' | [] | 127.0.0.1",
                "'0.0.0.0:0'                  | [] | 127.0.0.1",
                "'127.0.0.7:0', '127.0.0.6:0' | ['127.0.0.6'] | 127.0.0.6",
                "'0.0.0.0:0'                  | ['::1', '127.0.0.6'] | 127.0.0.6",
            })
    void aNotificationComesFromTheAddressThatTheSecondaryKnows(
            String dns, String source, String from) throws Exception {
        try (DatagramSocket secondary = new DatagramSocket(at("127.0.0.8"))) {
            secondary.setSoTimeout(20_000);
            ServiceConfig config =
                    config(
                            """
                            http = ["127.0.0.1:0"]
                            dns = [%s]
                            [zone."dyn.test"]
                            transfer-to = ["127.0.0.8:%d"]
                            notify-source = %s
                            """
                                    .formatted(dns, secondary.getLocalPort(), source));
            try (Service service =
                    Service.start(config, InstantSource.system(), new SecureRandom(), List.of())) {
                DatagramPacket notification = new DatagramPacket(new byte[512], 512);
                secondary.receive(notification);
                assertThat(notification.getAddress().getHostAddress()).isEqualTo(from);
                assertThat(service.dns()).isNotEmpty();
            }
        }
    }

    @Test
    void twoOfOneFamilyAreAFault() {
        assertThatThrownBy(() ->
                        config(
                                """
                                [zone."dyn.test"]
                                notify-source = ["127.0.0.6", "127.0.0.7"]
                                """))
                .hasMessageContaining("notify-source names at most one IPv4 and one IPv6 address");
        assertThatThrownBy(() ->
                        config(
                                """
                                [zone."dyn.test"]
                                notify-source = ["0.0.0.0"]
                                """))
                .hasMessageContaining("\"0.0.0.0\" is no address of this machine");
    }

    private ServiceConfig config(String text) throws IOException, FaultyFileException {
        Path file = Files.writeString(folder.resolve("holdfast.toml"), text);
        return ServiceConfig.read(file);
    }

    private static InetSocketAddress at(String address) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), 0);
    }
}

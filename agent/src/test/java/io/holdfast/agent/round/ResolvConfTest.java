package io.holdfast.agent.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolvConfTest {
    @TempDir Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    one                       | nameserver 192.0.2.53                                    | 192.0.2.53
                    several, in their order   | nameserver 192.0.2.2~nameserver 192.0.2.1                | 192.0.2.2 192.0.2.1
                    three at most             | nameserver 192.0.2.1~nameserver 192.0.2.2~nameserver 192.0.2.3~nameserver 192.0.2.4 | 192.0.2.1 192.0.2.2 192.0.2.3
                    IPv6                      | nameserver 2001:db8::53                                  | 2001:db8:0:0:0:0:0:53
                    IPv6 of an interface      | nameserver ::1%lo                                        | 0:0:0:0:0:0:0:1%lo
                    of one that is not there  | nameserver fe80::1%none0~nameserver 192.0.2.53           | 192.0.2.53
                    options and search        | search dyn.example~options timeout:1 rotate~nameserver 192.0.2.53~options edns0 | 192.0.2.53
                    comments                  | # nameserver 192.0.2.1~; nameserver 192.0.2.2~nameserver 192.0.2.53 # the router | 192.0.2.53
                    tabs and blanks           | nameserver\\t\\t192.0.2.53                                | 192.0.2.53
                    line ends of Windows      | nameserver 192.0.2.53\\r~options edns0\\r                 | 192.0.2.53
                    a name is no address      | nameserver dns.example                                   | 127.0.0.1
                    no address at all         | nameserver                                               | 127.0.0.1
                    no nameserver line        | options edns0                                            | 127.0.0.1
                    nothing                   | ''                                                       | 127.0.0.1
                    """)
    void theNameserverLinesCount(String behaviour, String text, String expected)
            throws IOException {
        Path file = folder.resolve("resolv.conf");
        Files.writeString(file, text.translateEscapes().replace("~", "\n") + "\n");

        assertThat(servers(new ResolvConf(file))).isEqualTo(expected);
    }

    @Test
    void theFileCountsAsItIsNow() throws IOException {
        Path file = folder.resolve("resolv.conf");
        ResolvConf conf = new ResolvConf(file);
        assertThat(servers(conf)).isEqualTo("127.0.0.1"); // started before DHCP

        Files.writeString(file, "nameserver 192.0.2.53\n");
        assertThat(servers(conf)).isEqualTo("192.0.2.53");

        Files.writeString(file, "nameserver 198.51.100.53\n");
        assertThat(servers(conf)).isEqualTo("198.51.100.53");
    }

    private static String servers(ResolvConf conf) {
        assertThat(conf.get()).extracting(InetSocketAddress::getPort).containsOnly(53);
        return conf.get().stream()
                .map(server -> server.getAddress().getHostAddress())
                .collect(Collectors.joining(" "));
    }
}

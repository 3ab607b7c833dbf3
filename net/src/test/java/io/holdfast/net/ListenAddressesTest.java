package io.holdfast.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenAddressesTest {
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    0.0.0.0/1 ::/1,                   ::/1
                    ::/1 0.0.0.0/1,                   ::/1
                    ::/1 127.0.0.1/1 ::1/1,           ::/1
                    127.0.0.1/1 0.0.0.0/1,            0.0.0.0/1
                    0.0.0.0/1 ::1/1,                  0.0.0.0/1 ::1/1
                    127.0.0.1/1 127.0.0.1/1,          127.0.0.1/1
                    ::/1 ::/1,                        ::/1
                    ::/1 0.0.0.0/2 127.0.0.1/2 ::1/3, ::/1 0.0.0.0/2 ::1/3
                    ::/0 0.0.0.0/0 0.0.0.0/0,         ::/0 0.0.0.0/0 0.0.0.0/0
                    127.0.0.1/1 127.0.0.2/1,          127.0.0.1/1 127.0.0.2/1
                    """)
    void whatAnotherTakesInIsNotOpened(String written, String opened) {
        assertThat(text(ListenAddresses.withoutCovered(addresses(written)))).isEqualTo(opened);
    }

    private static List<InetSocketAddress> addresses(String text) {
        return Arrays.stream(text.split(" ")).map(ListenAddressesTest::address).toList();
    }

    private static InetSocketAddress address(String text) {
        String[] parts = text.split("/");
        return new InetSocketAddress(InetAddress.ofLiteral(parts[0]), Integer.parseInt(parts[1]));
    }

    private static String text(List<InetSocketAddress> addresses) {
        return addresses.stream()
                .map(address ->
                        address.getAddress()
                                        .getHostAddress()
                                        .replace("0:0:0:0:0:0:0:", "::")
                                        .replace("::0", "::")
                                + "/"
                                + address.getPort())
                .collect(Collectors.joining(" "));
    }
}

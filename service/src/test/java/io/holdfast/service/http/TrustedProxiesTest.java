package io.holdfast.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.net.address.AddressText;
import io.holdfast.service.address.Network;
import io.holdfast.service.dyndns.Source;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private final TrustedProxies proxies =
            new TrustedProxies(
                    Stream.of("127.0.0.1", "10.1.0.0/20", "2001:db8:1::/47")
                            .map(Network::of)
                            .toList());

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "nobody forwarded              | 192.0.2.1       |                          | 192.0.2.1",
                "a proxy that says nothing     | 127.0.0.1       |                          | 127.0.0.1 ?",
                "a proxy that says nothing     | 127.0.0.1       | ' , '                    | 127.0.0.1 ?",
                "empty items are passed over   | 127.0.0.1       | 198.51.100.9,,           | 198.51.100.9",
                "a zone id is unreadable       | 127.0.0.1       | fe80::1%eth0             | 127.0.0.1 ?",
                "an IPv4-mapped one is IPv4    | 127.0.0.1       | ::ffff:198.51.100.9      | 198.51.100.9",
                "RFC 7239's form is unreadable | 127.0.0.1       | for=198.51.100.9         | 127.0.0.1 ?",
                "a stranger's word is nothing  | 192.0.2.1       | 198.51.100.9             | 192.0.2.1",
                "a proxy's word counts         | 127.0.0.1       | 198.51.100.9             | 198.51.100.9",
                "only its own, the rightmost   | 127.0.0.1       | 203.0.113.66, 198.51.100.9 | 198.51.100.9",
                "a proxy behind a proxy        | 127.0.0.1       | 198.51.100.9,10.1.15.255 | 198.51.100.9",
                "outside the network by a bit  | 127.0.0.1       | 198.51.100.9,10.1.16.0   | 10.1.16.0",
                "IPv6                          | 2001:db8:1:f::1 | 2001:db8::7              | 2001:db8::7",
                "IPv6 outside by a bit         | 2001:db8:2::1   | 2001:db8::7              | 2001:db8:2::1",
                "with ports                    | 127.0.0.1       | 198.51.100.9:4711        | 198.51.100.9",
                "with brackets and port        | 127.0.0.1       | [2001:db8::7]:4711       | 2001:db8::7",
                "unreadable: the last known    | 127.0.0.1       | 198.51.100.9, unknown    | 127.0.0.1 ?",
                "unreadable beyond a proxy     | 127.0.0.1       | x, 10.1.0.1              | 10.1.0.1 ?",
                "proxies only: the farthest    | 127.0.0.1       | 10.1.0.2, 10.1.0.1       | 10.1.0.2",
            })
    void nameTheClient(String behaviour, String peer, String forwardedFor, String client) {
        List<String> headers = forwardedFor == null ? List.of() : List.of(forwardedFor);

        Source source = proxies.client(InetAddress.ofLiteral(peer), headers);
        assertThat(AddressText.of(source.address()) + (source.isClient() ? "" : " ?"))
                .isEqualTo(client);
    }

    @Test
    void areReadOverAllHeaders() {
        assertThat(
                        proxies.client(
                                InetAddress.ofLiteral("127.0.0.1"),
                                List.of("203.0.113.66", "198.51.100.9, 10.1.0.1")))
                .isEqualTo(new Source(InetAddress.ofLiteral("198.51.100.9"), true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "proxy", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "::/129", "10/8"})
    void areWrittenAsAddressesOrNetworks(String text) {
        assertThatThrownBy(() -> Network.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" is not an address or a network such as 192.0.2.0/24");
    }

    @Test
    void mayBeEverybody() {
        assertThat(Network.of("0.0.0.0/0").contains(InetAddress.ofLiteral("198.51.100.9")))
                .isTrue();
        assertThat(Network.of("::/0").contains(InetAddress.ofLiteral("198.51.100.9"))).isFalse();
    }
}

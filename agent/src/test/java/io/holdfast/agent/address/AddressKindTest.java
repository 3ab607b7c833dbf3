package io.holdfast.agent.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Both ends of every range, and their neighbours.
class AddressKindTest {
    @ParameterizedTest(name = "{0} is {1}, may be told: {2}")
    @CsvSource({
        "0.0.0.0, unspecified, no",
        "0.0.0.1, reserved, no",
        "1.0.0.1, global, yes",
        "9.255.255.255, global, yes",
        "10.0.0.0, private, yes",
        "10.255.255.255, private, yes",
        "100.63.255.255, global, yes",
        "100.64.0.0, carrier NAT, yes",
        "100.127.255.255, carrier NAT, yes",
        "100.128.0.0, global, yes",
        "127.0.0.1, loopback, no",
        "127.255.255.255, loopback, no",
        "169.254.0.0, link-local, no",
        "172.15.255.255, global, yes",
        "172.16.0.0, private, yes",
        "172.31.255.255, private, yes",
        "172.32.0.0, global, yes",
        "192.0.2.0, documentation, yes",
        "192.168.255.255, private, yes",
        "198.51.100.255, documentation, yes",
        "203.0.113.1, documentation, yes",
        "223.255.255.255, global, yes",
        "224.0.0.1, multicast, no",
        "239.255.255.255, multicast, no",
        "240.0.0.0, reserved, no",
        "255.255.255.255, reserved, no",
        "::, unspecified, no",
        "::1, loopback, no",
        "::2, reserved, no",
        "2000::1, global, yes",
        "2001:db7:ffff::1, global, yes",
        "2001:db8::1, documentation, yes",
        "2001:db9::1, global, yes",
        "3fff:0fff::1, documentation, yes",
        "3fff:1000::1, global, yes",
        "4000::1, reserved, no",
        "fc00::1, unique local, yes",
        "fdff:ffff::1, unique local, yes",
        "fe80::1, link-local, no",
        "febf::1, link-local, no",
        "fec0::1, reserved, no",
        "ff02::1, multicast, no",
    })
    void theBitsSayTheKind(String address, String kind, String mayBeTold) {
        AddressKind found = AddressKind.of(InetAddress.ofLiteral(address));

        assertThat(found).hasToString(kind);
        assertThat(found.mayBeTold()).isEqualTo(mayBeTold.equals("yes"));
    }
}

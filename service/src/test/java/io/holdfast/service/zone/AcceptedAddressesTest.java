package io.holdfast.service.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptedAddressesTest {
    @ParameterizedTest(name = "{0}: global {1}, private {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    8.8.8.8              | yes | yes
                    192.0.2.1            | yes | yes
                    198.51.100.1         | yes | yes
                    203.0.113.255        | yes | yes
                    10.1.2.3             | no  | yes
                    172.16.0.1           | no  | yes
                    172.31.255.255       | no  | yes
                    172.32.0.1           | yes | yes
                    192.168.1.1          | no  | yes
                    100.64.0.1           | no  | yes
                    100.128.0.1          | yes | yes
                    127.0.0.1            | no  | no
                    0.0.0.0              | no  | no
                    169.254.1.1          | no  | no
                    224.0.0.1            | no  | no
                    240.0.0.1            | no  | no
                    255.255.255.255      | no  | no
                    2001:db8::1          | yes | yes
                    2a00:1450:4001::1    | yes | yes
                    fd00::1              | no  | yes
                    ::                   | no  | no
                    ::1                  | no  | no
                    fe80::1              | no  | no
                    ff02::1              | no  | no
                    ::ffff:127.0.0.1     | no  | no
                    4000::1              | no  | no
                    192.0.0.9            | yes | yes
                    192.0.0.2            | no  | no
                    198.19.255.255       | no  | no
                    2001:20::1           | no  | no
                    2002:c000:201::1     | no  | no
                    2001::1              | no  | no
                    2001:2::1            | no  | no
                    64:ff9b::c000:201    | no  | no
                    3fff::1              | yes | yes
                    """)
    void accepts(String address, String global, String local) {
        InetAddress parsed = InetAddress.ofLiteral(address);
        assertThat(says(AcceptedAddresses.GLOBAL, parsed)).isEqualTo(global);
        assertThat(says(AcceptedAddresses.PRIVATE, parsed)).isEqualTo(local);
        assertThat(says(AcceptedAddresses.ANY, parsed)).isEqualTo(local);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    127.0.0.1        | is a loopback address, which no name may point at
                    2002:c000:201::1 | is a 6to4 address, which no name may point at
                    10.0.0.1         | is a private address; this zone takes global ones only
                    100.64.0.1       | is an address shared by a provider's customers; this zone takes global ones only
                    """)
    void saysWhichKindAndWhy(String address, String objection) {
        assertThat(AcceptedAddresses.GLOBAL.objection(InetAddress.ofLiteral(address)))
                .contains(objection);
    }

    private static String says(AcceptedAddresses zone, InetAddress address) {
        return zone.objection(address).isEmpty() ? "yes" : "no";
    }
}

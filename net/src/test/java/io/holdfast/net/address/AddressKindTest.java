package io.holdfast.net.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressKindTest {
    /// Every row of the two IANA special-purpose registries, with what they say of "globally
    /// reachable", and what becomes of an address of the block: published by anybody, where
    /// somebody decided so, or never.
    @ParameterizedTest(name = "{0} {1}, globally reachable: {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0.0.0.0/8         | "This network"                 | False | this network           | never
                    0.0.0.0/32        | "This host on this network"    | False | unspecified            | never
                    10.0.0.0/8        | Private-Use                    | False | private                | by policy
                    100.64.0.0/10     | Shared Address Space           | False | carrier NAT            | by policy
                    127.0.0.0/8       | Loopback                       | False | loopback               | never
                    169.254.0.0/16    | Link Local                     | False | link-local             | never
                    172.16.0.0/12     | Private-Use                    | False | private                | by policy
                    192.0.0.0/24      | IETF Protocol Assignments      | False | reserved for protocols | never
                    192.0.0.0/29      | IPv4 Service Continuity Prefix | False | reserved for protocols | never
                    192.0.0.8/32      | IPv4 dummy address             | False | reserved for protocols | never
                    192.0.0.9/32      | PCP Anycast                    | True  | global                 | yes
                    192.0.0.10/32     | TURN Anycast                   | True  | global                 | yes
                    192.0.0.170/32    | NAT64/DNS64 Discovery          | False | reserved for protocols | never
                    192.0.0.171/32    | NAT64/DNS64 Discovery          | False | reserved for protocols | never
                    192.0.2.0/24      | Documentation (TEST-NET-1)     | False | documentation          | yes
                    192.31.196.0/24   | AS112-v4                       | True  | global                 | yes
                    192.52.193.0/24   | AMT                            | True  | global                 | yes
                    192.88.99.0/24    | Deprecated 6to4 Relay Anycast  | N/A   | 6to4 relay             | never
                    192.88.99.2/32    | 6a44-relay anycast             | False | 6to4 relay             | never
                    192.168.0.0/16    | Private-Use                    | False | private                | by policy
                    192.175.48.0/24   | AS112 Service                  | True  | global                 | yes
                    198.18.0.0/15     | Benchmarking                   | False | benchmarking           | never
                    198.51.100.0/24   | Documentation (TEST-NET-2)     | False | documentation          | yes
                    203.0.113.0/24    | Documentation (TEST-NET-3)     | False | documentation          | yes
                    240.0.0.0/4       | Reserved                       | False | reserved               | never
                    255.255.255.255/32| Limited Broadcast              | False | broadcast              | never
                    ::1/128           | Loopback Address               | False | loopback               | never
                    ::/128            | Unspecified Address            | False | unspecified            | never
                    ::ffff:0:0/96     | IPv4-mapped Address            | False | translated IPv4        | never
                    64:ff9b::/96      | IPv4-IPv6 Translat.            | True  | translated IPv4        | never
                    64:ff9b:1::/48    | IPv4-IPv6 Translat.            | False | translated IPv4        | never
                    100::/64          | Discard-Only Address Block     | False | discard-only           | never
                    100:0:0:1::/64    | Dummy IPv6 Prefix              | False | dummy                  | never
                    2001::/23         | IETF Protocol Assignments      | False | reserved for protocols | never
                    2001::/32         | TEREDO                         | N/A   | Teredo                 | never
                    2001:1::1/128     | PCP Anycast                    | True  | global                 | yes
                    2001:1::2/128     | TURN Anycast                   | True  | global                 | yes
                    2001:1::3/128     | DNS-SD SRP Anycast             | True  | global                 | yes
                    2001:2::/48       | Benchmarking                   | False | benchmarking           | never
                    2001:3::/32       | AMT                            | True  | global                 | yes
                    2001:4:112::/48   | AS112-v6                       | True  | global                 | yes
                    2001:10::/28      | Deprecated (ORCHID)            | N/A   | identifier             | never
                    2001:20::/28      | ORCHIDv2                       | True  | identifier             | never
                    2001:30::/28      | Drone Remote ID (DETs)         | True  | identifier             | never
                    2001:db8::/32     | Documentation                  | False | documentation          | yes
                    2002::/16         | 6to4                           | N/A   | 6to4                   | never
                    2620:4f:8000::/48 | AS112 Service                  | True  | global                 | yes
                    3fff::/20         | Documentation                  | False | documentation          | yes
                    5f00::/16         | SRv6 SIDs                      | False | segment identifier     | never
                    fc00::/7          | Unique-Local                   | False | unique local           | by policy
                    fe80::/10         | Link-Local Unicast             | False | link-local             | never
                    """)
    void theRegistriesSayTheKind(
            String block, String name, String reachable, String kind, String published)
            throws Exception {
        AddressKind found = AddressKind.of(nearTheEnd(block));

        assertThat(found).hasToString(kind);
        assertThat(published(found)).isEqualTo(published);
        boolean registry = reachable.equals("True");
        boolean ours = published.equals("yes");
        boolean departs = kind.matches("documentation|identifier|translated IPv4");
        assertThat(ours == registry || departs).as("we agree with the registry").isTrue();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "0.0.0.1, this network",
        "1.0.0.0, global",
        "9.255.255.255, global",
        "10.0.0.0, private",
        "11.0.0.0, global",
        "100.63.255.255, global",
        "100.64.0.0, carrier NAT",
        "100.128.0.0, global",
        "126.255.255.255, global",
        "128.0.0.0, global",
        "169.253.255.255, global",
        "169.255.0.0, global",
        "172.15.255.255, global",
        "172.16.0.0, private",
        "172.32.0.0, global",
        "191.255.255.255, global",
        "192.0.0.0, reserved for protocols",
        "192.0.0.7, reserved for protocols",
        "192.0.0.11, reserved for protocols",
        "192.0.1.0, global",
        "192.0.3.0, global",
        "192.88.98.255, global",
        "192.88.100.0, global",
        "192.167.255.255, global",
        "192.169.0.0, global",
        "198.17.255.255, global",
        "198.18.0.0, benchmarking",
        "198.20.0.0, global",
        "223.255.255.255, global",
        "224.0.0.0, multicast",
        "239.255.255.255, multicast",
        "240.0.0.0, reserved",
        "255.255.255.254, reserved",
        "::2, translated IPv4",
        "::192.0.2.1, translated IPv4",
        "::ffff:0:192.0.2.1, translated IPv4",
        "::1:0:0:0, reserved",
        "64:ff9a:ffff::1, reserved",
        "64:ff9b::192.0.2.1, translated IPv4",
        "64:ff9b:2::1, reserved",
        "100:0:0:2::1, reserved",
        "1fff:ffff::1, reserved",
        "2000::1, global",
        "2001:1::4, reserved for protocols",
        "2001:1:0:1::1, reserved for protocols",
        "2001:2:1::1, reserved for protocols",
        "2001:4:111::1, reserved for protocols",
        "2001:4:113::1, reserved for protocols",
        "2001:1f:ffff::1, identifier",
        "2001:40::1, reserved for protocols",
        "2001:200::1, global",
        "2001:db7:ffff::1, global",
        "2001:db9::1, global",
        "2001:ffff::1, global",
        "2003::1, global",
        "2620:4f:7fff::1, global",
        "2a00:1450:4001::1, global",
        "3ffe:ffff::1, global",
        "3fff:1000::1, global",
        "4000::1, reserved",
        "5eff::1, reserved",
        "5f01::1, reserved",
        "fbff::1, reserved",
        "fe00::1, reserved",
        "fec0::1, site-local",
        "feff:ffff::1, site-local",
        "ff02::1, multicast",
    })
    void theNeighboursOfEveryBlockToo(String address, String kind) {
        assertThat(AddressKind.of(InetAddress.ofLiteral(address))).hasToString(kind);
    }

    @Test
    void whatMayNotBePublishedIsNotLocalEither() {
        assertThat(AddressKind.values())
                .allSatisfy(kind ->
                        assertThat(kind.isLocal() && !kind.mayBePublished())
                                .as("%s", kind)
                                .isFalse());
    }

    private static String published(AddressKind kind) {
        return kind.isLocal() ? "by policy" : kind.mayBePublished() ? "yes" : "never";
    }

    /// The last address of a block but one: the first and the last one are often a longer block's.
    private static InetAddress nearTheEnd(String block) throws UnknownHostException {
        String[] parts = block.split("/", 2);
        byte[] bits = octets(parts[0]);
        for (int bit = Integer.parseInt(parts[1]); bit < 8 * bits.length - 1; bit++) {
            bits[bit / 8] |= (byte) (0x80 >>> (bit % 8));
        }
        return bits.length == 4
                ? InetAddress.getByAddress(bits)
                : Inet6Address.getByAddress(null, bits, -1); // leaves an IPv4-mapped one as it is
    }

    /// The JDK reads an IPv4-mapped address as IPv4.
    private static byte[] octets(String address) {
        byte[] octets = InetAddress.ofLiteral(address).getAddress();
        if (address.indexOf(':') < 0 || octets.length == 16) {
            return octets;
        }
        byte[] mapped = new byte[16];
        Arrays.fill(mapped, 10, 12, (byte) 0xff);
        System.arraycopy(octets, 0, mapped, 12, 4);
        return mapped;
    }
}

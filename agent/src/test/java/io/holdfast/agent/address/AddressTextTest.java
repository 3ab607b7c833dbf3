package io.holdfast.agent.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "2001:DB8:0:0:0:0:0:7, 2001:db8::7",
        "::, ::",
        "::1, ::1",
        "2001:db8::, 2001:db8::",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    })
    void anAddressIsWrittenInOneWayOnly(String address, String text) {
        assertThat(AddressText.of(InetAddress.ofLiteral(address))).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Dyn's page              | <html><head><title>Current IP Check</title></head><body>Current IP Address: 192.0.2.7</body></html> | 192.0.2.7 | none
                    Dyn's page after others | <p>198.51.100.1</p> Current IP Address: 192.0.2.7 </body>   | 192.0.2.7 | none
                    bare                    | 192.0.2.7                                              | 192.0.2.7 | none
                    bare, the other family  | 2001:db8::7                                            | none      | 2001:db8::7
                    JSON                    | {"ip":"192.0.2.7","v6":"2001:DB8::7"}                  | 192.0.2.7 | 2001:db8::7
                    a sentence              | Your address is 192.0.2.7.                             | 192.0.2.7 | none
                    name and value          | ip:192.0.2.7 ip6=2001:db8::7                           | 192.0.2.7 | 2001:db8::7
                    with a port             | 192.0.2.7:1234 [2001:db8::7]:1234                      | 192.0.2.7 | 2001:db8::7
                    with a prefix length    | 192.0.2.7/24 2001:db8::7/64                            | 192.0.2.7 | 2001:db8::7
                    IPv4-mapped is IPv4     | ::ffff:192.0.2.7                                       | 192.0.2.7 | none
                    the first of two        | 192.0.2.7, 192.0.2.8                                   | 192.0.2.7 | none
                    a version is none       | nginx/1.22.1, v1.2.3.4.5, 12:34:56                     | none      | none
                    octets end at 255       | 192.0.2.256 192.0.2.07 1.2.3                           | none      | none
                    with a zone             | fe80::1%eth0                                           | none      | fe80::1
                    nothing                 | <html>                                                 | none      | none
                    """)
    void theFirstAddressOfEachFamilyIsFound(String what, String text, String four, String six) {
        assertThat(find(text, Family.IPV4)).as("IPv4").isEqualTo(four);
        assertThat(find(text, Family.IPV6)).as("IPv6").isEqualTo(six);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "192.0.2",
                "192.0.2.7 ",
                "192.0.2.7:80",
                "host",
                "::g",
                "1::2::3",
                "fe80::1%1"
            })
    void whatIsNotAnAddressAloneIsNone(String text) {
        assertThat(AddressText.parse(text)).isEmpty();
    }

    private static String find(String text, Family family) {
        return AddressText.find(text, family).map(AddressText::of).orElse("none");
    }
}

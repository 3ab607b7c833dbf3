package io.holdfast.agent.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.net.address.AddressText;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesInTextTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    bare                    | 192.0.2.7                                              | 192.0.2.7 | none
                    bare, the other family  | 2001:db8::7                                            | none      | 2001:db8::7
                    JSON                    | {"ip":"192.0.2.7","v6":"2001:DB8::7"}                  | 192.0.2.7 | 2001:db8::7
                    a sentence              | Your address is 192.0.2.7.                             | 192.0.2.7 | none
                    name and value          | ip:192.0.2.7 ip6=2001:db8::7                           | 192.0.2.7 | 2001:db8::7
                    with a port             | 192.0.2.7:1234 [2001:db8::7]:1234                      | 192.0.2.7 | 2001:db8::7
                    with a prefix length    | 192.0.2.7/24 2001:db8::7/64                            | 192.0.2.7 | 2001:db8::7
                    IPv4-mapped is IPv4     | ::ffff:192.0.2.7                                       | 192.0.2.7 | none
                    several                 | 192.0.2.7, 192.0.2.8 and 192.0.2.7                     | 192.0.2.7 192.0.2.8 | none
                    one in two forms        | 2001:db8::7 2001:0DB8:0:0:0:0:0:7                      | none      | 2001:db8::7
                    a version is none       | nginx/1.22.1, nginx/1.22.1.4, v1.2.3.4.5, v1.2.3.4     | none      | none
                    nor one named so        | version 1.2.3.4, "version": "1.2.3.5", Release: v1.2.3.6 | none    | none
                    an address behind the word | version 2001:db8::7                                 | none      | 2001:db8::7
                    a prefix length at the end | 2001:db8::a/64.                                     | none      | 2001:db8::a
                    the host of a URL       | see http://198.51.100.1/x?ip=192.0.2.9 or ftp://[2001:db8::9]:21/ | none | none
                    name, address and port  | ip:192.0.2.7:80                                        | 192.0.2.7 | none
                    a name, a MAC, a time   | 192.0.2.7.example.net aa:bb:cc:dd:ee:ff 12:34:56       | none      | none
                    punctuation             | IP :: 192.0.2.7 std::string ::                         | 192.0.2.7 | none
                    digits of other scripts | 192.0.2.7\\u0667 \\u06612.0.2.7 2001:db8::\\uff17         | none      | none
                    what cannot be seen     | 192.0.2.7\\u200b5 192.0.2.7\\u00005                      | none      | none
                    broken octets           | 192.0.2.7\\ufffd                                        | none      | none
                    words of other scripts  | \\u5730\\u5740\\uff1a192.0.2.7\\u3002                      | 192.0.2.7 | none
                    octets end at 255       | 192.0.2.256 192.0.2.07 1.2.3                           | none      | none
                    with a zone             | fe80::1%eth0                                           | none      | fe80::1
                    nothing                 | <html>                                                 | none      | none
                    """)
    void theAddressesOfEachFamilyAreFound(String what, String text, String four, String six) {
        assertThat(find(unescaped(text), Family.IPV4)).as("IPv4").isEqualTo(four);
        assertThat(find(unescaped(text), Family.IPV6)).as("IPv6").isEqualTo(six);
    }

    /// Java has read the escapes of this file's text blocks already, unless they are doubled.
    private static String unescaped(String text) {
        return Pattern.compile("\\\\u([0-9a-f]{4})")
                .matcher(text)
                .replaceAll(match -> Character.toString(Integer.parseInt(match.group(1), 16)));
    }

    private static String find(String text, Family family) {
        String all =
                AddressesInText.all(text, family).stream()
                        .map(AddressText::of)
                        .collect(Collectors.joining(" "));
        return all.isEmpty() ? "none" : all;
    }
}

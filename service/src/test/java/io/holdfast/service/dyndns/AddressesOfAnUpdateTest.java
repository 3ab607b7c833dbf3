package io.holdfast.service.dyndns;

import static io.holdfast.service.dyndns.Dialect.reason;
import static io.holdfast.service.dyndns.Dialect.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which addresses a host ends up with, and which the reply repeats (update-protocol §3, §7, §12).
class AddressesOfAnUpdateTest {
    private final Dialect dialect = new Dialect();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "absent: the source                 |                                      | 203.0.113.99",
                "empty: the source                  | myip=                                | 203.0.113.99",
                "one IPv4                           | myip=192.0.2.1                       | 192.0.2.1",
                "one IPv6                           | myip=2001:db8::7                     | 2001:db8::7",
                "one IPv6, escaped by inadyn        | myip=2001%3adb8%3a%3a7               | 2001:db8::7",
                "one address, echoed as sent        | myip=2001:0DB8::07                   | 2001:0DB8::07",
                "IPv4 first                         | myip=192.0.2.1,2001:db8::7           | 192.0.2.1,2001:db8::7",
                "IPv6 first, as Speedport sends it  | myip=2001:db8::7,192.0.2.1           | 192.0.2.1,2001:db8::7",
                "two, echoed canonically            | myip=2001:0DB8::07,192.0.2.1         | 192.0.2.1,2001:db8::7",
                "a blank after the comma            | myip=192.0.2.1,+2001:db8::7          | 192.0.2.1,2001:db8::7",
                "an escaped comma and blank         | myip=192.0.2.1%2C%202001:db8::7      | 192.0.2.1,2001:db8::7",
                "a comma at the end                 | myip=192.0.2.1,                      | 192.0.2.1",
                "repeated parameter                 | myip=192.0.2.1&myip=2001:db8::7      | 192.0.2.1,2001:db8::7",
                "the same twice                     | myip=192.0.2.1,192.0.2.1             | 192.0.2.1",
                "ip, as changeip sends it           | ip=192.0.2.1                         | 192.0.2.1",
                "address                            | address=2001:db8::7                  | 2001:db8::7",
                "myip before ip                     | ip=192.0.2.9&myip=192.0.2.1          | 192.0.2.1",
                "myipv4                             | myipv4=192.0.2.1                     | 192.0.2.1",
                "ipv4                               | ipv4=192.0.2.1                       | 192.0.2.1",
                "ip4                                | ip4=192.0.2.1                        | 192.0.2.1",
                "myipv6                             | myipv6=2001:db8::7                   | 2001:db8::7",
                "myip6                              | myip6=2001:db8::7                    | 2001:db8::7",
                "ipv6                               | ipv6=2001:db8::7                     | 2001:db8::7",
                "ip6                                | ip6=2001:db8::7                      | 2001:db8::7",
                "FRITZ!Box template                 | myip=192.0.2.1&myipv6=2001:db8::7    | 192.0.2.1,2001:db8::7",
                "FRITZ!Box without IPv6             | myip=192.0.2.1&myipv6=               | 192.0.2.1",
                "FRITZ!Box without IPv4             | myip=&myipv6=2001:db8::7             | 2001:db8::7",
                "not known yet is no statement      | myip=0.0.0.0&myipv6=2001:db8::7      | 2001:db8::7",
                "neither known yet: the source      | myip=0.0.0.0&myipv6=::               | 203.0.113.99",
            })
    void areTaken(String behaviour, String query, String echoed) {
        Reply reply = dialect.alice("hostname=h1.dyn.test&" + (query == null ? "" : query));

        assertThat(text(reply)).isEqualTo("200 good " + echoed);
        assertThat(reason(reply)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a typing error          | myip=192.0.2.300                     | notfqdn | myip: \"192.0.2.300\" is not an address",
                "octal or decimal?       | myip=192.0.2.010                     | notfqdn | myip: \"192.0.2.010\" is not an address",
                "one bad of two          | myip=192.0.2.1,home                  | notfqdn | myip: \"home\" is not an address",
                "FRITZ!Box placeholder   | myip=<ipaddr>                        | notfqdn | myip: \"<ipaddr>\" is a placeholder that the client has not replaced",
                "OpenWrt placeholder     | ip=[IP]                              | notfqdn | ip: \"[IP]\" is a placeholder that the client has not replaced",
                "pfSense placeholder     | myip=%IP%                            | notfqdn | myip: \"%IP%\" is a placeholder that the client has not replaced",
                "inadyn placeholder      | myip=%i                              | notfqdn | myip: \"%i\" is a placeholder that the client has not replaced",
                "Synology placeholder    | myip=__MYIP__                        | notfqdn | myip: \"__MYIP__\" is a placeholder that the client has not replaced",
                "a prefix                | myip=2001:db8:1:2::/64               | notfqdn | myip: \"2001:db8:1:2::/64\" is a network, not an address",
                "IPv4-mapped             | myip=::ffff:192.0.2.1                | notfqdn | myip: \"::ffff:192.0.2.1\" is an IPv4-mapped address; send the IPv4 address itself",
                "IPv6 where IPv4 belongs | ipv4=2001:db8::7                     | notfqdn | ipv4: \"2001:db8::7\" is not an IPv4 address",
                "IPv4 where IPv6 belongs | myipv6=192.0.2.1                     | notfqdn | myipv6: \"192.0.2.1\" is not an IPv6 address",
                "two IPv4                | myip=192.0.2.1,192.0.2.2             | numhost | a host can have one IPv4 address, not several",
                "two IPv6                | myip=2001:db8::7&ip6=2001:db8::8     | numhost | a host can have one IPv6 address, not several",
            })
    void areRefusedWithAReasonAndNeverGuessed(
            String behaviour, String query, String word, String reason) {
        Reply reply = dialect.alice("hostname=h1.dyn.test,h2.dyn.test&" + query);

        assertThat(text(reply)).isEqualTo("200 " + word + " / " + word);
        assertThat(reason(reply)).isEqualTo(reason);
        assertThat(dialect.door.requests).isEmpty();
    }

    @ParameterizedTest(name = "{0} leaves {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "offline=YES                      | none                              | good",
                "offline=yes&myip=192.0.2.9       | none                              | good",
                "clear=true                       | none                              | good",
                "myip=-                           | none                              | good",
                "myip=none                        | none                              | good",
                "myipv6=-                         | 192.0.2.1                         | good",
                "myipv4=none                      | 2001:db8:0:0:0:0:0:7              | good",
                "myip=192.0.2.2&myipv6=-          | 192.0.2.2                         | good 192.0.2.2",
                "myip=192.0.2.2,-                 | 192.0.2.2                         | good 192.0.2.2",
                "myip=192.0.2.2                   | 192.0.2.2 2001:db8:0:0:0:0:0:7    | good 192.0.2.2",
                "myip=2001:db8::8                 | 192.0.2.1 2001:db8:0:0:0:0:0:8    | good 2001:db8::8",
                "offline=NO&myip=192.0.2.2        | 192.0.2.2 2001:db8:0:0:0:0:0:7    | good 192.0.2.2",
                "clear=false&myip=192.0.2.2       | 192.0.2.2 2001:db8:0:0:0:0:0:7    | good 192.0.2.2",
            })
    void changeOnlyTheFamiliesThatAreSpokenOf(String query, String left, String line) {
        dialect.alice("hostname=h1.dyn.test&myip=192.0.2.1,2001:db8::7");

        Reply reply = dialect.alice("hostname=h1.dyn.test&" + query);

        assertThat(text(reply)).isEqualTo("200 " + line);
        assertThat(dialect.door.addressesOf("h1.dyn.test")).isEqualTo(left);
    }

    @Test
    void comeFromTheSourceInItsFamilyOnly() {
        dialect.alice("hostname=h1.dyn.test");
        Reply overIpv6 = dialect.from(Dialect.HOME_IPV6).alice("hostname=h1.dyn.test");

        assertThat(text(overIpv6)).isEqualTo("200 good 2001:db8::99");
        assertThat(dialect.door.addressesOf("h1.dyn.test"))
                .isEqualTo("203.0.113.99 2001:db8:0:0:0:0:0:99");
    }

    @Test
    void areUnchangedTheSecondTime() {
        Reply first = dialect.alice("hostname=h1.dyn.test&myip=192.0.2.1");
        Reply second = dialect.alice("hostname=h1.dyn.test&myip=192.0.2.1");

        assertThat(first.body()).isEqualTo("good 192.0.2.1\n");
        assertThat(second.body()).isEqualTo("nochg 192.0.2.1\n");
    }

    @Test
    void areNotTouchedByWhatElseRoutersSend() {
        String hikvision =
                "system=dyndns&hostname=h1.dyn.test&myip=&wildcard=OFF&mx=NO&backmx=NO&offline=NO";
        String synology =
                "hostname=h1.dyn.test&myip=192.0.2.1&system=dyndns&wildcard=NOCHG&mx=NOCHG"
                        + "&backmx=NOCHG&url=x&txt=y";

        assertThat(text(dialect.alice(hikvision))).isEqualTo("200 good 203.0.113.99");
        assertThat(text(dialect.alice(synology))).isEqualTo("200 good 192.0.2.1");
    }
}

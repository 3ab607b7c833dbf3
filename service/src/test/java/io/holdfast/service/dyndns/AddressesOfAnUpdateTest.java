package io.holdfast.service.dyndns;

import static io.holdfast.service.dyndns.Conversation.reason;
import static io.holdfast.service.dyndns.Conversation.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which addresses a host ends up with, and which the reply repeats (update-protocol §3, §7, §12).
class AddressesOfAnUpdateTest {
    private final Conversation dialect = new Conversation();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "absent: the source                 |                                      | 203.0.113.99",
                "empty: the source                  | myip=                                | 203.0.113.99",
                "one IPv4                           | myip=192.0.2.1                       | 192.0.2.1",
                "one IPv6                           | myip=2001:db8::7                     | 2001:db8::7",
                "one IPv6, escaped by inadyn        | myip=2001%3adb8%3a%3a7               | 2001:db8::7",
                "one address, echoed canonically    | myip=2001:0DB8::07                   | 2001:db8::7",
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
                "in capitals                        | MyIP=192.0.2.1                       | 192.0.2.1",
                "RouterOS: with its prefix length   | myip=192.0.2.7/24                    | 192.0.2.7",
                "RouterOS over PPP                  | myip=192.0.2.7/32                    | 192.0.2.7",
                "of two hosts the lower             | myip=192.0.2.6/31                    | 192.0.2.6",
                "IPv6 with its prefix length        | myip=2001:db8:5::7/64                | 2001:db8:5::7",
                "IPv6 of one                        | myipv6=2001:db8:5::/128              | 2001:db8:5::",
                "both with lengths                  | myip=192.0.2.7/24,2001:db8::7/48     | 192.0.2.7,2001:db8::7",
                "each family by another name        | myip=192.0.2.1&ip=2001:db8::7        | 192.0.2.1,2001:db8::7",
                "an empty text is no text           | myip=192.0.2.1&txt=                  | 192.0.2.1",
                "an address in a password           | token=192.0.2.9                      | 203.0.113.99",
                "a version is no address            | version=7.29.0.1                     | 203.0.113.99",
                "a name with ip in it               | script=x&zip=12345                   | 203.0.113.99",
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
                "an IPv4 network         | myip=192.0.2.0/24                    | notfqdn | myip: \"192.0.2.0/24\" is a network, not an address",
                "a broadcast address     | myip=192.0.2.255/24                  | notfqdn | myip: \"192.0.2.255/24\" is the broadcast address of its network",
                "a length out of range   | myip=192.0.2.7/33                    | notfqdn | myip: \"192.0.2.7/33\" has no prefix length from 0 to 32 after its slash",
                "a netmask               | myip=192.0.2.7/255.255.255.0         | notfqdn | myip: \"192.0.2.7/255.255.255.0\" has no prefix length from 0 to 32 after its slash",
                "a path                  | myip=192.0.2.7/                      | notfqdn | myip: \"192.0.2.7/\" has no prefix length from 0 to 32 after its slash",
                "what a script prints    | myip=None                            | notfqdn | myip: \"None\" is what a program prints that has no address; \"none\" takes the address away",
                "the same of a family    | myipv6=None                          | notfqdn | myipv6: \"None\" is what a program prints that has no address; \"none\" takes the address away",
                "null                    | myip=null                            | notfqdn | myip: \"null\" is not an address",
                "undefined               | myip=undefined                       | notfqdn | myip: \"undefined\" is not an address",
                "unknown                 | myip=unknown                         | notfqdn | myip: \"unknown\" is not an address",
                "auto                    | myip=auto                            | notfqdn | myip: \"auto\" is not an address",
                "off                     | myipv6=off                           | notfqdn | myipv6: \"off\" is not an address",
                "two dashes              | myip=--                              | notfqdn | myip: \"--\" is not an address",
                "a port                  | myip=192.0.2.7:8245                  | notfqdn | myip: \"192.0.2.7:8245\" is not an address",
                "a scope                 | myip=2001:db8::7%25eth0              | notfqdn | myip: \"2001:db8::7%eth0\" is not an address",
                "semicolons for commas   | myip=192.0.2.1;2001:db8::7           | notfqdn | myip: \"192.0.2.1;2001:db8::7\" is not an address",
                "a bad one elsewhere     | myip=192.0.2.1&ipv6=none6            | notfqdn | ipv6: \"none6\" is not an address",
                "a bad one of a synonym  | myip=192.0.2.1&ip=home               | notfqdn | ip: \"home\" is not an address",
                "no prefix               | ip6lanprefix=192.0.2.0/24            | notfqdn | ip6lanprefix: \"192.0.2.0/24\" is not an IPv6 prefix",
                "a prefix unreplaced     | ip6lanprefix=<ip6lanprefix>          | notfqdn | ip6lanprefix: \"<ip6lanprefix>\" is a placeholder that the client has not replaced",
                "an unknown parameter    | wanip=192.0.2.1                      | notfqdn | \"wanip\" is not understood; send the address as myip",
                "any unknown parameter   | x=2001:db8::7                        | notfqdn | \"x\" is not understood; send the address as myip",
                "an address, no name     | 192.0.2.1                            | notfqdn | \"192.0.2.1\" is not understood; send the address as myip",
                "unknown and unreplaced  | ipaddr=<ipaddr>                      | notfqdn | \"ipaddr\" is not understood; send the address as myip",
                "PHP's arrays            | myip[]=192.0.2.1                     | notfqdn | \"myip[]\" is not understood; send the address as myip",
                "behind a semicolon      | x=1;myip=192.0.2.1                   | notfqdn | \"x\" is not understood; send the address as myip",
                "JSON by mistake         | {\"myip\":\"192.0.2.1\"}         | notfqdn | \"{\"myip\":\"192.0.2.1\"}\" is not understood; send the address as myip",
                "deSEC's, for one host   | myip=192.0.2.1&myipv6:h2.dyn.test=2001:db8::7 | notfqdn | \"myipv6:h2.dyn.test\" is not understood; send one request a host",
                "kept and set at once    | myip=192.0.2.1&myipv4=preserve       | notfqdn | two different things are said about IPv4",
                "offline, perhaps        | offline=maybe                        | notfqdn | offline: \"maybe\" is neither yes nor no",
                "offline and an error    | offline=YES&myip=home                | notfqdn | myip: \"home\" is not an address",
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
                "myip=NONE                        | none                              | good",
                "myipv6=-                         | 192.0.2.1                         | good",
                "myipv4=none                      | 2001:db8:0:0:0:0:0:7              | good",
                "myip=192.0.2.2&myipv6=-          | 192.0.2.2                         | good 192.0.2.2",
                "myip=192.0.2.2,-                 | 192.0.2.2                         | good 192.0.2.2",
                "myip=192.0.2.2                   | 192.0.2.2 2001:db8:0:0:0:0:0:7    | good 192.0.2.2",
                "myip=2001:db8::8                 | 192.0.2.1 2001:db8:0:0:0:0:0:8    | good 2001:db8::8",
                "myip=no&myipv6=2001:db8::8       | 192.0.2.1 2001:db8:0:0:0:0:0:8    | good 2001:db8::8",
                "myipv4=preserve&myipv6=2001:db8::8 | 192.0.2.1 2001:db8:0:0:0:0:0:8  | good 2001:db8::8",
                "myip=192.0.2.2&ipv6=preserve     | 192.0.2.2 2001:db8:0:0:0:0:0:7    | good 192.0.2.2",
                "myip=-&myipv4=preserve           | 192.0.2.1                         | good",
                "myip=192.0.2.2&ip6lanprefix=2001:db8:9::/56 | 192.0.2.2 2001:db8:0:0:0:0:0:7 | good 192.0.2.2",
                "offline=NO&myip=192.0.2.2        | 192.0.2.2 2001:db8:0:0:0:0:0:7    | good 192.0.2.2",
                "clear=false&myip=192.0.2.2       | 192.0.2.2 2001:db8:0:0:0:0:0:7    | good 192.0.2.2",
            })
    void changeOnlyTheFamiliesThatAreSpokenOf(String query, String left, String line) {
        dialect.alice("hostname=h1.dyn.test&myip=192.0.2.1,2001:db8::7");

        Reply reply = dialect.alice("hostname=h1.dyn.test&" + query);

        assertThat(text(reply)).isEqualTo("200 " + line);
        assertThat(dialect.door.addressesOf("h1.dyn.test")).isEqualTo(left);
    }

    /// Issue 15, B8: the source speaks only for requests that say nothing about addresses.
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "myipv6=",
                "myip=&myipv6=",
                "myipv4=",
                "ipv6=+",
                "myip=0.0.0.0",
                "myip=::",
                "myip=0.0.0.0&myipv6=::",
                "myip=0.0.0.0/0",
                "myip=no",
                "myip=preserve",
                "myipv4=preserve",
                "myipv6=NO",
                "ip6lanprefix=",
                "ip6lanprefix=2001:db8:9::/56",
                "ipv6prefix=2001:db8:9::/64",
                "prefix=2001:db8:9::",
                "myip=&ip6lanprefix=2001:db8:9::/56",
            })
    void stayAsTheyAreWhenNoneIsNamedButSomethingIsSaid(String query) {
        dialect.alice("hostname=h1.dyn.test&myip=192.0.2.1,2001:db8::7");

        Reply reply = dialect.alice("hostname=h1.dyn.test&" + query);

        assertThat(text(reply)).isEqualTo("200 nochg 192.0.2.1,2001:db8::7");
        assertThat(dialect.door.addressesOf("h1.dyn.test"))
                .isEqualTo("192.0.2.1 2001:db8:0:0:0:0:0:7");
    }

    @Test
    void areNotMovedByAPrefixAndTheReasonSaysSo() {
        Reply reply = dialect.alice("hostname=h1.dyn.test&ip6lanprefix=2001:db8:9::/56");

        assertThat(text(reply)).isEqualTo("200 nochg");
        assertThat(reason(reply))
                .isEqualTo("ip6lanprefix: no host follows a prefix here, so it changes nothing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "txt=x",
                "txt=",
                "TXT=x",
                "txt=x&myip=",
                "txt=x&clear=true",
                "txt=x&myip=192.0.2.1",
                "txt=&offline=YES"
            })
    void areNotTheBusinessOfARequestForATextRecord(String query) {
        Reply reply = dialect.alice("hostname=h1.dyn.test,h2.dyn.test&" + query);

        assertThat(text(reply)).isEqualTo("200 !donator");
        assertThat(reason(reply)).isEqualTo("txt: text records are not set by this path");
        assertThat(dialect.door.requests).isEmpty();
    }

    @Test
    void areNotThoseOfAProxyThatDoesNotSayForWhomItAsks() {
        Reply silent = dialect.fromASilentProxy().alice("hostname=h1.dyn.test");
        Reply spoken = dialect.alice("hostname=h1.dyn.test&myip=192.0.2.1");

        assertThat(text(silent)).isEqualTo("503 911");
        assertThat(reason(silent)).contains("did not say", "myip");
        assertThat(text(spoken)).isEqualTo("200 good 192.0.2.1");
    }

    @Test
    void comeFromTheSourceInItsFamilyOnly() {
        dialect.alice("hostname=h1.dyn.test");
        Reply overIpv6 = dialect.from(Conversation.HOME_IPV6).alice("hostname=h1.dyn.test");

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
                        + "&backmx=NOCHG&url=x";

        assertThat(text(dialect.alice(hikvision))).isEqualTo("200 good 203.0.113.99");
        assertThat(text(dialect.alice(synology))).isEqualTo("200 good 192.0.2.1");
    }
}

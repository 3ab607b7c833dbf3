package io.holdfast.service.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.dns.Name;
import io.holdfast.dns.Type;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantTest {
    @ParameterizedTest(name = "{0}: {2} at {1} is {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "self home.dyn.test              | home.dyn.test                 | A     | 1",
                "self home.dyn.test              | home.dyn.test                 | AAAA  | 1",
                "self home.dyn.test              | home.dyn.test                 | DHCID | 1",
                "self home.dyn.test              | home.dyn.test                 | MX    | no",
                "self home.dyn.test              | a.home.dyn.test               | A     | no",
                "self home.dyn.test              | dyn.test                      | A     | no",
                "self home.dyn.test              | _acme-challenge.home.dyn.test | TXT   | 16",
                "self home.dyn.test              | _acme-challenge.home.dyn.test | A     | no",
                "self home.dyn.test              | _acme-challenge.dyn.test      | TXT   | no",
                "self home.dyn.test A            | home.dyn.test                 | AAAA  | no",
                "self home.dyn.test A            | _acme-challenge.home.dyn.test | TXT   | 16",
                "subdomain lan.dyn.test          | printer.lan.dyn.test          | PTR   | any",
                "subdomain lan.dyn.test          | lan.dyn.test                  | NS    | no",
                "subdomain lan.dyn.test          | xlan.dyn.test                 | A     | no",
                "subdomain lan.dyn.test A,TXT(5) | printer.lan.dyn.test          | TXT   | 5",
                "subdomain lan.dyn.test A,TXT(5) | printer.lan.dyn.test          | A     | any",
                "subdomain lan.dyn.test A,TXT(5) | printer.lan.dyn.test          | MX    | no",
                "subdomain lan.dyn.test NS       | lan.dyn.test                  | NS    | any",
                "zone dyn.test                   | dyn.test                      | SOA   | any",
                "zone dyn.test                   | dyn.test                      | NS    | any",
                "zone dyn.test                   | other.test                    | A     | no",
                "zone dyn.test                   | a.dyn.test                    | RRSIG | no",
                "zone dyn.test NSEC              | a.dyn.test                    | NSEC  | no",
            })
    void permits(String grant, String owner, String type, String limit) {
        Type asked = new Type(org.xbill.DNS.Type.value(type));
        assertThat(
                        Grant.parse(grant)
                                .limit(Name.of(owner), asked)
                                .map(n -> n == Grant.UNLIMITED ? "any" : n.toString())
                                .orElse("no"))
                .isEqualTo(limit);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "self home.dyn.test",
                "zone dyn.test A,TXT(5)",
                "subdomain a.dyn.test PTR(1)"
            })
    void isReadAsItIsWritten(String text) {
        assertThat(Grant.parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOSUCH", "A(0)", "A(65536)", "A(x)", "", "A,,B"})
    void whatIsNoTypeIsSaid(String types) {
        assertThatThrownBy(() -> Grant.types(types))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no record type; write such as A,AAAA,TXT(5)");
    }
}

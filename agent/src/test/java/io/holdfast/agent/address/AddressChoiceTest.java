package io.holdfast.agent.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.address.AddressChoice.Wish;
import io.holdfast.agent.address.AddressSource.Sighting;
import io.holdfast.net.HostAddress;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Addresses as [TestAddresses] reads them, separated by commas, in the kernel's order.
class AddressChoiceTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    the only one                            | 192.0.2.7                               |           | 192.0.2.7
                    a private one if there is no other      | 192.168.1.7                             |           | 192.168.1.7
                    one behind carrier NAT, too             | 100.64.0.7                              |           | 100.64.0.7
                    the outside one before a private one    | 192.168.1.7, 192.0.2.7                  |           | 192.0.2.7
                    the outside one, though a private was told | 192.168.1.7, 192.0.2.7               | 192.168.1.7 | 192.0.2.7
                    primary before secondary                | 192.0.2.8 secondary, 192.0.2.7          |           | 192.0.2.7
                    a secondary one if there is no other    | 192.0.2.8 secondary, 127.0.0.1          |           | 192.0.2.8
                    of two primary ones the first           | 192.0.2.9, 192.0.2.7                    |           | 192.0.2.9
                    of two primary ones the one told        | 192.0.2.9, 192.0.2.7                    | 192.0.2.7 | 192.0.2.7
                    one told that is gone means nothing     | 192.0.2.9, 192.0.2.7                    | 192.0.2.1 | 192.0.2.9
                    never loopback                          | 127.0.0.1                               |           | none
                    never link-local                        | 169.254.7.7                             |           | none
                    never one of scope host                 | 192.0.2.7 scope host                    |           | none
                    never one of scope link                 | 192.0.2.7 scope link                    |           | none
                    never a deprecated one                  | 192.0.2.7 deprecated                    | 192.0.2.7 | none
                    never one of the other family           | 2001:db8::7                             |           | none
                    nothing to choose from                  |                                         |           | none
                    """)
    void ipv4(String rule, @Nullable String addresses, @Nullable String told, String chosen) {
        assertThat(choose(Family.IPV4, Wish.USUAL, addresses, told)).isEqualTo(chosen);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    the only one                            | 2001:db8::7                                       |             | 2001:db8::7
                    never a temporary one                   | 2001:db8::7 temporary                             |             | none
                    never a deprecated one                  | 2001:db8::7 deprecated                            | 2001:db8::7 | none
                    nor one preferred for 0 s               | 2001:db8::7 preferred 0                           | 2001:db8::7 | none
                    never a tentative one                   | 2001:db8::7 tentative                             |             | none
                    never a duplicate                       | 2001:db8::7 dadfailed                             |             | none
                    never a unique local one                | fd00::7                                           |             | none
                    never a link-local one                  | fe80::7                                           |             | none
                    never loopback                          | ::1                                               |             | none
                    never one of the other family           | 192.0.2.7                                         |             | none
                    permanent before others                 | 2001:db8::1 preferred 900, 2001:db8::7            |             | 2001:db8::7
                    the manager of temporary ones before others | 2001:db8::1 preferred 900, 2001:db8::7 preferred 600 mngtmpaddr | | 2001:db8::7
                    the longest preferred                   | 2001:db8::1 preferred 600, 2001:db8::7 preferred 900 |          | 2001:db8::7
                    of equals the lowest number             | 2001:db8::ff00, 2001:db8::7                       |             | 2001:db8::7
                    the one told, though another is preferred longer | 2001:db8::1 preferred 600, 2001:db8::7 preferred 900 | 2001:db8::1 | 2001:db8::1
                    not the one told if a permanent one came | 2001:db8::1 preferred 600, 2001:db8::7           | 2001:db8::1 | 2001:db8::7
                    after renumbering the new stable one    | 2001:db8:1::a preferred 0 mngtmpaddr, 2001:db8:1::b temporary deprecated, 2001:db8:2::a preferred 64 mngtmpaddr, 2001:db8:2::b temporary preferred 64 | 2001:db8:1::a | 2001:db8:2::a
                    """)
    void ipv6(String rule, String addresses, @Nullable String told, String chosen) {
        assertThat(choose(Family.IPV6, Wish.USUAL, addresses, told)).isEqualTo(chosen);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    temporary     | 2001:db8::7, 2001:db8::8 temporary                     | 2001:db8::8
                    temporary     | 2001:db8::7                                            | none
                    temporary     | 2001:db8::7 temporary preferred 60, 2001:db8::8 temporary preferred 90 | 2001:db8::8
                    ula           | 2001:db8::7, fd00::7                                   | fd00::7
                    ula           | fd00::7 temporary                                      | none
                    temporary ula | fd00::7, fd00::8 temporary, 2001:db8::9 temporary      | fd00::8
                    """)
    void ipv6OfTheKindAskedFor(String words, String addresses, String chosen) {
        Wish wish = new Wish(words.contains("temporary"), words.contains("ula"));
        assertThat(choose(Family.IPV6, wish, addresses, null)).isEqualTo(chosen);
    }

    @Test
    void saysWhichAndWhyNotTheOthers() {
        List<HostAddress> all =
                TestAddresses.of(
                        4,
                        "192.0.2.7, 2001:db8:1::a preferred 0, 2001:db8:2::a preferred 64 mngtmpaddr,"
                                + " 2001:db8:2::b temporary, 2001:db8:3::a preferred 60 mngtmpaddr, fd00::1, fe80::1");
        AddressChoice choice = new AddressChoice(Family.IPV6, Wish.USUAL);

        assertThat(choice.choose(all, null, "eth0"))
                .isEqualTo(
                        new Sighting.Seen(
                                InetAddress.ofLiteral("2001:db8:2::a"),
                                "2001:db8:2::a of eth0 (documentation, stable, preferred for 64 s);"
                                        + " passed over 2001:db8:1::a (deprecated), 2001:db8:2::b (temporary),"
                                        + " 2001:db8:3::a (as good, but not first), fd00::1 (unique local),"
                                        + " fe80::1 (link-local)"));
    }

    @Test
    void saysWhyNoneWillDo() {
        AddressChoice choice = new AddressChoice(Family.IPV4, Wish.USUAL);

        assertThat(choice.choose(TestAddresses.of(4, "169.254.7.7"), null, "eth0"))
                .isEqualTo(
                        new Sighting.NoAddress(
                                "eth0 has no IPv4 address to tell: 169.254.7.7 (link-local)"));
        assertThat(choice.choose(List.of(), null, "eth0"))
                .isEqualTo(new Sighting.NoAddress("eth0 has no IPv4 address"));
    }

    @Test
    void saysWhenTheSystemCannotTellTemporaryAddressesApart() {
        List<HostAddress> all = TestAddresses.of(4, "2001:db8::7 unknown");
        AddressChoice choice = new AddressChoice(Family.IPV6, Wish.USUAL);

        assertThat(choice.choose(all, null, "eth0"))
                .isInstanceOfSatisfying(
                        Sighting.Seen.class,
                        seen ->
                                assertThat(seen.how())
                                        .contains("does not say which addresses are temporary"));
    }

    private static String choose(
            Family family, Wish wish, @Nullable String addresses, @Nullable String told) {
        InetAddress before = told == null ? null : InetAddress.ofLiteral(told);
        List<HostAddress> all = TestAddresses.of(4, addresses == null ? "" : addresses);
        return switch (new AddressChoice(family, wish).choose(all, before, "eth0")) {
            case Sighting.Seen(InetAddress address, _) -> AddressText.of(address);
            case Sighting.NoAddress _ -> "none";
            case Sighting.Unavailable(String why) -> why;
        };
    }
}

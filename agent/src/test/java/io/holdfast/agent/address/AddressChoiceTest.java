package io.holdfast.agent.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.address.AddressChoice.Wish;
import io.holdfast.agent.address.AddressSource.Observation;
import io.holdfast.net.HostAddress;
import io.holdfast.net.address.AddressText;
import java.net.InetAddress;
import java.util.List;
import java.util.Random;
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
                    the outside one, though a private was sent | 192.168.1.7, 192.0.2.7               | 192.168.1.7 | 192.0.2.7
                    primary before secondary                | 192.0.2.8 secondary, 192.0.2.7          |           | 192.0.2.7
                    a secondary one if there is no other    | 192.0.2.8 secondary, 127.0.0.1          |           | 192.0.2.8
                    of two primary ones the first           | 192.0.2.9, 192.0.2.7                    |           | 192.0.2.9
                    of two primary ones the one sent        | 192.0.2.9, 192.0.2.7                    | 192.0.2.7 | 192.0.2.7
                    one sent that is gone means nothing     | 192.0.2.9, 192.0.2.7                    | 192.0.2.1 | 192.0.2.9
                    never loopback                          | 127.0.0.1                               |           | none
                    never link-local                        | 169.254.7.7                             |           | none
                    never one of scope host                 | 192.0.2.7 scope host                    |           | none
                    never one of scope link                 | 192.0.2.7 scope link                    |           | none
                    never a deprecated one                  | 192.0.2.7 deprecated                    | 192.0.2.7 | none
                    never one of the other family           | 2001:db8::7                             |           | none
                    nothing to choose from                  |                                         |           | none
                    """)
    void ipv4(String rule, @Nullable String addresses, @Nullable String sent, String chosen) {
        assertThat(choose(Family.IPV4, Wish.USUAL, addresses, sent)).isEqualTo(chosen);
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
                    the one sent, though another is preferred longer | 2001:db8::1 preferred 600, 2001:db8::7 preferred 900 | 2001:db8::1 | 2001:db8::1
                    not the one sent if a permanent one came | 2001:db8::1 preferred 600, 2001:db8::7           | 2001:db8::1 | 2001:db8::7
                    after renumbering the new stable one    | 2001:db8:1::a preferred 0 mngtmpaddr, 2001:db8:1::b temporary deprecated, 2001:db8:2::a preferred 64 mngtmpaddr, 2001:db8:2::b temporary preferred 64 | 2001:db8:1::a | 2001:db8:2::a
                    """)
    void ipv6(String rule, String addresses, @Nullable String sent, String chosen) {
        assertThat(choose(Family.IPV6, Wish.USUAL, addresses, sent)).isEqualTo(chosen);
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

    private static final String OLD = "2001:db8:1::a";
    private static final String NEW = "2001:db8:2::a";

    /// Looks in their order, apart by `;`: at one link whose address 2001:db8:1::a was sent. The
    /// last one's choice counts. Addresses without a lifetime word here are from a router.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    nothing of another prefix              | 1::a made 0 refreshed 10; 1::a refreshed 10                              | 1
                    another prefix came                    | 1::a made 0 refreshed 10; 1::a refreshed 10, 2::a made 20                | 1
                    and was refreshed once more            | 1::a made 0 refreshed 10; 1::a refreshed 10, 2::a made 20; 1::a refreshed 10, 2::a made 20 refreshed 30 | 2
                    the same after a restart of the agent  | 1::a made 0 refreshed 10, 2::a made 20 refreshed 30                      | 2
                    both are refreshed                     | 1::a made 0 refreshed 10, 2::a made 0 refreshed 10; 1::a made 0 refreshed 20, 2::a made 0 refreshed 20; 1::a made 0 refreshed 30, 2::a made 0 refreshed 30 | 1
                    both in one advertisement, a tick apart| 1::a made 0 refreshed 10, 2::a made 0 refreshed 10.1; 1::a made 0 refreshed 20, 2::a made 0 refreshed 20.1 | 1
                    one refresh was missed                 | 1::a made 0 refreshed 10, 2::a made 0 refreshed 10; 1::a made 0 refreshed 10, 2::a made 0 refreshed 20 | 1
                    two refreshes were missed              | 1::a made 0 refreshed 10, 2::a made 0 refreshed 10; 1::a made 0 refreshed 10, 2::a made 0 refreshed 20; 1::a made 0 refreshed 10, 2::a made 0 refreshed 30 | 2
                    two were missed, and then it came      | 1::a made 0 refreshed 10, 2::a made 0 refreshed 20; 1::a made 0 refreshed 10, 2::a made 0 refreshed 30; 1::a made 0 refreshed 31, 2::a made 0 refreshed 30 | 1
                    two refreshes after an uneven past     | 1::a made 0, 2::a made 50; 1::a refreshed 60, 2::a made 50; 1::a refreshed 60, 2::a refreshed 65; 1::a refreshed 60, 2::a refreshed 70 | 2
                    a slow router, before it is known      | 1::a made 0, 2::a made 0; 1::a made 0, 2::a refreshed 30; 1::a made 0, 2::a refreshed 60 | 2
                    a slow router that came back           | 1::a made 0, 2::a made 0; 1::a made 0, 2::a refreshed 30; 1::a made 0, 2::a refreshed 60; 1::a refreshed 100, 2::a refreshed 60; 1::a refreshed 100, 2::a refreshed 150; 1::a refreshed 100, 2::a refreshed 249 | 1
                    and then is late by half as much again | 1::a made 0, 2::a made 0; 1::a made 0, 2::a refreshed 30; 1::a made 0, 2::a refreshed 60; 1::a refreshed 100, 2::a refreshed 60; 1::a refreshed 100, 2::a refreshed 150; 1::a refreshed 100, 2::a refreshed 251 | 2
                    seen in one look                       | 1::a made 0, 2::a made 0; 1::a made 0, 2::a refreshed 30; 1::a refreshed 100, 2::a refreshed 60; 1::a refreshed 100, 2::a refreshed 150; 1::a refreshed 100, 2::a refreshed 180 | 1
                    a lease is compared with another lease | 1::a/128 made 0, 2::a/128 made 20 refreshed 30                           | 2
                    a lifetime that is longer does not help| 1::a preferred 99999 made 0 refreshed 10, 2::a preferred 60 made 20 refreshed 30 | 2
                    an address set by hand stays           | 1::a permanent made 0, 2::a made 20 refreshed 30                         | 1
                    one set by hand is no sign             | 1::a made 0 refreshed 10, 2::a permanent made 20 refreshed 30            | 2
                    a lease in a prefix that is announced  | 1::a/128 made 0, 1::b made 0 refreshed 30, 2::a made 20 refreshed 30     | 1
                    a lease is renewed in its own rhythm   | 1::a/128 made 0, 2::a made 20 refreshed 30                               | 1
                    its mate of the prefix is deprecated   | 1::a/128 made 0, 1::b preferred 0 made 0 refreshed 20, 2::a made 20      | 2
                    one set by hand, its prefix deprecated | 1::a permanent made 0, 1::b preferred 0 made 0 refreshed 20, 2::a made 20 | 2
                    a temporary mate's end is ordinary     | 1::a/128 made 0, 1::b temporary preferred 0 made 0 refreshed 20, 2::a made 20 | 1
                    a mate that expired before it was made | 1::a made 30, 1::b preferred 0 made 0 refreshed 20, 2::a made 20         | 1
                    nobody says when                       | 1::a unknown preferred 9, 2::a unknown preferred 9                       | 1
                    """)
    void aPrefixThatIsNoLongerAnnouncedIsLeft(String what, String looks, String prefix) {
        RefreshHistory history = RefreshHistory.NONE;
        List<HostAddress> all = List.of();
        for (String look : looks.split(";", -1)) {
            all = fromRouters(look);
            history = history.with(all);
        }
        assertThat(chosen(all, history)).isEqualTo("2001:db8:" + prefix + "::a");
    }

    /// Two routers, each with a prefix and a rhythm of its own, both alive. The sent address is the
    /// one chosen last.
    @ParameterizedTest(name = "{0} to {1} s beside {2} to {3} s")
    @CsvSource({
        "600,  600,  10,   10,   1",
        "10,   10,   600,  600,  0",
        "200,  600,  200,  600,  2",
        "198,  600,  3,    4,    1",
        "3,    4,    1350, 1800, 0",
        "450,  600,  198,  600,  2",
        "7,    7,    11,   11,   1",
        "100,  100,  100,  100,  0",
    })
    void aNameDoesNotSwingBetweenTwoRoutersThatAreAlive(
            int least, int most, int otherLeast, int otherMost, int mostChanges) {
        int worst = 0;
        for (long seed = 0; seed < 5; seed++) {
            worst = Math.max(worst, changes(new Random(seed), least, most, otherLeast, otherMost));
        }
        assertThat(worst).isLessThanOrEqualTo(mostChanges);
    }

    private static int changes(Random random, int least, int most, int otherLeast, int otherMost) {
        List<HostAddress> begin = fromRouters("1::a made 0, 2::a made 0");
        RefreshHistory history = RefreshHistory.NONE;
        int one = 0;
        int other = 0;
        int nextOne = random.nextInt(least, most + 1);
        int nextOther = random.nextInt(otherLeast, otherMost + 1);
        String sent = OLD;
        int changes = 0;
        for (int refreshes = 0; refreshes < 2_000; refreshes++) {
            if (nextOne <= nextOther) {
                one = nextOne;
                nextOne += random.nextInt(least, most + 1);
            } else {
                other = nextOther;
                nextOther += random.nextInt(otherLeast, otherMost + 1);
            }
            List<HostAddress> all =
                    List.of(
                            refreshed(begin.getFirst(), one * 100),
                            refreshed(begin.getLast(), other * 100));
            history = history.with(all);
            String chosen = chosen(all, history, sent);
            changes += chosen.equals(sent) ? 0 : 1;
            sent = chosen;
        }
        return changes;
    }

    @Test
    void theHundredthsMayOverflow() {
        double end = 0x7FFF_FFFFL / 100.0;
        List<HostAddress> all =
                fromRouters("1::a made 0 refreshed " + (end - 10) + ", 2::a made " + (end - 5));
        RefreshHistory history = RefreshHistory.NONE.with(all);
        assertThat(chosen(all, history)).isEqualTo(OLD);

        HostAddress old = all.getFirst();
        HostAddress fresh = all.getLast();
        List<HostAddress> later =
                List.of(
                        old,
                        refreshed(fresh, fresh.refreshed() + 1000)); // beyond Integer.MAX_VALUE
        assertThat(chosen(later, history.with(later))).isEqualTo(NEW);
    }

    @Test
    void whatIsNotAnnouncedSinceTheLinkCameBackIsLeftAtOnce() {
        List<HostAddress> before = fromRouters("1::a made 0 refreshed 10");
        RefreshHistory back = RefreshHistory.NONE.with(before).afterTheLinkCameBack();
        assertThat(chosen(before, back.with(before))).as("nothing else").isEqualTo(OLD);

        List<HostAddress> after = fromRouters("1::a made 0 refreshed 10, 2::a made 20");
        assertThat(chosen(after, back.with(after))).isEqualTo(NEW);

        List<HostAddress> both = fromRouters("1::a made 0 refreshed 20, 2::a made 20");
        assertThat(chosen(both, back.with(both))).as("announced as well").isEqualTo(OLD);
    }

    @Test
    void saysWhyAPrefixIsLeft() {
        List<HostAddress> all = fromRouters("1::a made 0 refreshed 10, 2::a made 20 refreshed 30");
        Observation observation =
                new AddressChoice(Family.IPV6, Wish.USUAL)
                        .choose(
                                all,
                                RefreshHistory.NONE.with(all),
                                InetAddress.ofLiteral(OLD),
                                "eth0");

        assertThat(((Observation.Seen) observation).how())
                .endsWith(
                        "passed over 2001:db8:1::a (no longer announced, while another prefix is)");
    }

    private static List<HostAddress> fromRouters(String list) {
        StringBuilder full = new StringBuilder();
        for (String one : list.split(",", -1)) {
            String text = one.strip();
            String lifetime =
                    text.contains("permanent") || text.contains("preferred")
                            ? ""
                            : " preferred 1800";
            full.append(",2001:db8:").append(text.replace(" permanent", "")).append(lifetime);
        }
        return TestAddresses.of(4, full.toString());
    }

    private static HostAddress refreshed(HostAddress a, int centis) {
        return new HostAddress(
                a.linkIndex(),
                a.address(),
                a.prefixLength(),
                a.scope(),
                a.flags(),
                a.preferredSeconds(),
                a.validSeconds(),
                true,
                a.created(),
                centis);
    }

    private static String chosen(List<HostAddress> all, RefreshHistory history) {
        return chosen(all, history, OLD);
    }

    private static String chosen(List<HostAddress> all, RefreshHistory history, String sent) {
        Observation observation =
                new AddressChoice(Family.IPV6, Wish.USUAL)
                        .choose(all, history, InetAddress.ofLiteral(sent), "eth0");
        return AddressText.of(((Observation.Seen) observation).address());
    }

    @Test
    void saysWhichAndWhyNotTheOthers() {
        List<HostAddress> all =
                TestAddresses.of(
                        4,
                        "192.0.2.7, 2001:db8:1::a preferred 0, 2001:db8:2::a preferred 64 mngtmpaddr,"
                                + " 2001:db8:2::b temporary, 2001:db8:3::a preferred 60 mngtmpaddr, fd00::1, fe80::1");
        AddressChoice choice = new AddressChoice(Family.IPV6, Wish.USUAL);

        assertThat(choice.choose(all, RefreshHistory.NONE, null, "eth0"))
                .isEqualTo(
                        new Observation.Seen(
                                InetAddress.ofLiteral("2001:db8:2::a"),
                                "2001:db8:2::a of eth0 (documentation, stable, preferred for 64 s);"
                                        + " passed over 2001:db8:1::a (deprecated), 2001:db8:2::b (temporary),"
                                        + " 2001:db8:3::a (as good, but not first), fd00::1 (unique local),"
                                        + " fe80::1 (link-local)"));
    }

    @Test
    void saysWhyNoneWillDo() {
        AddressChoice choice = new AddressChoice(Family.IPV4, Wish.USUAL);

        assertThat(
                        choice.choose(
                                TestAddresses.of(4, "169.254.7.7"),
                                RefreshHistory.NONE,
                                null,
                                "eth0"))
                .isEqualTo(
                        new Observation.NoAddress(
                                "eth0 has no IPv4 address to send: 169.254.7.7 (link-local)"));
        assertThat(choice.choose(List.of(), RefreshHistory.NONE, null, "eth0"))
                .isEqualTo(new Observation.NoAddress("eth0 has no IPv4 address"));
    }

    @Test
    void saysWhenTheSystemCannotSendsTemporaryAddressesApart() {
        List<HostAddress> all = TestAddresses.of(4, "2001:db8::7 unknown");
        AddressChoice choice = new AddressChoice(Family.IPV6, Wish.USUAL);

        assertThat(choice.choose(all, RefreshHistory.NONE, null, "eth0"))
                .isInstanceOfSatisfying(
                        Observation.Seen.class,
                        seen ->
                                assertThat(seen.how())
                                        .contains("does not say which addresses are temporary"));
    }

    private static String choose(
            Family family, Wish wish, @Nullable String addresses, @Nullable String sent) {
        InetAddress before = sent == null ? null : InetAddress.ofLiteral(sent);
        List<HostAddress> all = TestAddresses.of(4, addresses == null ? "" : addresses);
        return switch (new AddressChoice(family, wish)
                .choose(all, RefreshHistory.NONE.with(all), before, "eth0")) {
            case Observation.Seen(InetAddress address, _) -> AddressText.of(address);
            case Observation.NoAddress _ -> "none";
            case Observation.Unavailable(String why) -> why;
        };
    }
}

package io.holdfast.dns.zone;

import static io.holdfast.dns.zone.ZoneText.name;
import static io.holdfast.dns.zone.ZoneText.rrset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Type;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A zone takes changes and shows them.
class ZoneTest {
    private static final RRset SOA = rrset("dyn.test. 60 SOA ns1 hostmaster 7 3600 900 1209600 60");
    private static final RRset NS = rrset("dyn.test. 60 NS ns1.dyn.test.");

    private final Zone zone = Zone.of(name("dyn.test"), List.of(NS, SOA));

    @Test
    void putAddsAndReplaces() {
        put(8, "home.dyn.test. 60 A 192.0.2.1");
        put(9, "home.dyn.test. 30 A 192.0.2.7", "home.dyn.test. 60 AAAA 2001:db8::7");

        assertThat(zone.rrset(name("home.dyn.test"), Type.A))
                .contains(rrset("home.dyn.test. 30 A 192.0.2.7"));
        assertThat(zone.rrset(name("home.dyn.test"), Type.AAAA))
                .contains(rrset("home.dyn.test. 60 AAAA 2001:db8::7"));
        assertThat(zone.rrset(name("home.dyn.test"), Type.MX)).isEmpty();
        assertThat(zone.serial()).isEqualTo(9);
    }

    @Test
    void removeTakesOneTypeAway() {
        put(8, "home.dyn.test. 60 A 192.0.2.1", "home.dyn.test. 60 AAAA 2001:db8::1");
        zone.apply(List.of(new RRsetChange.Remove(name("home.dyn.test"), Type.A)), 9);

        assertThat(zone.rrset(name("home.dyn.test"), Type.A)).isEmpty();
        assertThat(zone.rrset(name("home.dyn.test"), Type.AAAA)).isPresent();
    }

    @Test
    void whatNeverWasCanBeRemoved() {
        zone.apply(List.of(new RRsetChange.Remove(name("a.b.dyn.test"), Type.A)), 8);

        assertThat(everything()).containsExactly(withSerial(8), NS);
    }

    @Test
    void changesOfOneVersionApplyInOrder() {
        zone.apply(
                List.of(
                        new RRsetChange.Put(rrset("a.dyn.test. 60 A 192.0.2.1")),
                        new RRsetChange.Remove(name("a.dyn.test"), Type.A),
                        new RRsetChange.Remove(name("b.dyn.test"), Type.A),
                        new RRsetChange.Put(rrset("b.dyn.test. 60 A 192.0.2.2"))),
                8);

        assertThat(everything())
                .containsExactly(withSerial(8), NS, rrset("b.dyn.test. 60 A 192.0.2.2"));
    }

    @Test
    void theSoaIsVisitedFirst() {
        assertThat(everything()).containsExactly(SOA, NS);
    }

    @Test
    void theSerialOfAnApplyWinsOverThatOfAPutSoa() {
        put(12, "dyn.test. 60 SOA ns2 hostmaster 99 3600 900 1209600 30");

        assertThat(zone.serial()).isEqualTo(12);
        assertThat(zone.rrset(name("dyn.test"), Type.SOA))
                .contains(rrset("dyn.test. 60 SOA ns2 hostmaster 12 3600 900 1209600 30"));
    }

    @Test
    void aRefusedChangeChangesNothing() {
        List<RRsetChange> changes =
                List.of(
                        new RRsetChange.Put(rrset("a.dyn.test. 60 A 192.0.2.1")),
                        new RRsetChange.Put(rrset("a.other.test. 60 A 192.0.2.1")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> zone.apply(changes, 8))
                .withMessage("a.other.test is outside the zone dyn.test");
        assertThat(everything()).containsExactly(SOA, NS);
    }

    @Test
    void theSoaStays() {
        Name apex = name("dyn.test");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> zone.apply(List.of(new RRsetChange.Remove(apex, Type.SOA)), 8))
                .withMessage("the SOA at dyn.test cannot go");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> put(8, "a.dyn.test. 60 SOA ns1 hostmaster 7 3600 900 1209600 60"))
                .withMessage("a zone has one SOA, at its apex dyn.test");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Zone.of(apex, List.of(NS)))
                .withMessage("there is no SOA at dyn.test");
    }

    @Test
    void aZoneGrowsAndShrinks() {
        for (int i = 0; i < 5_000; i++) {
            put(i, "h" + i + ".dyn.test. 60 A 192.0.2." + i % 256);
        }
        for (int i = 0; i < 5_000; i += 2) {
            zone.apply(List.of(new RRsetChange.Remove(name("h" + i + ".dyn.test"), Type.A)), i);
        }

        for (int i = 0; i < 5_000; i++) {
            assertThat(zone.rrset(name("h" + i + ".dyn.test"), Type.A).isPresent())
                    .as("h%d", i)
                    .isEqualTo(i % 2 == 1);
        }
        assertThat(everything()).hasSize(2_502);
    }

    @Test
    void theClosestZoneIsTheOneWithTheLongestApex() {
        Zone parent =
                Zone.of(
                        name("test"),
                        List.of(rrset("test. 60 SOA ns1 hostmaster 1 3600 900 1209600 60")));
        Zones zones = Zones.of(List.of(parent, zone));

        assertThat(zones.closest(name("a.b.dyn.test"))).contains(zone);
        assertThat(zones.closest(name("dyn.test"))).contains(zone);
        assertThat(zones.closest(name("xdyn.test"))).contains(parent);
        assertThat(zones.closest(name("dyn.example"))).isEmpty();
        assertThat(zones.closest(Name.ROOT)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> Zones.of(List.of(zone, zone)));
    }

    private void put(int serial, String... rrsets) {
        List<RRsetChange> changes = new ArrayList<>();
        for (String text : rrsets) {
            changes.add(new RRsetChange.Put(rrset(text)));
        }
        zone.apply(changes, serial);
    }

    private List<RRset> everything() {
        List<RRset> all = new ArrayList<>();
        zone.forEach(all::add);
        return all;
    }

    private static RRset withSerial(int serial) {
        return rrset("dyn.test. 60 SOA ns1 hostmaster " + serial + " 3600 900 1209600 60");
    }
}

package io.holdfast.service.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.dns.Name;
import io.holdfast.dns.zone.ZoneDelta;
import io.holdfast.service.account.Grant;
import io.holdfast.service.account.Principal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// RFC 2136 through the one door: the lines are those of nsupdate.
class DynamicUpdateTest {
    private static final Name HOST = Name.of("home.dyn.test");

    @TempDir Path folder;
    private Scene scene;
    private Nsupdate nsupdate;

    @BeforeEach
    void aHostAndTwoKeys() throws Exception {
        scene = Scene.in(folder);
        scene.host("home.dyn.test");
        nsupdate = new Nsupdate(scene);
        nsupdate.key("zone-key", Grant.zone(Scene.ZONE));
        nsupdate.key("home.dyn.test", Grant.self(HOST));
    }

    @AfterEach
    void end() {
        scene.close();
    }

    @Test
    void aHostsAddressIsTheSameChangeAsByHttp() throws Exception {
        assertThat(
                        nsupdate.send(
                                "home.dyn.test",
                                "update delete home.dyn.test A",
                                "update add home.dyn.test 60 A 192.0.2.7"))
                .isEqualTo("NOERROR");
        assertThat(scene.served("home.dyn.test")).isEqualTo("192.0.2.7");
        assertThat(scene.registry().hosts().history("home.dyn.test"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.front()).isEqualTo("dnsupdate");
                    assertThat(entry.answered()).isEqualTo("good");
                });
        assertThat(scene.update("home.dyn.test", "192.0.2.7")).isEqualTo("nochg 192.0.2.7");
    }

    @Test
    void needlessRepeatsAreCountedAndEndInRefused() {
        String[] same = {
            "update delete home.dyn.test A", "update add home.dyn.test 60 A 192.0.2.7"
        };
        List<String> answers =
                List.of(
                        nsupdate.send("home.dyn.test", same),
                        nsupdate.send("home.dyn.test", same),
                        nsupdate.send("home.dyn.test", same),
                        nsupdate.send("home.dyn.test", same));
        assertThat(answers.subList(0, 3)).containsOnly("NOERROR");
        assertThat(answers.get(3)).startsWith("REFUSED: home.dyn.test: blocked until");
        assertThat(scene.served("home.dyn.test")).isEqualTo("192.0.2.7");
    }

    @Test
    void aHostsKeyChangesNothingElse() {
        assertThat(nsupdate.send("home.dyn.test", "update add other.dyn.test 60 A 192.0.2.7"))
                .isEqualTo("REFUSED: key home.dyn.test may not change A at other.dyn.test");
        assertThat(
                        nsupdate.send(
                                "home.dyn.test", "update add home.dyn.test 60 MX 0 home.dyn.test."))
                .startsWith("REFUSED");
        assertThat(
                        nsupdate.send(
                                "home.dyn.test",
                                "update add _acme-challenge.home.dyn.test 60 TXT one",
                                "update add _acme-challenge.home.dyn.test 60 TXT two"))
                .isEqualTo("NOERROR");
        assertThat(nsupdate.asked("_acme-challenge.home.dyn.test", "TXT"))
                .containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void aHostsKeyChangesItsWildcardWhereItHasOne() throws Exception {
        String[] both = {
            "update delete home.dyn.test A",
            "update add home.dyn.test 60 A 192.0.2.7",
            "update delete *.home.dyn.test A",
            "update add *.home.dyn.test 60 A 192.0.2.7"
        };
        assertThat(nsupdate.send("home.dyn.test", both))
                .isEqualTo("REFUSED: key home.dyn.test may not change A at *.home.dyn.test");
        assertThat(scene.served("home.dyn.test")).isEmpty();

        scene.host("*.home.dyn.test");
        assertThat(nsupdate.send("home.dyn.test", both)).isEqualTo("NOERROR");
        assertThat(scene.served("home.dyn.test")).isEqualTo("192.0.2.7");
        assertThat(scene.served("*.home.dyn.test")).isEqualTo("192.0.2.7");
        assertThat(nsupdate.send("home.dyn.test", "update add *.home.dyn.test 60 MX 0 a.dyn.test."))
                .isEqualTo("REFUSED: key home.dyn.test may not change MX at *.home.dyn.test");
    }

    @Test
    void anotherAccountsWildcardIsNotTheHosts() throws Exception {
        scene.registry().accounts().add("bob", Optional.empty(), Optional.empty());
        scene.registry().hosts().add(List.of(Scene.row("*.home.dyn.test", "")), "bob", _ -> {});

        assertThat(nsupdate.send("home.dyn.test", "update add *.home.dyn.test 60 A 192.0.2.7"))
                .isEqualTo("REFUSED: key home.dyn.test may not change A at *.home.dyn.test");
    }

    @Test
    void anUpdateIsDoneAsAWholeOrNotAtAll() {
        assertThat(
                        nsupdate.send(
                                "zone-key",
                                "update add printer.dyn.test 60 A 192.0.2.9",
                                "update add home.dyn.test 60 A 127.0.0.1"))
                .startsWith("REFUSED: home.dyn.test: 127.0.0.1");
        assertThat(nsupdate.asked("printer.dyn.test", "A")).isEmpty();
    }

    @Test
    void prerequisitesSeeWhatStandsThere() {
        String[] first = {
            "prereq nxdomain laptop.dyn.test",
            "update add laptop.dyn.test 600 A 192.0.2.20",
            "update add laptop.dyn.test 600 DHCID AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA="
        };
        assertThat(nsupdate.send("zone-key", first)).isEqualTo("NOERROR");
        assertThat(nsupdate.send("zone-key", first))
                .isEqualTo("YXDOMAIN: a prerequisite does not hold");
        assertThat(
                        nsupdate.send(
                                "zone-key",
                                "prereq yxrrset laptop.dyn.test DHCID"
                                        + " AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA=",
                                "update delete laptop.dyn.test A",
                                "update add laptop.dyn.test 600 A 192.0.2.21"))
                .isEqualTo("NOERROR");
        assertThat(nsupdate.asked("laptop.dyn.test", "A")).containsExactly("192.0.2.21");
    }

    @Test
    void whatUpdatesPutOutlivesARestart() throws Exception {
        nsupdate.send("zone-key", "update add printer.dyn.test 300 A 192.0.2.9");
        nsupdate.send("zone-key", "update delete dyn.test NS", "update add dyn.test 30 TXT hello");
        int serial = scene.registry().versions().serial(Scene.ZONE).orElseThrow();
        scene.reopen();
        assertThat(nsupdate.asked("printer.dyn.test", "A")).containsExactly("192.0.2.9");
        assertThat(nsupdate.asked("dyn.test", "TXT")).containsExactly("hello");
        assertThat(scene.registry().versions().serial(Scene.ZONE)).hasValue(serial);
        assertThat(nsupdate.send("home.dyn.test", "update add home.dyn.test 60 AAAA 2001:db8::7"))
                .isEqualTo("NOERROR");
    }

    @Test
    void nothingChangedIsNoNewVersion() {
        nsupdate.send("zone-key", "update add printer.dyn.test 300 A 192.0.2.9");
        int serial = scene.registry().versions().serial(Scene.ZONE).orElseThrow();
        nsupdate.send("zone-key", "update add printer.dyn.test 300 A 192.0.2.9");
        nsupdate.send(
                "zone-key",
                "update add a.dyn.test 300 A 192.0.2.1",
                "update delete a.dyn.test A 192.0.2.1");
        assertThat(scene.registry().versions().serial(Scene.ZONE)).hasValue(serial);
    }

    @Test
    void eachVersionIsAStepThatASecondaryCanFollow() throws Exception {
        int before = scene.registry().versions().serial(Scene.ZONE).orElseThrow();
        nsupdate.send("zone-key", "update add printer.dyn.test 300 A 192.0.2.9");
        scene.update("home.dyn.test", "192.0.2.7");
        scene.update("home.dyn.test", "192.0.2.8");
        scene.reopen(); // the steps are kept
        List<ZoneDelta> steps = scene.registry().versions().since(Scene.ZONE, before).orElseThrow();
        assertThat(steps).hasSize(3);
        assertThat(steps.getLast().removed()).hasToString(steps.get(1).added().toString());
        assertThat(steps.getLast().to())
                .isEqualTo(scene.registry().versions().serial(Scene.ZONE).orElseThrow());
        assertThat(scene.registry().versions().since(Scene.ZONE, before - 100)).isEmpty();
        assertThat(scene.registry().versions().since(Scene.ZONE, steps.getLast().to()))
                .contains(List.of());
    }

    @Test
    void aHostCannotBeMadeWhereAnUpdatePutAnAddress() {
        nsupdate.send("zone-key", "update add printer.dyn.test 300 A 192.0.2.9");
        assertThatThrownBy(() -> scene.host("printer.dyn.test"))
                .hasMessageContaining("a dynamic update put A at printer.dyn.test");
        assertThat(nsupdate.send("zone-key", "update add home.dyn.test 60 CNAME other.test."))
                .isEqualTo("REFUSED: home.dyn.test is a host, and cannot be an alias");
        assertThat(nsupdate.send("zone-key", "update add dyn.test 60 DNAME other.test."))
                .startsWith("REFUSED: DNAME at dyn.test would hide the host home.dyn.test");
    }

    @Test
    void aHostsKeysAndRecordsGoWithIt() throws Exception {
        nsupdate.send("home.dyn.test", "update add _acme-challenge.home.dyn.test 60 TXT one");
        scene.registry().hosts().remove("home.dyn.test");
        assertThat(scene.registry().keyRing().key(HOST)).isEmpty();
        assertThat(nsupdate.asked("_acme-challenge.home.dyn.test", "TXT")).isEmpty();
    }

    @Test
    void aMappedAddressIsRefusedLikeByHttp() {
        assertThat(
                        nsupdate.send(
                                "home.dyn.test",
                                "update add home.dyn.test 60 AAAA ::ffff:192.0.2.1"))
                .startsWith("REFUSED");
    }

    @Test
    void thePointerOfAnAddressFollowsItsHosts() throws Exception {
        scene.registry()
                .declaredZones()
                .declare(Name.of("2.0.192.in-addr.arpa"), Scene.POLICY, Optional.empty());
        scene.host("other.dyn.test");
        scene.update("home.dyn.test", "192.0.2.7");
        scene.update("other.dyn.test", "192.0.2.7");
        assertThat(nsupdate.asked("7.2.0.192.in-addr.arpa", "PTR"))
                .containsExactly("home.dyn.test.", "other.dyn.test.");
        scene.reopen();
        scene.update("home.dyn.test", "192.0.2.8");
        assertThat(nsupdate.asked("7.2.0.192.in-addr.arpa", "PTR"))
                .containsExactly("other.dyn.test.");
        assertThat(nsupdate.asked("8.2.0.192.in-addr.arpa", "PTR"))
                .containsExactly("home.dyn.test.");
        scene.registry().hosts().remove("home.dyn.test");
        assertThat(nsupdate.asked("8.2.0.192.in-addr.arpa", "PTR")).isEmpty();
    }

    @Test
    void anRRsetNeverGrowsBeyondWhatAMessageCarries() {
        String[] long1 = new String[250];
        String[] long2 = new String[250];
        for (int i = 0; i < long1.length; i++) {
            long1[i] = "update add long.dyn.test 60 TXT a" + i + "x".repeat(150);
            long2[i] = "update add long.dyn.test 60 TXT b" + i + "x".repeat(150);
        }
        assertThat(nsupdate.send("zone-key", long1)).isEqualTo("NOERROR");
        assertThat(nsupdate.send("zone-key", long2))
                .isEqualTo("REFUSED: TXT at long.dyn.test would be too long for a message");
        assertThat(nsupdate.asked("long.dyn.test", "TXT")).hasSize(250);
        assertThat(nsupdate.send("zone-key", "update add b.dyn.test 60 TXT x"))
                .isEqualTo("NOERROR");
    }

    @Test
    void aKeyIsRefusedWithoutAGrantInTheZone() throws Exception {
        nsupdate.key("transfer-only");
        assertThat(nsupdate.send("transfer-only", "update add a.dyn.test 60 A 192.0.2.1"))
                .isEqualTo("REFUSED: key transfer-only changes nothing in dyn.test");
        assertThat(scene.update(new Principal.Operator(), "home.dyn.test", "192.0.2.1"))
                .isEqualTo("good 192.0.2.1");
    }
}

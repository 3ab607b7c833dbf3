package io.holdfast.service.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Type;
import io.holdfast.dns.zone.MasterFile;
import io.holdfast.service.account.Account;
import io.holdfast.service.change.AdministrationException.Kind;
import io.holdfast.service.change.ZoneAdministration.RecordsFile;
import io.holdfast.service.host.AbuseLimits;
import io.holdfast.service.host.Host;
import io.holdfast.service.zone.AcceptedAddresses;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.ZonePolicy;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdministrationTest {
    private static final String HEAD =
            """
            @ 3600 SOA ns.example. mail.example. 5 3600 600 86400 60
            @ 3600 NS ns.example.
            """;

    @TempDir Path folder;
    private Scene scene;

    @BeforeEach
    void open() throws Exception {
        scene = Scene.in(folder);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void anAccountIsThereAfterARestartAndItsKeyIsShownOnce() throws Exception {
        Issued issued = accounts().add("bob", Optional.of("bob@example.org"), Optional.empty());
        assertThat(issued.generated()).isTrue();
        scene.reopen();
        assertThat(accounts().list()).extracting(Account::name).containsExactly("alice", "bob");
        assertThat(accounts().list().getLast().email()).contains("bob@example.org");
        accounts().remove("bob");
        scene.reopen();
        assertThat(accounts().list()).extracting(Account::name).containsExactly("alice");
    }

    @Test
    void refusalsSayWhatStandsInTheWayAndTheMend() throws Exception {
        scene.host("home.dyn.test");
        says(
                Kind.CONFLICT,
                () -> accounts().add("alice", Optional.empty(), Optional.empty()),
                "there is an account named alice already; another update key for it: holdfast"
                        + " account key alice");
        says(
                Kind.INVALID,
                () -> accounts().add("a b", Optional.empty(), Optional.empty()),
                "\"a b\" cannot name an account; use ASCII without blanks and colons");
        says(
                Kind.CONFLICT,
                () -> accounts().remove("alice"),
                "account alice still has 1 host, listed by: holdfast host list --account"
                        + " alice");
        says(
                Kind.UNKNOWN,
                () -> hosts().add(List.of(Scene.row("a.dyn.test", "")), "bob", _ -> {}),
                "no account named bob; make it with: holdfast account add bob");
        says(
                Kind.UNKNOWN,
                () -> hosts().block("away.dyn.test"),
                "no host named away.dyn.test; make it with: holdfast host add away.dyn.test"
                        + " --account NAME");
        says(
                Kind.UNKNOWN,
                () -> imported(Name.of("other.test"), List.of()),
                "no zone named other.test; serve it with --zone other.test or from the"
                        + " configuration");
    }

    @Test
    void hostsHaveNamesThatUpdatesCanSay() throws Exception {
        List<HostRow> rows =
                List.of(Scene.row("Hütte.dyn.test", ""), Scene.row("h%C3%BCtte2.dyn.test.", ""));
        hosts().add(rows, "alice", _ -> {});
        assertThat(hosts().list(Optional.empty()))
                .extracting(host -> host.name().toString())
                .contains("xn--htte-0ra.dyn.test", "xn--htte2-kva.dyn.test");
        assertThat(hosts().explain("HÜTTE.dyn.test.").host().name())
                .hasToString("xn--htte-0ra.dyn.test");
        for (String name :
                List.of("a!b.dyn.test", "-a.dyn.test", "a-.dyn.test", "a\\.b.dyn.test")) {
            says(
                    Kind.INVALID,
                    () -> hosts().add(List.of(Scene.row(name, "")), "alice", _ -> {}),
                    '"' + name + "\" is not a host name");
        }
    }

    @Test
    void hostsAreMadeAllOrNoneAndEveryFaultIsNamed() throws Exception {
        scene.host("home.dyn.test");
        List<HostRow> rows =
                List.of(
                        row("f.csv:2", "a.dyn.test", ""),
                        row("f.csv:3", "home.dyn.test", ""),
                        row("f.csv:4", "a.other.test", ""),
                        row("f.csv:5", "ns1.dyn.test", ""),
                        row("f.csv:6", "b.dyn.test", "10.0.0.1"));
        says(
                Kind.CONFLICT,
                () -> hosts().add(rows, "alice", _ -> {}),
                """
                f.csv:3: there is a host named home.dyn.test already; another secret for it: holdfast host secret home.dyn.test
                f.csv:4: a.other.test is in none of the zones served here: dyn.test
                f.csv:5: ns1.dyn.test cannot be a host: the zone's own records have A at ns1.dyn.test
                f.csv:6: 10.0.0.1 is a private address; this zone takes global ones only\
                """);
        says(
                Kind.INVALID,
                () ->
                        hosts().add(
                                        List.of(
                                                row("f.csv:2", "a..test", ""),
                                                row("f.csv:3", "a.dyn.test", ""),
                                                row("f.csv:4", "A.dyn.test.", "")),
                                        "alice",
                                        _ -> {}),
                """
                f.csv:2: "a..test" has an empty label
                f.csv:4: a.dyn.test comes twice\
                """);
        assertThat(hosts().list(Optional.empty())).hasSize(1);
    }

    @Test
    void importedHostsAreServedAtOnceWithTheirOwnTtl() throws Exception {
        HostRow plain = Scene.row("a.dyn.test", "192.0.2.1 2001:db8::1");
        HostRow slow =
                new HostRow(
                        "",
                        "b.dyn.test",
                        Optional.empty(),
                        Scene.row("", "192.0.2.2").addresses(),
                        OptionalInt.of(300));
        List<Issued> issued = hosts().add(List.of(plain, slow), "alice", _ -> {});
        assertThat(issued).extracting(Issued::generated).containsExactly(false, true);
        for (int start = 0; start < 2; start++) {
            assertThat(scene.served("a.dyn.test")).isEqualTo("192.0.2.1 2001:db8:0:0:0:0:0:1");
            assertThat(scene.rrset("a.dyn.test", Type.A).orElseThrow().ttl()).isEqualTo(60);
            assertThat(scene.rrset("b.dyn.test", Type.A).orElseThrow().ttl()).isEqualTo(300);
            scene.reopen();
        }
    }

    @Test
    void aRemovedHostIsGoneForGoodAndItsNameIsFree() throws Exception {
        scene.host("home.dyn.test");
        scene.update("home.dyn.test", "192.0.2.7");
        hosts().remove("home.dyn.test");
        assertThat(scene.served("home.dyn.test")).isEmpty();
        scene.reopen();
        assertThat(hosts().list(Optional.empty())).isEmpty();
        scene.host("home.dyn.test");
        assertThat(hosts().history("home.dyn.test")).isEmpty();
    }

    @Test
    void explainKnowsWhatItIsWhyAndWhatHappensNext() throws Exception {
        scene.host("home.dyn.test");
        scene.update("home.dyn.test", "192.0.2.7");
        scene.update("home.dyn.test", "192.0.2.7");
        Explanation why = hosts().explain("home.dyn.test");
        assertThat(Scene.text(why.host().addresses())).isEqualTo("192.0.2.7");
        assertThat(why.account()).isEqualTo("alice");
        assertThat(why.zone()).isEqualTo(Scene.ZONE);
        assertThat(why.unchangedInHand()).isEqualTo(1);
        assertThat(why.changedInHand()).isEqualTo(2);
        assertThat(why.block()).isEmpty();
        assertThat(why.history()).hasSize(1);
        assertThat(why.host().activity().repeats()).isEqualTo(1);
        hosts().block("home.dyn.test");
        assertThat(hosts().explain("home.dyn.test").block()).isPresent();
    }

    @Test
    void countsOfRefusedUpdatesOutliveAnOrderlyEnd() throws Exception {
        scene.host("home.dyn.test");
        hosts().block("home.dyn.test");
        scene.update("home.dyn.test", "192.0.2.7");
        scene.update("home.dyn.test", "192.0.2.7");
        scene.reopen();
        assertThat(hosts().show("home.dyn.test").activity().refusals()).isEqualTo(2);
    }

    @Test
    void aZoneWithoutRecordsHasWhatAZoneNeeds() throws Exception {
        assertThat(scene.rrset("dyn.test", Type.SOA)).isPresent();
        assertThat(scene.rrset("dyn.test", Type.NS)).isPresent();
        assertThat(scene.served("ns1.dyn.test")).isEqualTo("127.0.0.1");
    }

    @Test
    void declaringTheSameAgainMovesNothing() throws Exception {
        int serial = scene.serial();
        zones().declare(Scene.ZONE, Scene.POLICY, Optional.empty());
        assertThat(scene.serial()).isEqualTo(serial);
        scene.reopen();
        zones().declare(Scene.ZONE, Scene.POLICY, Optional.empty());
        assertThat(scene.serial()).isEqualTo(serial);
    }

    @Test
    void anotherTtlReachesEveryHostWithoutOneOfItsOwn() throws Exception {
        hosts().add(List.of(Scene.row("a.dyn.test", "192.0.2.1")), "alice", _ -> {});
        ZonePolicy slower =
                new ZonePolicy(
                        List.of(),
                        Duration.ofMinutes(10),
                        AcceptedAddresses.ANY,
                        AbuseLimits.DEFAULT);
        int serial = scene.serial();
        zones().declare(Scene.ZONE, slower, Optional.empty());
        assertThat(scene.rrset("a.dyn.test", Type.A).orElseThrow().ttl()).isEqualTo(600);
        assertThat(scene.serial()).isEqualTo(serial + 1);
        scene.reopen();
        assertThat(zones().list()).extracting(DeclaredZone::policy).containsExactly(slower);
    }

    @Test
    void importReplacesTheOperatorsRecordsAndLeavesHosts() throws Exception {
        hosts().add(List.of(Scene.row("a.dyn.test", "192.0.2.1")), "alice", _ -> {});
        int before = scene.serial();
        imported(
                Scene.ZONE,
                records(
                        """
                        @ 3600 SOA ns.example. mail.example. 5 3600 600 86400 60
                        @ 3600 NS ns.example.
                        www 300 A 192.0.2.80
                        @ 300 MX 10 mail
                        mail 300 A 192.0.2.25
                        """));
        assertThat(scene.serial()).as("the file's is older").isEqualTo(before + 1);
        assertThat(scene.served("www.dyn.test")).isEqualTo("192.0.2.80");
        assertThat(scene.served("a.dyn.test")).isEqualTo("192.0.2.1");
        assertThat(scene.served("ns1.dyn.test")).as("made up before").isEmpty();

        int next =
                imported(
                        Scene.ZONE,
                        records(
                                """
                                @ 3600 SOA ns.example. mail.example. %d 3600 600 86400 60
                                @ 3600 NS ns.example.
                                www 300 CNAME a
                                """
                                        .formatted(before + 100)));
        assertThat(next).isEqualTo(before + 100).isEqualTo(scene.serial());
        assertThat(scene.rrset("mail.dyn.test", Type.A)).isEmpty();
        assertThat(scene.rrset("www.dyn.test", Type.A)).isEmpty();
        assertThat(scene.rrset("www.dyn.test", Type.CNAME)).isPresent();
        scene.reopen();
        assertThat(scene.rrset("www.dyn.test", Type.CNAME)).isPresent();
        assertThat(scene.serial()).isEqualTo(next);
    }

    /// So that the memory it takes is near what the zone itself needs.
    @Test
    void recordsThatReplaceMostOfALargeZoneAreServedAsAWholeAndNotStepByStep() throws Exception {
        hosts().add(List.of(Scene.row("a.dyn.test", "192.0.2.1")), "alice", _ -> {});
        imported(Scene.ZONE, records(HEAD + "www 300 A 192.0.2.80\n"));
        int before = scene.serial();
        List<Name> rung = new ArrayList<>();
        scene.registry().versions().onNewVersion(rung::add);

        StringBuilder text = new StringBuilder(HEAD);
        for (int i = 0; i < 60_000; i++) {
            text.append("h" + i + " 60 A 192.0.2." + i % 256 + "\n");
        }
        int next = imported(Scene.ZONE, records(text.toString()));

        assertThat(next).isEqualTo(scene.serial()).isEqualTo(before + 1);
        assertThat(rung).containsExactly(Scene.ZONE);
        assertThat(scene.registry().versions().since(Scene.ZONE, before).isPresent())
                .as("steps to it")
                .isFalse();
        assertThat(scene.served("h59999.dyn.test")).isEqualTo("192.0.2.95");
        assertThat(scene.served("www.dyn.test")).isEmpty();
        assertThat(scene.served("a.dyn.test")).isEqualTo("192.0.2.1");
        scene.reopen();
        assertThat(scene.served("h59999.dyn.test")).isEqualTo("192.0.2.95");
        assertThat(scene.serial()).isEqualTo(next);
    }

    @Test
    void importRefusesWhatWouldHideAHost() throws Exception {
        scene.host("a.dyn.test");
        scene.host("b.sub.dyn.test");
        int serial = scene.serial();
        assertThatThrownBy(() ->
                        imported(
                                Scene.ZONE,
                                records(
                                        HEAD
                                                + """
                                                a 60 A 192.0.2.1
                                                sub 60 NS ns.example.
                                                www 60 A 192.0.2.80
                                                """)))
                .isInstanceOf(AdministrationException.class)
                .hasMessageContaining(
                        "a.dyn.test is a host here, but the zone's own records have A at a.dyn.test;"
                                + " remove one of them")
                .hasMessageContaining(
                        "b.sub.dyn.test is a host here, but the zone's own records delegate"
                                + " sub.dyn.test to other servers; remove one of them");
        assertThat(scene.served("www.dyn.test")).isEmpty();
        assertThat(scene.serial()).isEqualTo(serial);
    }

    @Test
    void recordsOfAFileAreChangedInThatFile() throws Exception {
        List<RRset> records = records(HEAD + "www 60 A 192.0.2.80");
        zones().declare(
                        Scene.ZONE,
                        Scene.POLICY,
                        Optional.of(new RecordsFile("dyn.zone", records)));
        says(
                Kind.CONFLICT,
                () -> imported(Scene.ZONE, List.of()),
                "the records of dyn.test are read from dyn.zone: change that file, or take"
                        + " `records` out of the configuration");
        assertThat(scene.served("www.dyn.test")).isEqualTo("192.0.2.80");
    }

    @Test
    void aNewZoneBelowTakesItsHostsAlong() throws Exception {
        hosts().add(List.of(Scene.row("a.sub.dyn.test", "192.0.2.1")), "alice", _ -> {});
        zones().declare(Name.of("sub.dyn.test"), Scene.POLICY, Optional.empty());
        assertThat(scene.served("a.sub.dyn.test")).isEqualTo("192.0.2.1");
        scene.update("a.sub.dyn.test", "192.0.2.2");
        assertThat(scene.served("a.sub.dyn.test")).isEqualTo("192.0.2.2");
        List<Name> above = new ArrayList<>();
        zones().export(Scene.ZONE).forEach(rrset -> above.add(rrset.owner()));
        assertThat(above).contains(Scene.ZONE).doesNotContain(Name.of("a.sub.dyn.test"));
    }

    @Test
    void whatIsExportedCanBeImportedAgain() throws Exception {
        imported(Scene.ZONE, records(HEAD + "www 60 A 192.0.2.80\n@ 60 TXT \"x y\""));
        StringBuilder text = new StringBuilder();
        MasterFile.write(zones().export(Scene.ZONE), text);
        imported(Scene.ZONE, records(text.toString()));
        assertThat(scene.served("www.dyn.test")).isEqualTo("192.0.2.80");
    }

    @Test
    void aHostKnowsWhenItWasAdded() throws Exception {
        scene.host("home.dyn.test");
        Host host = hosts().show("home.dyn.test");
        scene.reopen();
        assertThat(hosts().show("home.dyn.test")).usingRecursiveComparison().isEqualTo(host);
    }

    private AccountAdministration accounts() {
        return scene.registry().accounts();
    }

    private HostAdministration hosts() {
        return scene.registry().hosts();
    }

    private ZoneAdministration zones() {
        return scene.registry().declaredZones();
    }

    private static void says(Kind kind, ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AdministrationException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessage(message);
    }

    private static HostRow row(String place, String name, String addresses) {
        HostRow row = Scene.row(name, addresses);
        return new HostRow(place, name, row.secret(), row.addresses(), row.ttl());
    }

    private static List<RRset> records(String text) throws IOException {
        MasterFile.Contents contents = MasterFile.read(new StringReader(text), Scene.ZONE);
        assertThat(contents.faults()).isEmpty();
        return contents.rrsets();
    }

    private int imported(Name apex, List<RRset> records) throws AdministrationException {
        return zones().importRecords(apex, records, _ -> {});
    }
}

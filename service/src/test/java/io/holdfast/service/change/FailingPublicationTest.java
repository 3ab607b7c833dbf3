package io.holdfast.service.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import io.holdfast.dns.zone.RRsetChange;
import io.holdfast.service.account.Grant;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.StaticRecords;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is committed cannot be served: an RRset longer than any message, which the fronts refuse,
/// gets into a batch all the same.
class FailingPublicationTest {
    private static final Name ELSEWHERE = Name.of("elsewhere.test");
    private static final RRset TOO_LONG =
            new RRset(
                    Name.of("long.dyn.test"),
                    Type.TXT,
                    60,
                    List.of(Rdata.of(new byte[40_000]), Rdata.of(new byte[40_001])));

    /// What the operator reads.
    private static final String STORED_ONLY =
            "stored, but DNS does not serve it yet; the log says why";

    @TempDir Path folder;
    private Scene scene;

    @BeforeEach
    void open() throws Exception {
        scene = Scene.in(folder);
        scene.host("home.dyn.test");
        scene.update("home.dyn.test", "192.0.2.7");
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void aZoneThatTakesNoStepIsBuiltAnewFromWhatIsCommitted() throws Exception {
        int before = scene.serial();
        perform(batch -> {
            batch.zones().serve(Scene.ZONE, List.of(new RRsetChange.Put(TOO_LONG)));
            return batch;
        });

        assertThat(scene.serial()).isEqualTo(before + 1);
        assertThat(scene.served("home.dyn.test")).isEqualTo("192.0.2.7");
        // No steps lead to a zone that was built anew: secondaries are to take it whole.
        assertThat(scene.registry().versions().since(Scene.ZONE, before)).isEmpty();

        assertThat(scene.update("home.dyn.test", "192.0.2.8")).isEqualTo("good 192.0.2.8");
        assertThat(scene.served("home.dyn.test")).isEqualTo("192.0.2.8");
        assertThat(scene.registry().versions().since(Scene.ZONE, before + 1))
                .hasValueSatisfying(steps -> assertThat(steps).hasSize(1));
    }

    @Test
    void nothingIsAnsweredGoodThatDnsDoesNotServeAndNobodyHasToAnswerForIt() throws Exception {
        Nsupdate nsupdate = new Nsupdate(scene);
        nsupdate.key("home", Grant.zone(Scene.ZONE));
        breakZone();

        String stored = "failed: stored, but DNS does not serve it yet";
        assertThat(scene.update("home.dyn.test", "192.0.2.8")).isEqualTo(stored);
        assertThat(scene.update("home.dyn.test", "192.0.2.8")).isEqualTo(stored);
        assertThat(nsupdate.send("home", "update add www.dyn.test 60 A 192.0.2.9"))
                .isEqualTo("SERVFAIL: stored, but DNS does not serve it yet");
        assertThat(scene.served("home.dyn.test")).isEqualTo("192.0.2.7");

        mendZone();
        assertThat(scene.served("home.dyn.test")).isEqualTo("192.0.2.8");
        assertThat(nsupdate.asked("www.dyn.test", "A")).containsExactly("192.0.2.9");
        // As it was told, the client asks again; the two needless repeats are still in hand.
        assertThat(scene.update("home.dyn.test", "192.0.2.8")).isEqualTo("nochg 192.0.2.8");
        assertThat(scene.update("home.dyn.test", "192.0.2.8")).isEqualTo("nochg 192.0.2.8");
        assertThat(scene.update("home.dyn.test", "192.0.2.8")).isEqualTo("nochg 192.0.2.8");
        assertThat(scene.update("home.dyn.test", "192.0.2.8")).startsWith("abuse");
    }

    /// What a secondary has by then lacks what was committed and not served. A step from there
    /// would be taken for the whole way to the version after it.
    @Test
    void noStepLeadsPastWhatWasCommittedAndNotServed() throws Exception {
        int before = scene.serial();
        scene.host("shed.dyn.test");
        int last = scene.serial();
        breakZone();
        scene.update("home.dyn.test", "192.0.2.8");
        scene.update("shed.dyn.test", "192.0.2.9");
        assertThat(scene.serial()).isEqualTo(last);
        assertThat(scene.registry().versions().since(Scene.ZONE, before))
                .hasValueSatisfying(steps -> assertThat(steps).hasSize(1));

        scene.reopenAfter(this::mendStored);
        assertThat(scene.served("home.dyn.test")).isEqualTo("192.0.2.8");
        assertThat(scene.served("shed.dyn.test")).isEqualTo("192.0.2.9");
        assertThat(scene.registry().versions().since(Scene.ZONE, last)).isEmpty();
        assertThat(scene.registry().versions().since(Scene.ZONE, before)).isEmpty();
    }

    @Test
    void theOperatorIsToldWhatIsServedMeanwhile() throws Exception {
        int serial = scene.serial();
        breakZone();
        assertThat(scene.registry().declaredZones().problems().get(Scene.ZONE))
                .startsWith("the version before is served, serial " + serial + ": ")
                .contains("too long");

        scene.reopen();
        assertThat(scene.registry().declaredZones().problems().get(Scene.ZONE))
                .startsWith("SERVFAIL is answered: ")
                .contains("too long");

        mendZone();
        assertThat(scene.registry().declaredZones().problems()).isEmpty();
    }

    @Test
    void otherZonesAreServedAndAnsweredAsEver() throws Exception {
        scene.registry().declaredZones().declare(ELSEWHERE, Scene.POLICY, Optional.empty());
        scene.host("home.elsewhere.test");
        breakZone();

        assertThat(scene.update("home.elsewhere.test", "192.0.2.8")).isEqualTo("good 192.0.2.8");
        assertThat(scene.served("home.elsewhere.test")).isEqualTo("192.0.2.8");
    }

    @Test
    void theOperatorIsToldThatWhatWasDoneIsNotServed() throws Exception {
        breakZone();

        assertThatThrownBy(() -> scene.host("shed.dyn.test"))
                .isInstanceOf(AdministrationException.class)
                .hasMessage(STORED_ONLY);
        assertThat(scene.registry().hosts().show("shed.dyn.test")).isNotNull();
    }

    @Test
    void aBellThatFailsCostsNoUpdateAndSilencesNoOther() throws Exception {
        List<Name> heard = Collections.synchronizedList(new ArrayList<>());
        scene.registry()
                .versions()
                .onNewVersion(_ -> {
                    throw new IllegalStateException("a bell that fails");
                });
        scene.registry().versions().onNewVersion(heard::add);

        assertThat(scene.update("home.dyn.test", "192.0.2.8")).isEqualTo("good 192.0.2.8");
        assertThat(heard).containsExactly(Scene.ZONE);
    }

    /// From now on the zone cannot be built from what is committed.
    private void breakZone() {
        assertThatThrownBy(() -> declare(List.of(TOO_LONG))).hasMessage(STORED_ONLY);
    }

    private int mendStored() throws SQLException {
        try (Connection connection =
                DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("holdfast.db"))) {
            return connection
                    .createStatement()
                    .executeUpdate("DELETE FROM record WHERE owner = 'long.dyn.test'");
        }
    }

    private void mendZone() throws AdministrationException {
        declare(List.of());
    }

    private void declare(List<RRset> records) throws AdministrationException {
        perform(batch -> {
            DeclaredZone now = batch.zones().at(Scene.ZONE).orElseThrow();
            batch.zones()
                    .redeclare(now.withRecords(records), StaticRecords.of(now), now.serial() + 1)
                    .moveWhole();
            return now;
        });
    }

    private void perform(Task.Work<?> work) throws AdministrationException {
        ((Writer) scene.registry().door()).perform(work);
    }
}

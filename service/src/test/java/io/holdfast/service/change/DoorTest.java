package io.holdfast.service.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Type;
import io.holdfast.service.account.Principal;
import io.holdfast.service.host.HistoryEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoorTest {
    @TempDir Path folder;
    private Scene scene;

    @BeforeEach
    void open() throws Exception {
        scene = Scene.in(folder);
        scene.host("home.dyn.test");
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a first address is a change              |                       | 192.0.2.7             | good 192.0.2.7              | 192.0.2.7
                    the same again is none                   | 192.0.2.7             | 192.0.2.7             | nochg 192.0.2.7             | 192.0.2.7
                    another address takes its place          | 192.0.2.7             | 192.0.2.8             | good 192.0.2.8              | 192.0.2.8
                    one family leaves the other alone        | 192.0.2.7             | 2001:db8::7           | good 192.0.2.7 2001:db8:0:0:0:0:0:7 | 192.0.2.7 2001:db8:0:0:0:0:0:7
                    one of two is a change                   | 192.0.2.7 2001:db8::7 | 192.0.2.7 2001:db8::8 | good 192.0.2.7 2001:db8:0:0:0:0:0:8 | 192.0.2.7 2001:db8:0:0:0:0:0:8
                    a family can be taken away               | 192.0.2.7 2001:db8::7 | -6                    | good 192.0.2.7              | 192.0.2.7
                    taking away what is not there is none    | 192.0.2.7             | -6                    | nochg 192.0.2.7             | 192.0.2.7
                    both can be taken away                   | 192.0.2.7             | -4 -6                 | good                        |
                    loopback is refused, nothing is touched  | 192.0.2.7             | 127.0.0.1             | notfqdn: 127.0.0.1 is a loopback address, which no name may point at | 192.0.2.7
                    one bad address refuses both             | 192.0.2.7             | 10.0.0.1 2001:db8::7  | notfqdn: 10.0.0.1 is a private address; this zone takes global ones only | 192.0.2.7
                    """)
    void oneUpdate(String behaviour, String before, String wish, String answer, String served) {
        if (before != null) {
            scene.update("home.dyn.test", before);
        }
        assertThat(scene.update("home.dyn.test", wish)).as(behaviour).isEqualTo(answer);
        assertThat(scene.served("home.dyn.test")).isEqualTo(served == null ? "" : served);
    }

    @Test
    void nobodyLearnsWhetherAnUnknownHostIsSomebodyElses() throws Exception {
        scene.registry().accounts().add("bob", Optional.empty(), Optional.empty());
        scene.registry()
                .hosts()
                .add(List.of(Scene.row("bobs.dyn.test", "192.0.2.1")), "bob", _ -> {});

        for (String name : List.of("bobs.dyn.test", "nobody.dyn.test", "home.elsewhere.test")) {
            assertThat(scene.update(name, "192.0.2.7"))
                    .isEqualTo("nohost: " + name + " is not a host of these credentials");
        }
        assertThat(scene.served("bobs.dyn.test")).isEqualTo("192.0.2.1");
    }

    @Test
    void aHostsOwnSecretCoversThatHostOnly() throws Exception {
        scene.host("other.dyn.test");
        long id = scene.registry().hosts().show("home.dyn.test").id();
        Principal home = new Principal.OfHost(id, "home.dyn.test");
        assertThat(scene.update(home, "home.dyn.test", "192.0.2.7")).isEqualTo("good 192.0.2.7");
        assertThat(scene.update(home, "other.dyn.test", "192.0.2.7")).startsWith("nohost");
    }

    @Test
    void requestsOfOneBatchSeeEachOtherInOrder() {
        Principal alice = scene.alice();
        List<String> answers =
                scene.answers(
                        Scene.request(alice, "home.dyn.test", "192.0.2.1"),
                        Scene.request(alice, "home.dyn.test", "192.0.2.1"),
                        Scene.request(alice, "unknown.dyn.test", "192.0.2.1"),
                        Scene.request(alice, "home.dyn.test", "192.0.2.2"));
        assertThat(answers.get(0)).isEqualTo("good 192.0.2.1");
        assertThat(answers.get(1)).isEqualTo("nochg 192.0.2.1");
        assertThat(answers.get(2)).startsWith("nohost");
        assertThat(answers.get(3)).isEqualTo("good 192.0.2.2");
        assertThat(scene.served("home.dyn.test")).isEqualTo("192.0.2.2");
    }

    @Test
    void aBatchThatChangesTheZoneMovesItsSerialOnce() throws Exception {
        int before = scene.serial();
        Principal alice = scene.alice();
        scene.answers(
                Scene.request(alice, "home.dyn.test", "192.0.2.1"),
                Scene.request(alice, "home.dyn.test", "192.0.2.2"));
        assertThat(scene.serial()).isEqualTo(before + 1);
        scene.update("home.dyn.test", "192.0.2.2");
        assertThat(scene.serial()).isEqualTo(before + 1);
        scene.reopen();
        assertThat(scene.serial()).isEqualTo(before + 1);
    }

    @Test
    void needlessRepeatsEndInABlockThatLeavesTheAddress() throws Exception {
        scene.update("home.dyn.test", "192.0.2.7");
        assertThat(scene.update("home.dyn.test", "192.0.2.7")).startsWith("nochg");
        assertThat(scene.update("home.dyn.test", "192.0.2.7")).startsWith("nochg");
        String abuse =
                "abuse: blocked until 2026-11-23T12:00:00Z: too many updates that changed nothing";
        assertThat(scene.update("home.dyn.test", "192.0.2.7")).isEqualTo(abuse);
        assertThat(scene.update("home.dyn.test", "192.0.2.8")).isEqualTo(abuse);
        assertThat(scene.served("home.dyn.test")).isEqualTo("192.0.2.7");

        scene.reopen();
        assertThat(scene.update("home.dyn.test", "192.0.2.8")).isEqualTo(abuse);
        scene.clock.advance(Duration.ofHours(24));
        assertThat(scene.update("home.dyn.test", "192.0.2.8")).isEqualTo("good 192.0.2.8");
    }

    @Test
    void aRestartForgivesNoRepeat() throws Exception {
        scene.update("home.dyn.test", "192.0.2.7");
        scene.update("home.dyn.test", "192.0.2.7");
        scene.update("home.dyn.test", "192.0.2.7");
        scene.reopen();
        assertThat(scene.update("home.dyn.test", "192.0.2.7")).startsWith("abuse");
    }

    @Test
    void theOperatorBlocksAndUnblocks() throws Exception {
        scene.update("home.dyn.test", "192.0.2.7");
        scene.registry().hosts().block("Home.DYN.test.");
        assertThat(scene.update("home.dyn.test", "192.0.2.8"))
                .isEqualTo(
                        "abuse: blocked until the operator unblocks it: the operator blocked it");
        scene.clock.advance(Duration.ofDays(400));
        assertThat(scene.update("home.dyn.test", "192.0.2.8")).startsWith("abuse");
        assertThat(scene.served("home.dyn.test")).isEqualTo("192.0.2.7");
        scene.registry().hosts().unblock("home.dyn.test");
        assertThat(scene.update("home.dyn.test", "192.0.2.8")).isEqualTo("good 192.0.2.8");
    }

    @Test
    void historyTellsWhoChangedWhatAndWhatWasAnswered() throws Exception {
        scene.update("home.dyn.test", "192.0.2.7");
        scene.clock.advance(Duration.ofMinutes(1));
        scene.update("home.dyn.test", "192.0.2.8");
        scene.registry().hosts().block("home.dyn.test");

        List<HistoryEntry> history = scene.registry().hosts().history("home.dyn.test");
        assertThat(history)
                .extracting(e ->
                        String.join(
                                " ",
                                Scene.text(e.before()) + ">" + Scene.text(e.after()),
                                e.front(),
                                e.agent(),
                                e.source().getHostAddress(),
                                e.answered()))
                .containsExactly(
                        "192.0.2.8>192.0.2.8 command line  127.0.0.1 blocked",
                        "192.0.2.7>192.0.2.8 dyndns2 test/1 198.51.100.9 good",
                        ">192.0.2.7 dyndns2 test/1 198.51.100.9 good");
        assertThat(history.get(0).change()).isGreaterThan(history.get(1).change());
        assertThat(history.get(1).at()).isEqualTo(history.get(2).at().plusSeconds(60));
    }

    @Test
    void historyKeepsTheNewestOfAHost() throws Exception {
        for (int i = 0; i < HistoryEntry.KEPT + 20; i++) {
            scene.clock.advance(Duration.ofMinutes(5));
            scene.update("home.dyn.test", "192.0.2." + i);
        }
        List<HistoryEntry> history = scene.registry().hosts().history("home.dyn.test");
        assertThat(history).hasSize(HistoryEntry.KEPT);
        assertThat(Scene.text(history.getFirst().after())).isEqualTo("192.0.2.119");
        assertThat(Scene.text(history.getLast().after())).isEqualTo("192.0.2.20");
    }

    @Test
    void whatWasAnsweredStandsAfterARestart() throws Exception {
        scene.update("home.dyn.test", "192.0.2.7 2001:db8::7");
        scene.reopen();
        assertThat(scene.served("home.dyn.test")).isEqualTo("192.0.2.7 2001:db8:0:0:0:0:0:7");
        assertThat(scene.rrset("home.dyn.test", Type.A).orElseThrow().ttl()).isEqualTo(60);
        assertThat(scene.update("home.dyn.test", "192.0.2.7")).startsWith("nochg");
    }

    @Test
    void afterTheEndEveryRequestIsAnsweredAsFailed() {
        scene.registry().close();
        assertThat(scene.update(new Principal.OfAccount(1, "alice"), "home.dyn.test", "192.0.2.7"))
                .isEqualTo("failed: the service is stopping");
    }
}

package io.holdfast.service.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.service.account.Gate.Presented;
import io.holdfast.service.account.Gate.Verdict;
import io.holdfast.service.account.Principal;
import io.holdfast.service.host.Addresses;
import io.holdfast.service.host.HistoryEntry;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A secret is changed without losing anything; the old one is good until the new one is used.
class ChangedSecretTest {
    private static final String HOST = "home.dyn.test";
    private static final String OLD = "secret of " + HOST;
    private static final Duration WEEK = Duration.ofDays(7);

    @TempDir Path folder;
    private Scene scene;

    @BeforeEach
    void aHostWithAnAddress() throws Exception {
        scene = Scene.in(folder);
        scene.host(HOST);
        assertThat(scene.update(HOST, "192.0.2.1")).isEqualTo("good 192.0.2.1");
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void bothAreGoodUntilTheNewOneIsUsed() throws Exception {
        change(Optional.of("the new secret"), WEEK);
        assertThat(isRight(OLD)).isTrue();
        assertThat(isRight(OLD)).as("as often as the device likes").isTrue();
        assertThat(isRight("the new secret")).isTrue();
        assertThat(isRight(OLD)).isFalse();
        assertThat(isRight("the new secret")).isTrue();
    }

    @Test
    void bothAreGoodAfterARestartAndTheOldOneIsNotOnceTheNewOneWasUsed() throws Exception {
        change(Optional.of("the new secret"), WEEK);
        scene.reopen();
        assertThat(isRight(OLD)).isTrue();
        assertThat(isRight("the new secret")).isTrue();
        scene.reopen();
        assertThat(isRight(OLD)).isFalse();
        assertThat(isRight("the new secret")).isTrue();
    }

    @Test
    void theOverlapEnds() throws Exception {
        change(Optional.of("the new secret"), WEEK);
        scene.clock.advance(WEEK.minusSeconds(1));
        assertThat(isRight(OLD)).isTrue();
        scene.clock.advance(Duration.ofSeconds(2));
        assertThat(isRight(OLD)).isFalse();
        assertThat(isRight("the new secret")).isTrue();
    }

    @Test
    void withoutAnOverlapTheOldOneIsRefusedAtOnce() throws Exception {
        change(Optional.empty(), Duration.ZERO);
        assertThat(isRight(OLD)).isFalse();
    }

    /// A client that is refused once may stop until a person acts. Each round is the first change
    /// of a host, while its device asks without a pause.
    @Test
    void theOldOneIsGoodAtEveryMomentWhileItIsChanged() throws Exception {
        for (int i = 0; i < 200; i++) {
            String host = "h" + i + ".dyn.test";
            scene.host(host);
            AtomicBoolean changed = new AtomicBoolean();
            FutureTask<Boolean> device =
                    new FutureTask<>(() -> {
                        boolean right = true;
                        while (!changed.get()) {
                            right &= isRight(host, "secret of " + host);
                        }
                        return right && isRight(host, "secret of " + host);
                    });
            Thread.ofPlatform().start(device);
            scene.registry().hosts().changeSecret(host, Optional.of("between"), WEEK);
            scene.registry().hosts().changeSecret(host, Optional.of("the new secret"), WEEK);
            changed.set(true);
            assertThat(device.get()).as(host).isTrue();
            assertThat(isRight(host, "the new secret")).isTrue();
            assertThat(isRight(host, "secret of " + host)).isFalse();
        }
    }

    /// As a script that is run once more does.
    @Test
    void theSameSecretOnceMoreChangesNothing() throws Exception {
        change(Optional.of("the new secret"), WEEK);
        change(Optional.of("the new secret"), WEEK);
        assertThat(isRight(OLD)).isTrue();
        assertThat(isRight("the new secret")).isTrue();
        assertThat(isRight(OLD)).isFalse();
        change(Optional.of("the new secret"), WEEK);
        assertThat(isRight("the new secret")).isTrue();
        assertThat(isRight(OLD)).isFalse();
    }

    @Test
    void theOldOneCanBeTakenBack() throws Exception {
        change(Optional.of("the new secret"), WEEK);
        change(Optional.of(OLD), WEEK);
        assertThat(isRight(OLD)).isTrue();
        assertThat(isRight("the new secret")).isFalse();
        assertThat(isRight(OLD)).isTrue();
    }

    /// The update that showed the new one is answered when the end of the old one is on disk.
    @Test
    void afterAKillTheOldOneIsNotGoodOnceAnUpdateWithTheNewOneWasAnswered() throws Exception {
        change(Optional.of("the new secret"), WEEK);
        Principal device = who("the new secret");
        assertThat(scene.update(device, HOST, "192.0.2.2")).isEqualTo("good 192.0.2.2");
        assertThat(formerSecretsOnDisk()).isZero();
    }

    @Test
    void anAccountsKeyDoesNotTouchTheSecretsOfItsHosts() throws Exception {
        scene.registry().accounts().changeKey("alice", Optional.of("another key"), Duration.ZERO);
        assertThat(isRight("alice", "alice-key")).isFalse();
        assertThat(isRight(OLD)).isTrue();
        scene.reopen();
        assertThat(isRight(OLD)).isTrue();
        assertThat(isRight("alice", "another key")).isTrue();
    }

    /// A clock that was years ahead when the secret was changed gives the old one no years.
    @Test
    void anOverlapThatEndsInAFarFutureIsOver() throws Exception {
        scene.clock.advance(Duration.ofDays(3650));
        change(Optional.of("the new secret"), WEEK);
        scene.clock.advance(Duration.ofDays(-3650));
        assertThat(isRight(OLD)).isFalse();
        assertThat(isRight("the new secret")).isTrue();
    }

    /// An hour is an hour, although others may last for months.
    @Test
    void byAClockThatIsSetBackTheOldOneIsGoodForNoLongerThanItsOverlap() throws Exception {
        scene.clock.advance(Duration.ofDays(30));
        change(Optional.of("the new secret"), Duration.ofHours(1));
        assertThat(isRight(OLD)).isTrue();
        scene.clock.advance(Duration.ofDays(-30));
        assertThat(isRight(OLD)).isFalse();
        scene.reopen();
        assertThat(isRight(OLD)).isFalse();
        assertThat(isRight("the new secret")).isTrue();
    }

    /// As NTP does, just when the secret was changed.
    @Test
    void anOrdinaryStepOfTheClockDoesNotEndTheOldOne() throws Exception {
        change(Optional.of("the new secret"), Duration.ofHours(1));
        scene.clock.advance(Duration.ofSeconds(-2));
        assertThat(isRight(OLD)).isTrue();
        scene.reopen();
        assertThat(isRight(OLD)).isTrue();
    }

    @Test
    void itIsKnownUntilWhenTheOldOneIsGood() throws Exception {
        assertThat(scene.registry().hosts().explain(HOST).oldSecretUntil()).isEmpty();
        change(Optional.of("the new secret"), WEEK);
        Instant end = scene.clock.instant().plus(WEEK);
        assertThat(scene.registry().hosts().explain(HOST).oldSecretUntil()).contains(end);
        scene.reopen();
        assertThat(scene.registry().hosts().explain(HOST).oldSecretUntil()).contains(end);
        assertThat(isRight("the new secret")).isTrue();
        assertThat(scene.registry().hosts().explain(HOST).oldSecretUntil()).isEmpty();
    }

    /// Nobody has used the one between: it got lost, and the device still has the first.
    @Test
    void changedTwiceBeforeTheDeviceKnowsItsOldSecretStaysGood() throws Exception {
        change(Optional.of("lost on the way"), WEEK);
        change(Optional.of("the new secret"), WEEK);
        assertThat(isRight(OLD)).isTrue();
        assertThat(isRight("lost on the way")).isFalse();
        assertThat(isRight("the new secret")).isTrue();
        assertThat(isRight(OLD)).isFalse();
    }

    @Test
    void addressHistoryAndStandingStay() throws Exception {
        var before = scene.registry().hosts().show(HOST);
        change(Optional.empty(), WEEK);
        var after = scene.registry().hosts().show(HOST);
        assertThat(after.addresses()).isEqualTo(before.addresses());
        assertThat(after.standing()).isEqualTo(before.standing());
        assertThat(after.activity().changes()).isEqualTo(before.activity().changes());
        assertThat(scene.registry().hosts().history(HOST))
                .extracting(HistoryEntry::answered)
                .containsExactly("new secret", "good");
    }

    @Test
    void anAccountsKeyLikewise() throws Exception {
        scene.registry().accounts().changeKey("alice", Optional.of("another key"), WEEK);
        assertThat(isRight("alice", "alice-key")).isTrue();
        scene.reopen();
        assertThat(isRight("alice", "alice-key")).isTrue();
        assertThat(isRight("alice", "another key")).isTrue();
        assertThat(isRight("alice", "alice-key")).isFalse();
        assertThat(scene.registry().hosts().list(Optional.of("alice"))).hasSize(1);
    }

    @Test
    void aHostOfTheSameNameLaterKnowsNothingOfIt() throws Exception {
        change(Optional.of("the new secret"), WEEK);
        scene.registry().hosts().remove(HOST);
        scene.registry()
                .hosts()
                .add(
                        List.of(
                                new HostRow(
                                        "",
                                        HOST,
                                        Optional.of("quite another one"),
                                        Addresses.NONE,
                                        OptionalInt.empty())),
                        "alice",
                        _ -> {});
        assertThat(isRight(OLD)).isFalse();
        assertThat(isRight("the new secret")).isFalse();
        assertThat(isRight("quite another one")).isTrue();
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> change(Optional.of(""), WEEK))
                .isInstanceOf(AdministrationException.class);
        assertThatThrownBy(() -> change(Optional.empty(), Duration.ofDays(91)))
                .hasMessage("an old secret may stay good for at most 90 days");
        assertThatThrownBy(() ->
                        scene.registry()
                                .hosts()
                                .changeSecret("nobody.dyn.test", Optional.empty(), WEEK))
                .isInstanceOf(AdministrationException.class);
        assertThat(isRight(OLD)).isTrue();
    }

    @Test
    void aTtlIsServedAtOnceAndGivenBackToTheZone() throws Exception {
        scene.registry().hosts().setTtl(HOST, OptionalInt.of(300));
        assertThat(scene.registry().hosts().explain(HOST).ttl()).isEqualTo(300);
        scene.reopen();
        assertThat(scene.registry().hosts().explain(HOST).ttl()).isEqualTo(300);
        scene.registry().hosts().setTtl(HOST, OptionalInt.empty());
        assertThat(scene.registry().hosts().explain(HOST).ttl()).isEqualTo(60);
        assertThatThrownBy(() -> scene.registry().hosts().setTtl(HOST, OptionalInt.of(1)))
                .hasMessage("a host's TTL is 30 to 86400 seconds");
    }

    private void change(Optional<String> secret, Duration overlap) throws Exception {
        scene.registry().hosts().changeSecret(HOST, secret, overlap);
    }

    private Principal who(String secret) {
        return switch (scene.registry()
                .gate()
                .check(List.of(new Presented(HOST, secret)), InetAddress.getLoopbackAddress())) {
            case Verdict.Known(var principal) -> principal;
            case Verdict.Wrong _, Verdict.LockedOut _ -> throw new AssertionError(secret);
        };
    }

    /// As another process finds it there now.
    private int formerSecretsOnDisk() throws Exception {
        Path copy = Files.createDirectories(folder.resolve("copy"));
        for (String file : List.of("holdfast.db", "holdfast.db-wal")) {
            Files.copy(folder.resolve(file), copy.resolve(file));
        }
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + copy.resolve("holdfast.db"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM former_secret")) {
            return row.getInt(1);
        }
    }

    private boolean isRight(String secret) {
        return isRight(HOST, secret);
    }

    private boolean isRight(String user, String secret) {
        return scene.registry()
                        .gate()
                        .check(
                                List.of(new Presented(user, secret)),
                                InetAddress.getLoopbackAddress())
                instanceof Verdict.Known;
    }
}

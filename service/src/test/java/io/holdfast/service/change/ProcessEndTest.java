package io.holdfast.service.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.service.account.FormerSecret;
import io.holdfast.service.host.Host;
import io.holdfast.service.store.FaultyStores;
import io.holdfast.service.store.FaultyStores.Moment;
import io.holdfast.service.store.Store;
import io.holdfast.service.store.StoreAheadException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is committed cannot be taken into memory. To go on would be to answer from what is not so.
class ProcessEndTest {
    @TempDir Path folder;
    private final List<Throwable> ended = new CopyOnWriteArrayList<>();

    @Test
    void aFailureBetweenCommitAndAnswerEndsTheProcess() throws Exception {
        Scene.in(folder).close();
        try (Scene scene = Scene.again(folder, Store.open(folder), ended::add)) {
            scene.host("home.dyn.test");
            Host home = scene.registry().hosts().show("home.dyn.test");

            assertThatThrownBy(() -> failAfterCommit(scene, home))
                    .isInstanceOf(AdministrationException.class);
            assertThat(ended).singleElement().isInstanceOf(NullPointerException.class);
            assertThat(scene.update("home.dyn.test", "192.0.2.7"))
                    .isEqualTo("failed: the service is stopping");
        }
    }

    /// The disk answered neither yes nor no, and then could not be asked for a while.
    @Test
    void aCommitThatTurnsOutToBeThereAfterAllEndsTheProcess() throws Exception {
        Scene.in(folder).close();
        try (Scene scene = Scene.again(folder, Store.open(folder), ended::add)) {
            scene.host("home.dyn.test");
        }
        FaultyStores stores = new FaultyStores();
        try (Scene scene = Scene.again(folder, stores.open(folder), ended::add)) {
            stores.failAt("commit", Moment.AFTER_THE_CALL, () -> new OutOfMemoryError("injected"));
            stores.failOpening(1);
            assertThat(scene.update("home.dyn.test", "192.0.2.7")).startsWith("failed: ");
            assertThat(ended).isEmpty();
            assertThat(scene.update("home.dyn.test", "192.0.2.8"))
                    .isEqualTo("failed: the service is stopping");
            assertThat(ended).singleElement().isInstanceOf(StoreAheadException.class);
        }
        try (Scene later = Scene.again(folder)) {
            assertThat(later.served("home.dyn.test")).isEqualTo("192.0.2.7");
        }
    }

    @Test
    void theProcessEndsWithAMessageAndAnotherExitCodeThanZero() throws Exception {
        Scene.in(folder).close();
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                FailingProcess.class.getName(),
                                folder.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(1);
        assertThat(said)
                .contains("what was committed could not be taken into memory; this process ends")
                .doesNotContain("went on");
        try (Scene later = Scene.again(folder)) {
            assertThat(later.registry().hosts().show("home.dyn.test")).isNotNull();
            assertThat(later.update("home.dyn.test", "192.0.2.9")).isEqualTo("good 192.0.2.9");
        }
    }

    @Test
    void anIdThatIsInUseIsNotGivenAgainWhateverTheDatabaseSaysTheHighestIs() throws Exception {
        try (Scene scene = Scene.in(folder)) {
            scene.host("home.dyn.test");
            scene.update("home.dyn.test", "192.0.2.7");
            scene.reopenAfter(() -> {
                String url = "jdbc:sqlite:" + folder.resolve("holdfast.db");
                try (Connection connection = DriverManager.getConnection(url);
                        Statement statement = connection.createStatement()) {
                    return statement.executeUpdate("UPDATE clock SET last_id = 0");
                }
            });
            scene.host("other.dyn.test");
            assertThat(scene.update("other.dyn.test", "192.0.2.8")).isEqualTo("good 192.0.2.8");
            assertThat(scene.update("home.dyn.test", "192.0.2.9")).isEqualTo("good 192.0.2.9");
            assertThat(scene.registry().hosts().history("home.dyn.test")).hasSize(2);
            assertThat(scene.registry().hosts().history("other.dyn.test")).hasSize(1);
        }
    }

    /// Counts of a host that has no name, which no front makes: memory refuses it.
    @SuppressWarnings("NullAway")
    private static void failAfterCommit(Scene scene, Host home) throws AdministrationException {
        Host nameless =
                new Host(
                        home.id(),
                        null,
                        home.accountId(),
                        home.secret(),
                        home.addedAt(),
                        home.ttl(),
                        home.addresses(),
                        home.standing(),
                        home.activity());
        ((Writer) scene.registry().door())
                .perform(batch -> {
                    batch.end(new FormerSecret(home.id(), home.secret(), batch.now(), batch.now()));
                    UpdateOutcome repeated = new UpdateOutcome.Unchanged(home.addresses());
                    batch.decided(
                            home,
                            new Decision(nameless, repeated, false, Optional.empty()),
                            new Origin(InetAddress.getLoopbackAddress(), "", "dyndns2"));
                    return batch;
                });
    }

    /// The process that has to end.
    static final class FailingProcess {
        private FailingProcess() {}

        public static void main(String[] args) throws Exception {
            Scene scene = Scene.again(Path.of(args[0]));
            scene.host("home.dyn.test");
            failAfterCommit(scene, scene.registry().hosts().show("home.dyn.test"));
            System.out.println("went on");
        }
    }
}

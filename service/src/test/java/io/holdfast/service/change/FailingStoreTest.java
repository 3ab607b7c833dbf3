package io.holdfast.service.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.service.account.Gate.Presented;
import io.holdfast.service.account.Gate.Verdict;
import io.holdfast.service.account.Principal;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The store refuses rows: triggers put into the real file from outside do that.
class FailingStoreTest {
    @TempDir Path folder;
    private Scene scene;

    @BeforeEach
    void open() throws Exception {
        scene = Scene.in(folder);
        scene.host("home.dyn.test");
        scene.host("other.dyn.test");
        scene.update("home.dyn.test", "192.0.2.7");
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void aFailedCommitChangesNothingAndIsHeldAgainstNobody() throws Exception {
        sql(
                """
                CREATE TRIGGER refuse BEFORE UPDATE ON clock
                BEGIN SELECT RAISE(ABORT, 'injected'); END
                """);
        int serial = scene.serial();
        assertThat(scene.update("home.dyn.test", "192.0.2.8"))
                .isEqualTo("failed: the store cannot be written");
        assertThat(scene.served("home.dyn.test")).isEqualTo("192.0.2.7");
        assertThat(scene.serial()).isEqualTo(serial);
        assertThatThrownBy(() -> scene.host("third.dyn.test"))
                .isInstanceOf(AdministrationException.class)
                .hasMessage("not done: the store cannot be written");

        sql("DROP TRIGGER refuse");
        // The client does as it was told and asks again; that its address is right already is our
        // doing, and so the two repeats it may send are still in hand afterwards.
        assertThat(scene.update("home.dyn.test", "192.0.2.7")).isEqualTo("nochg 192.0.2.7");
        assertThat(scene.update("home.dyn.test", "192.0.2.7")).isEqualTo("nochg 192.0.2.7");
        assertThat(scene.update("home.dyn.test", "192.0.2.7")).isEqualTo("nochg 192.0.2.7");
        assertThat(scene.update("home.dyn.test", "192.0.2.7")).startsWith("abuse");
        assertThat(scene.update("other.dyn.test", "192.0.2.9")).isEqualTo("good 192.0.2.9");
    }

    @Test
    void oneRequestTheStoreCannotTakeFailsAlone() throws Exception {
        long poisoned = scene.registry().hosts().show("other.dyn.test").id();
        sql(
                """
                CREATE TRIGGER refuse BEFORE INSERT ON history WHEN NEW.host_id = %d
                BEGIN SELECT RAISE(ABORT, 'injected'); END
                """
                        .formatted(poisoned));
        Principal alice = scene.alice();
        List<CompletableFuture<List<UpdateOutcome>>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String host = i % 10 == 3 ? "other.dyn.test" : "home.dyn.test";
            ChangeRequest request = Scene.request(alice, host, "192.0.2.7");
            answers.add(scene.registry().door().submit(List.of(request)));
        }
        for (int i = 0; i < answers.size(); i++) {
            String answer = Scene.text(answers.get(i).join().getFirst());
            assertThat(answer.startsWith("failed")).as(i + ": " + answer).isEqualTo(i % 10 == 3);
        }
        assertThat(scene.served("other.dyn.test")).isEmpty();
    }

    @Test
    void aSecretWhoseEndCouldNotBeWrittenEndsWithTheNextCommit() throws Exception {
        useTheNewSecretWhileNothingCanBeWritten();
        assertThat(scene.update("other.dyn.test", "192.0.2.9")).isEqualTo("good 192.0.2.9");
        assertThat(formerSecretsOnDisk()).isZero();
    }

    @Test
    void aSecretWhoseEndCouldNotBeWrittenEndsWhenTheServiceStops() throws Exception {
        useTheNewSecretWhileNothingCanBeWritten();
        scene.reopen();
        assertThat(isRight("secret of home.dyn.test")).isFalse();
        assertThat(isRight("the new secret")).isTrue();
    }

    private void useTheNewSecretWhileNothingCanBeWritten() throws Exception {
        scene.registry()
                .hosts()
                .changeSecret("home.dyn.test", Optional.of("the new secret"), Duration.ofDays(7));
        sql(
                """
                CREATE TRIGGER refuse BEFORE UPDATE ON clock
                BEGIN SELECT RAISE(ABORT, 'injected'); END
                """);
        assertThat(isRight("the new secret")).isTrue();
        assertThat(scene.update("home.dyn.test", "192.0.2.8")).startsWith("failed");
        assertThat(isRight("secret of home.dyn.test")).isFalse();
        sql("DROP TRIGGER refuse");
        assertThat(formerSecretsOnDisk()).isOne();
    }

    private boolean isRight(String secret) {
        return scene.registry()
                        .gate()
                        .check(
                                List.of(new Presented("home.dyn.test", secret)),
                                InetAddress.getLoopbackAddress())
                instanceof Verdict.Known;
    }

    private int formerSecretsOnDisk() throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("holdfast.db");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM former_secret")) {
            return row.getInt(1);
        }
    }

    private void sql(String text) throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("holdfast.db") + "?busy_timeout=10000";
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }
}

package io.holdfast.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.dns.Name;
import io.holdfast.service.event.Commit;
import io.holdfast.service.event.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresqlStoreTest extends StoreContract {
    private static @Nullable PostgresqlServer running;

    @TempDir Path other;
    private @Nullable PostgresqlAddress made;

    @BeforeAll
    static void startServer() throws Exception {
        running = PostgresqlServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (running != null) {
            running.close();
        }
    }

    @BeforeEach
    void makeDatabase() throws Exception {
        made = server().database();
    }

    @Override
    Store open(UnaryOperator<Backend> around) throws StoreException {
        return Store.open(folder, location(address()), around);
    }

    @Override
    Connection sql() throws SQLException {
        return server().sql(address().database());
    }

    @Test
    void theFolderRemembersWhereTheDataIs() throws Exception {
        try (Store store = open(backend -> backend)) {
            commitTo(store);
        }
        assertThat(folder.resolve("holdfast.db")).doesNotExist();
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("store"))))
                .isEqualTo("rw-------");
        try (Store store = Store.open(folder)) {
            assertThat(store.lastCommit()).isEqualTo(1);
        }
        assertThatThrownBy(() -> Store.open(folder, Optional.of(new StoreLocation.Sqlite())))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is in " + address() + " and not in SQLite");
    }

    @Test
    void aFolderWithSqliteIsNotTakenElsewhere() throws Exception {
        Store.open(other).close();
        assertThatThrownBy(() -> Store.open(other, location(address())))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is in SQLite, and is not taken along");
        Store.open(other).close();
    }

    @Test
    void anotherServiceOfTheSameDatabaseIsRefused() throws Exception {
        try (Store store = open(backend -> backend)) {
            assertThatThrownBy(() -> Store.open(other, location(address())))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is in use by another holdfast process");
            commitTo(store);
        }
        Store.open(other, location(address())).close();
    }

    @Test
    void awayWhileRunningIsPassingAndTheStoreConnectsAgainByItself() throws Exception {
        try (Store store = open(backend -> backend)) {
            commitTo(store);
            assertThat(store.reader().after(0, 10)).hasSize(1);
            server().kill();
            assertPassing(() -> commitTo(store)); // finds out
            assertPassing(() -> commitTo(store)); // cannot connect
            assertPassing(() -> store.reader().after(0, 10));
            server().startAgain();
            commitTo(store);
            assertThat(store.reader().after(0, 10)).hasSize(2);
        }
    }

    /// As when the server is restarted with nobody there to notice.
    @Test
    void aConnectionThatTheServerEndsIsReplaced() throws Exception {
        try (Store store = open(backend -> backend)) {
            commitTo(store);
            server().execute(
                            address().database(),
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
                                    + " current_database() AND pid <> pg_backend_pid()");
            assertPassing(() -> commitTo(store));
            commitTo(store);
            assertThat(store.lastCommit()).isEqualTo(2);
        }
    }

    @Test
    void aWrongPasswordIsNamed() throws Exception {
        Path wrong = Files.writeString(other.resolve("password"), "wrong");
        refused(
                new PostgresqlAddress(address().url(), PostgresqlServer.USER, Optional.of(wrong)),
                "mend store-user, store-password-file");
    }

    @Test
    void aPasswordFileThatIsGoneIsNamed() throws Exception {
        Path gone = other.resolve("gone");
        refused(
                new PostgresqlAddress(address().url(), PostgresqlServer.USER, Optional.of(gone)),
                "name its file as store-password-file");
    }

    @Test
    void aMissingDatabaseIsNamed() throws Exception {
        refused(server().address("nothing"), "createdb --owner=holdfast nothing");
    }

    @Test
    void aServerThatIsNotThereIsNamed() {
        refused(
                new PostgresqlAddress("postgresql://127.0.0.1:1/x", "holdfast", Optional.empty()),
                "start the server, or mend store");
    }

    @Test
    void commitsAreDurableWhateverTheServersDefault() throws Exception {
        server().execute(
                        address().database(),
                        "ALTER DATABASE " + address().database() + " SET synchronous_commit = off");
        PostgresqlBackend backend = new PostgresqlBackend(address());
        try (Connection connection = backend.openToWrite();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW synchronous_commit")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("on");
        }
    }

    private void refused(PostgresqlAddress wrong, String mend) {
        assertThatThrownBy(() -> Store.open(folder, location(wrong)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(wrong.url())
                .hasMessageContaining(mend)
                .hasMessageNotContaining("wrong\n");
        assertThat(folder.resolve("store")).doesNotExist();
    }

    private interface Use {
        void of() throws Exception;
    }

    private static void assertPassing(Use use) {
        assertThatThrownBy(use::of)
                .isInstanceOfSatisfying(
                        StoreException.class,
                        e -> assertThat(e.isPassing()).as(e.getMessage()).isTrue());
    }

    private static void commitTo(Store store) throws StoreException {
        List<Event> events = List.of(new Event.KeyRemoved(Name.of("key.test")));
        store.append(
                new Commit(store.lastCommit() + 1, Transaction.NOW, events),
                1,
                Checkpoint.NONE,
                _ -> {});
    }

    private static Optional<StoreLocation> location(PostgresqlAddress address) {
        return Optional.of(new StoreLocation.Postgresql(address));
    }

    private PostgresqlAddress address() {
        return Objects.requireNonNull(made);
    }

    private static PostgresqlServer server() {
        return Objects.requireNonNull(running);
    }
}

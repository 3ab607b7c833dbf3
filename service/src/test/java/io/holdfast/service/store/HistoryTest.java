package io.holdfast.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.service.host.HistoryEntry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happened to hosts, as earlier versions kept it. What every database keeps of it is in
/// [StoreContract].
class HistoryTest {
    @TempDir Path folder;

    /// As version 2 kept it: a ring for each host.
    @Test
    void historyOfAnOlderVersionIsKept() throws Exception {
        Flyway.configure()
                .dataSource(url(), null, null)
                .locations("classpath:io/holdfast/service/store")
                .placeholders(SqliteBackend.SPELLING)
                .target("2")
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE clock SET change_number = 9, last_id = 3");
            statement.execute("INSERT INTO account VALUES (1, 'alice', NULL, zeroblob(32))");
            for (String host :
                    List.of(
                            "2, 'home.dyn.test', 1, zeroblob(32), 0, NULL, '192.0.2.101'",
                            "3, 'shed.dyn.test', 1, zeroblob(32), 0, NULL, '192.0.2.9'")) {
                statement.execute(
                        "INSERT INTO host VALUES ("
                                + host
                                + ", NULL, 0, 0, NULL, NULL, NULL, 0, NULL, NULL, NULL, 0, 0, 0, 101)");
            }
            for (int number = 1; number <= 100; number++) {
                statement.execute(
                        "INSERT INTO history VALUES (2, %d, %d, %d, 0, NULL, NULL, '192.0.2.%d', NULL, '192.0.2.1', '', 'dyndns2', 'good')"
                                .formatted(number % HistoryEntry.KEPT, number, number, number));
            }
        }
        try (Store store = Store.open(folder)) {
            StoredContents reading = new StoredContents();
            store.read(reading);
            assertThat(
                            StoreContract.addresses(
                                    store.reader().history(reading.host("home.dyn.test"))))
                    .hasSize(HistoryEntry.KEPT)
                    .startsWith("192.0.2.100", "192.0.2.99");
            assertThat(store.reader().history(reading.host("shed.dyn.test"))).isEmpty();
            assertThat(reading.newer).isEmpty();
            assertThat(store.lastId()).isEqualTo(103);
        }
    }

    private String url() {
        return "jdbc:sqlite:" + folder.resolve("holdfast.db");
    }
}

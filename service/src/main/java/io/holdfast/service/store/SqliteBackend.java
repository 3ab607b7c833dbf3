package io.holdfast.service.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.LockingMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// SQLite: a file in the data folder, which only this process uses.
final class SqliteBackend implements Backend {
    /// Pages of the file kept in memory: updates come for any host of a million.
    private static final int CACHE_KIB = 64 * 1024;

    /// How many pages of 4 KiB the log may hold before they are copied into the file. Copying pays
    /// once for a page that changed often; the writer stands still meanwhile.
    private static final int CHECKPOINT_PAGES = 4_096;

    /// How long a reader waits where the file is locked: while the log is copied into it.
    private static final int BUSY_MILLIS = 2_000;

    static final Map<String, String> SPELLING =
            Map.of("octets", "BLOB", "clustered", "WITHOUT ROWID", "number", "INTEGER");

    private static final Migrations MIGRATIONS =
            new Migrations(
                    "SELECT count(*) FROM sqlite_schema WHERE name = 'flyway_schema_history'",
                    SPELLING,
                    Migrations.SCRIPTS);

    private final Path file;

    SqliteBackend(Path file) {
        this.file = file;
    }

    /// With a full disk SQLite cannot make the index of its log that processes share. As only this
    /// process may use the file anyway, the index is then kept in memory, and what is stored can be
    /// read and served.
    @Override
    public Connection openToWrite() throws SQLException, StoreException {
        SqliteLibrary.load(folder());
        Connection connection;
        try {
            connection = connect(settings());
        } catch (SQLException e) {
            if (!isPassing(e)) {
                throw e;
            }
            connection = connectWithIndexInMemory();
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA cache_size = -" + CACHE_KIB);
            statement.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
        }
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public Connection openToRead() throws SQLException {
        SQLiteConfig config = commonSettings();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        Connection connection = source.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private Path folder() {
        return Objects.requireNonNull(file.toAbsolutePath().getParent());
    }

    private SQLiteConfig settings() {
        SQLiteConfig config = commonSettings();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        return config;
    }

    /// What opens nothing.
    private SQLiteConfig commonSettings() {
        SQLiteConfig config = new SQLiteConfig();
        // Else what it sorts is written to the system's temporary folder, which may be read-only.
        config.setTempStoreDirectory(folder().toString());
        config.setGetGeneratedKeys(false); // else it runs a query after every INSERT
        return config;
    }

    /// Any other setting would open the log before the lock is exclusive, and want its index on
    /// disk; so they come after. That there is a log stands in the file.
    private Connection connectWithIndexInMemory() throws SQLException, StoreException {
        SQLiteConfig config = commonSettings();
        config.setLockingMode(LockingMode.EXCLUSIVE);
        Connection connection = connect(config);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA foreign_keys = ON");
        }
        return connection;
    }

    private Connection connect(SQLiteConfig config) throws SQLException, StoreException {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        Connection connection = source.getConnection();
        try {
            MIGRATIONS.bringUpToDate(connection, source, file.toString());
            return connection;
        } catch (SQLException | StoreException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public boolean isPassing(SQLException e) {
        if (!(e instanceof SQLiteException sqlite)) {
            return false;
        }
        SQLiteErrorCode code = sqlite.getResultCode();
        return switch (SQLiteErrorCode.getErrorCode(code.code & 0xFF)) {
            case SQLITE_FULL, SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_BUSY, SQLITE_NOMEM -> true;
            default -> false;
        };
    }

    @Override
    public String mend(SQLException e) {
        return "make room or mend "
                + file.getFileName()
                + " there, or name another folder with --data";
    }

    @Override
    public String toString() {
        return "the data folder " + Objects.requireNonNullElse(file.getParent(), Path.of("."));
    }
}

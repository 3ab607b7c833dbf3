package io.holdfast.service.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.LockingMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Opens the SQLite file, with its tables as this version wants them.
final class Database {
    /// The version of the newest script beside this class.
    private static final int NEWEST = 7;

    /// Pages of the file kept in memory: updates come for any host of a million.
    private static final int CACHE_KIB = 64 * 1024;

    /// How many pages of 4 KiB the log may hold before they are copied into the file. Copying pays
    /// once for a page that changed often; the writer stands still meanwhile.
    private static final int CHECKPOINT_PAGES = 4_096;

    /// How long a reader waits where the file is locked: while the log is copied into it.
    private static final int BUSY_MILLIS = 2_000;

    static final Map<String, String> SQLITE_SPELLING =
            Map.of("octets", "BLOB", "clustered", "WITHOUT ROWID", "number", "INTEGER");

    private Database() {}

    /// Opens the file; makes it, and brings its tables up to date, where that is needed.
    ///
    /// With a full disk SQLite cannot make the index of its log that processes share. As only this
    /// process may use the file anyway, the index is then kept in memory, and what is stored can be
    /// read and served.
    ///
    /// @return a connection that is not in auto-commit mode
    static Connection open(Path file) throws SQLException, StoreException {
        SqliteLibrary.load(folder(file));
        Connection connection;
        try {
            connection = connect(file, settings(file));
        } catch (SQLException e) {
            if (!isPassing(e)) {
                throw e;
            }
            connection = connectWithIndexInMemory(file);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA cache_size = -" + CACHE_KIB);
            statement.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
        }
        connection.setAutoCommit(false);
        return connection;
    }

    /// Opens the file of a store that is open, to read what is committed.
    ///
    /// @return a connection that is not in auto-commit mode
    static Connection openToRead(Path file) throws SQLException {
        SQLiteConfig config = commonSettings(file);
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        Connection connection = source.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent());
    }

    private static SQLiteConfig settings(Path file) {
        SQLiteConfig config = commonSettings(file);
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        return config;
    }

    /// What opens nothing.
    private static SQLiteConfig commonSettings(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        // Else what it sorts is written to the system's temporary folder, which may be read-only.
        config.setTempStoreDirectory(folder(file).toString());
        config.setGetGeneratedKeys(false); // else it runs a query after every INSERT
        return config;
    }

    /// Any other setting would open the log before the lock is exclusive, and want its index on
    /// disk; so they come after. That there is a log stands in the file.
    private static Connection connectWithIndexInMemory(Path file)
            throws SQLException, StoreException {
        SQLiteConfig config = commonSettings(file);
        config.setLockingMode(LockingMode.EXCLUSIVE);
        Connection connection = connect(file, config);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA foreign_keys = ON");
        }
        return connection;
    }

    private static Connection connect(Path file, SQLiteConfig config)
            throws SQLException, StoreException {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        Connection connection = source.getConnection();
        try {
            int version = version(connection);
            if (version > NEWEST) {
                throw new StoreException(
                        file + " was written by a newer Holdfast; use that one, or a newer still");
            }
            if (version < NEWEST) {
                migrate(source);
            }
            return connection;
        } catch (SQLException | StoreException e) {
            connection.close();
            throw e;
        }
    }

    /// What Flyway has noted; 0 for a new file. Flyway itself is asked only when there is something
    /// to do: it writes, which a full disk does not allow, and takes its time.
    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet table =
                        statement.executeQuery(
                                "SELECT count(*) FROM sqlite_schema WHERE name = 'flyway_schema_history'")) {
            if (table.getInt(1) == 0) {
                return 0;
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet newest =
                        statement.executeQuery(
                                "SELECT coalesce(max(CAST(version AS INTEGER)), 0)"
                                        + " FROM flyway_schema_history WHERE success")) {
            return newest.getInt(1);
        }
    }

    private static void migrate(SQLiteDataSource source) throws SQLException {
        try {
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:io/holdfast/service/store")
                    .placeholders(SQLITE_SPELLING)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new SQLException("making the tables failed: " + e.getMessage(), e);
        }
    }

    /// Whether the same statement may succeed later: it is not the statement that is wrong, but the
    /// disk is full or faulty.
    static boolean isPassing(SQLException e) {
        if (!(e instanceof SQLiteException sqlite)) {
            return false;
        }
        SQLiteErrorCode code = sqlite.getResultCode();
        return switch (SQLiteErrorCode.getErrorCode(code.code & 0xFF)) {
            case SQLITE_FULL, SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_BUSY, SQLITE_NOMEM -> true;
            default -> false;
        };
    }
}

package io.holdfast.service.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// Brings the tables of a database up to what this version wants: the scripts beside this class,
/// with what databases spell differently filled in.
final class Migrations {
    /// The version of the newest script.
    static final int NEWEST = 7;

    static final String SCRIPTS = "classpath:io/holdfast/service/store";

    private final String hasTable;
    private final Map<String, String> spelling;
    private final String[] locations;

    /// @param hasTable counts the tables of the name `flyway_schema_history`
    /// @param spelling of the placeholders in the scripts
    /// @param locations of the scripts
    Migrations(String hasTable, Map<String, String> spelling, String... locations) {
        this.hasTable = hasTable;
        this.spelling = spelling;
        this.locations = locations;
    }

    /// Does what is left to do.
    ///
    /// @param connection to the same database
    /// @throws StoreException if a newer version wrote there
    void bringUpToDate(Connection connection, DataSource source, String place)
            throws SQLException, StoreException {
        int version = version(connection);
        if (version > NEWEST) {
            throw new StoreException(
                    place + " was written by a newer Holdfast; use that one, or a newer still");
        }
        if (version < NEWEST) {
            migrate(source);
        }
    }

    /// What Flyway has noted; 0 for a new database. Flyway itself is asked only when there is
    /// something to do: it writes, which a full disk does not allow, and takes its time.
    private int version(Connection connection) throws SQLException {
        if (number(connection, hasTable) == 0) {
            return 0;
        }
        // A script for one kind of database has a version between those of the others: 3.1.
        return number(
                connection,
                "SELECT coalesce(max(CAST(version AS INTEGER)), 0) FROM flyway_schema_history"
                        + " WHERE success AND version NOT LIKE '%.%'");
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    private void migrate(DataSource source) throws SQLException {
        try {
            Flyway.configure()
                    .dataSource(source)
                    .locations(locations)
                    .placeholders(spelling)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new SQLException("making the tables failed: " + e.getMessage(), e);
        }
    }
}

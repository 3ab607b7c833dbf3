package io.holdfast.service.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// PostgreSQL 15 or newer: a database that only this service uses.
///
/// Whoever writes holds an advisory lock for as long as its connection lives. It ends with that
/// session on the server, and so after whatever that session was still doing: who has the lock sees
/// how the last COMMIT ended.
final class PostgresqlBackend implements Backend {
    /// "holdfast" in ASCII.
    static final long LOCK = 0x686f_6c64_6661_7374L;

    /// Seconds until a server has taken a connection.
    private static final int CONNECT_SECONDS = 5;

    /// Seconds that the server may say nothing, before it is taken for gone.
    private static final int SOCKET_SECONDS = 30;

    /// How long to wait for the lock. The server may not know yet that a connection is gone.
    private static final String LOCK_PATIENCE = "5s";

    /// How many rows are held at once while everything is read.
    private static final int FETCH_ROWS = 5_000;

    private static final int OLDEST_VERSION = 150_000;

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final Migrations MIGRATIONS =
            new Migrations(
                    "SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = current_schema()"
                            + " AND tablename = 'flyway_schema_history'",
                    Map.of("octets", "BYTEA", "clustered", "", "number", "BIGINT"),
                    Migrations.SCRIPTS,
                    "classpath:io/holdfast/service/postgresql");

    private final PostgresqlAddress address;

    PostgresqlBackend(PostgresqlAddress address) {
        this.address = address;
    }

    @Override
    public Connection openToWrite() throws SQLException, StoreException {
        PGSimpleDataSource source = source(SOCKET_SECONDS);
        Connection connection = source.getConnection();
        try {
            checkServer(connection);
            lock(connection);
            // Making the tables may take longer than a server should be silent otherwise.
            MIGRATIONS.bringUpToDate(connection, source(0), toString());
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException | StoreException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public Connection openToRead() throws SQLException, StoreException {
        Connection connection = source(SOCKET_SECONDS).getConnection();
        try {
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private PGSimpleDataSource source(int socketSeconds) throws StoreException {
        List<PostgresqlAddress.Server> servers = address.servers();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(
                servers.stream().map(PostgresqlAddress.Server::host).toArray(String[]::new));
        source.setPortNumbers(servers.stream().mapToInt(PostgresqlAddress.Server::port).toArray());
        source.setDatabaseName(address.database());
        source.setUser(address.user());
        source.setPassword(password());
        source.setTargetServerType("primary");
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(socketSeconds);
        source.setTcpKeepAlive(true);
        source.setApplicationName("holdfast");
        source.setDefaultRowFetchSize(FETCH_ROWS);
        String mode = address.parameters().get("sslmode");
        if (mode != null) {
            source.setSslMode(mode);
        }
        String root = address.parameters().get("sslrootcert");
        if (root != null) {
            source.setSslRootCert(root);
        }
        return source;
    }

    private @Nullable String password() throws StoreException {
        if (address.passwordFile().isEmpty()) {
            return null;
        }
        Path file = address.passwordFile().get();
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StoreException(
                    "cannot read the password of "
                            + this
                            + " ("
                            + e
                            + "); name its file as store-password-file, readable for this user",
                    true,
                    e);
        }
    }

    private void checkServer(Connection connection) throws SQLException, StoreException {
        if (Integer.parseInt(setting(connection, "server_version_num")) < OLDEST_VERSION) {
            throw new StoreException(
                    this
                            + " is PostgreSQL "
                            + setting(connection, "server_version")
                            + "; use 15 or newer");
        }
        if (!setting(connection, "server_encoding").equals("UTF8")) {
            throw new StoreException(
                    this
                            + " is encoded in "
                            + setting(connection, "server_encoding")
                            + "; make it with: createdb --encoding=UTF8 --template=template0 "
                            + address.database());
        }
        if (setting(connection, "synchronous_commit").equals("off")) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET synchronous_commit = on"); // what is answered is durable
            }
        }
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    private void lock(Connection connection) throws SQLException, StoreException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = '" + LOCK_PATIENCE + "'");
            statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
            statement.execute("RESET lock_timeout");
        } catch (SQLException e) {
            if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw e;
            }
            throw new StoreException(
                    this
                            + " is in use by another holdfast process; stop that one, or name"
                            + " another database as store",
                    true,
                    e);
        }
    }

    /// By the classes of SQLSTATE (PostgreSQL, appendix A): a connection that is gone, a server
    /// that stops or starts, a lock, a lack of resources, a fault of the system, and a server that
    /// has become a standby.
    @Override
    public boolean isPassing(SQLException e) {
        String state = e.getSQLState();
        if (state == null) {
            return false;
        }
        return switch (state) {
            case "25006", "25P03", "57014" -> true;
            default ->
                    switch (state.substring(0, Math.min(2, state.length()))) {
                        case "08", "40", "53", "55", "58" -> true;
                        case "57" -> !state.equals("57P04"); // the database was dropped
                        default -> false;
                    };
        };
    }

    @Override
    public String mend(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return switch (state) {
            case "28P01", "28000" ->
                    "mend store-user, store-password-file or the server's pg_hba.conf";
            case "3D000" -> "make it with: createdb --owner=" + address.user() + " " + database();
            case "42501" -> "make " + address.user() + " the owner of the database";
            default ->
                    state.startsWith("08")
                            ? "start the server, or mend store"
                            : "see the server's log";
        };
    }

    private String database() {
        return address.database();
    }

    @Override
    public String toString() {
        return "the database " + address;
    }
}

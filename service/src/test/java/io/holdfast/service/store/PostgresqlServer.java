package io.holdfast.service.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// A PostgreSQL server on loopback, of the programs that are installed here, for as long as a test
/// class runs. The server refuses to run as root: then it is another user's.
///
/// Where CI=true a missing program fails the test; elsewhere the test is skipped and says why.
final class PostgresqlServer implements AutoCloseable {
    static final String USER = "holdfast";
    static final String PASSWORD = "a password";

    private static final boolean IS_ROOT = System.getProperty("user.name").equals("root");
    private static final String OTHER_USER = "nobody";
    private static final int SECONDS_TO_START = 60;

    private final Path programs;
    private final Path folder;
    private final int port;
    private int databases;
    private @Nullable Process process;

    private PostgresqlServer(Path programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    static PostgresqlServer start() throws IOException, InterruptedException, SQLException {
        Optional<Path> programs = programs();
        if ("true".equals(System.getenv("CI"))) {
            Assertions.assertTrue(
                    programs.isPresent(),
                    "PostgreSQL 15 or newer is not installed; where CI=true nothing may be missing");
        }
        Assumptions.assumeTrue(programs.isPresent(), "PostgreSQL 15 or newer is not installed");
        Path folder = Files.createTempDirectory("holdfast-postgresql");
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        if (IS_ROOT) {
            var owner = folder.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(folder, owner.lookupPrincipalByName(OTHER_USER));
            Files.setOwner(password, owner.lookupPrincipalByName(OTHER_USER));
        }
        PostgresqlServer server = new PostgresqlServer(programs.get(), folder, freePort());
        Process initdb =
                server.program(
                        "initdb",
                        "-D",
                        folder.resolve("data").toString(),
                        "--auth=scram-sha-256",
                        "--pwfile=" + password,
                        "--username=" + USER,
                        "--encoding=UTF8",
                        "--locale=C",
                        "--no-sync");
        Assertions.assertEquals(0, initdb.waitFor(), () -> server.log());
        server.startAgain();
        return server;
    }

    /// Of the versions that are installed the newest.
    private static Optional<Path> programs() throws IOException {
        List<Path> folders = new ArrayList<>();
        Path debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                versions.filter(path -> isNewEnough(path.getFileName().toString()))
                        .sorted(Comparator.reverseOrder())
                        .map(path -> path.resolve("bin"))
                        .forEach(folders::add);
            }
        }
        return folders.stream()
                .filter(path -> Files.isExecutable(path.resolve("initdb")))
                .findFirst();
    }

    private static boolean isNewEnough(String version) {
        return version.matches("1[5-9]|[2-9][0-9]");
    }

    void startAgain() throws IOException, InterruptedException, SQLException {
        process =
                program(
                        "postgres",
                        "-D",
                        folder.resolve("data").toString(),
                        "-p",
                        String.valueOf(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=" + folder,
                        "-c",
                        "fsync=off");
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_START);
        while (true) {
            try {
                sql("postgres").close();
                return;
            } catch (SQLException e) {
                if (!process.isAlive() || System.nanoTime() - until > 0) {
                    throw new IllegalStateException("it does not start: " + log(), e);
                }
                TimeUnit.MILLISECONDS.sleep(20); // it says nowhere else that it is ready
            }
        }
    }

    /// At once, as when the machine fails: every connection is cut.
    void kill() throws IOException, InterruptedException {
        Process stopped =
                program(
                        "pg_ctl",
                        "stop",
                        "-m",
                        "immediate",
                        "-D",
                        folder.resolve("data").toString());
        Assertions.assertEquals(0, stopped.waitFor(), () -> log());
        if (process != null) {
            process.waitFor();
        }
    }

    /// A new database.
    PostgresqlAddress database() throws SQLException, IOException {
        String name = "d" + ++databases;
        execute("postgres", "CREATE DATABASE " + name + " TEMPLATE template0");
        return address(name);
    }

    PostgresqlAddress address(String database) throws IOException {
        Path password = folder.resolve("password");
        return new PostgresqlAddress(
                "postgresql://127.0.0.1:" + port + "/" + database, USER, Optional.of(password));
    }

    /// In auto-commit mode.
    Connection sql(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database, USER, PASSWORD);
    }

    void execute(String database, String statement) throws SQLException {
        try (Connection connection = sql(database);
                Statement one = connection.createStatement()) {
            one.execute(statement);
        }
    }

    private Process program(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (IS_ROOT) {
            command.addAll(
                    List.of(
                            "setpriv",
                            "--reuid=" + OTHER_USER,
                            "--regid=nogroup",
                            "--clear-groups",
                            "--"));
        }
        command.add(programs.resolve(name).toString());
        command.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (process != null && process.isAlive()) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

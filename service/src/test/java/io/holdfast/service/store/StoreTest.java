package io.holdfast.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class StoreTest {
    @TempDir Path temp;

    @Test
    void aMissingFolderIsMade() throws Exception {
        Path folder = temp.resolve("a/b");
        Store.open(folder).close();
        assertThat(folder.resolve("holdfast.db")).exists();
    }

    /// Hashed secrets are in it, and in the log beside it.
    @Test
    void nobodyElseOnThisMachineCanReadWhatIsStored() throws Exception {
        assumeTrue(Files.getFileAttributeView(temp, PosixFileAttributeView.class) != null);
        Path folder = temp.resolve("made");
        try (Store _ = Store.open(folder)) {
            for (Path one :
                    List.of(
                            folder.resolve("holdfast.db"),
                            folder.resolve("holdfast.db-wal"),
                            folder.resolve("lock"))) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
                        .as(one.getFileName().toString())
                        .isEqualTo("rw-------");
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
        }
    }

    /// Whoever can open the lock file can lock it, and the next start would find the folder in use.
    @Test
    void inAFolderThatOthersMayEnterTheyCannotOpenTheLock() throws Exception {
        assumeTrue(Files.getFileAttributeView(temp, PosixFileAttributeView.class) != null);
        Path folder = Files.createDirectory(temp.resolve("shared"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path lock = Files.createFile(folder.resolve("lock")); // as earlier versions made it
        Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("rw-r--r--"));
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(DataFolder.class);
        logger.addAppender(log);
        try (Store _ = Store.open(folder)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lock)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .as("it may be shared on purpose")
                    .isEqualTo("rwxr-xr-x");
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "the data folder "
                                + folder
                                + " is open to other users of this machine (rwxr-xr-x); close it"
                                + " with: chmod 700 "
                                + folder);
    }

    @Test
    void aFolderInUseIsRefusedUntilItIsLeft() throws Exception {
        try (Store _ = Store.open(temp)) {
            assertThatThrownBy(() -> Store.open(temp))
                    .isInstanceOf(StoreException.class)
                    .hasMessage(
                            "the data folder "
                                    + temp
                                    + " is in use by another holdfast process; stop that one, or"
                                    + " name another folder with --data");
        }
        Store.open(temp).close();
    }

    @Test
    void aFileIsNoDataFolder() throws Exception {
        Path file = Files.writeString(temp.resolve("file"), "not a folder");
        assertThatThrownBy(() -> Store.open(file))
                .isInstanceOf(StoreException.class)
                .hasMessage(
                        "the data folder " + file + " is not a folder; name another with --data");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path below = Files.writeString(temp.resolve("file"), "").resolve("data");
        assertThatThrownBy(() -> Store.open(below))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("cannot use the data folder " + below)
                .hasMessageEndingWith(
                        "make it writable for this user, or name another with --data");
    }

    @Test
    void somebodyElsesFileIsLeftAlone() throws Exception {
        Path file = temp.resolve("holdfast.db");
        Files.writeString(file, "my diary. ".repeat(1_000));
        assertThatThrownBy(() -> Store.open(temp))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot use the data folder " + temp)
                .hasMessageContaining("not a database");
        assertThat(file).content().startsWith("my diary.");
    }

    @Test
    void aNewerVersionsFileIsLeftAlone() throws Exception {
        Store.open(temp).close();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + temp.resolve("holdfast.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    INSERT INTO flyway_schema_history
                        (installed_rank, version, description, type, script, checksum, installed_by,
                         execution_time, success)
                    VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, '', 1, 1)
                    """);
        }
        assertThatThrownBy(() -> Store.open(temp))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("was written by a newer Holdfast");
    }
}

package io.holdfast.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.cert.Certificate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.util.LibraryLoaderUtil;

/// Where SQLite's library lies; never in the system's temporary folder.
class SqliteLibraryTest {
    @TempDir Path temp;

    private Path program() throws IOException {
        return Files.createDirectories(temp.resolve("program"));
    }

    private Path data() throws IOException {
        return Files.createDirectories(temp.resolve("data"));
    }

    @Test
    void itLiesOnceBesideTheProgram() throws Exception {
        Path first = file(Optional.of(program()));
        assertThat(first).isEqualTo(SqliteLibrary.inProgram(program()));
        var written = Files.getLastModifiedTime(first);

        assertThat(file(Optional.of(program()))).isEqualTo(first);

        assertThat(Files.getLastModifiedTime(first)).isEqualTo(written);
        assertThat(files(program())).containsExactly(first);
        assertThat(files(data())).isEmpty();
    }

    @Test
    void whereNothingCanBeWrittenBesideTheProgramItLiesInTheDataFolder() throws Exception {
        Path notAFolder = Files.createFile(temp.resolve("not a folder"));
        Path library = file(Optional.of(notAFolder));
        assertThat(library.getParent()).isEqualTo(data().resolve("native"));
        assertThat(file(Optional.empty())).isEqualTo(library);
        assertThat(files(data())).containsExactly(library);
    }

    @Test
    void halfALibraryThatAKilledProcessLeftIsReplaced() throws Exception {
        Path library = SqliteLibrary.inProgram(program());
        Files.createDirectories(library.getParent());
        Files.writeString(library, "half");
        Files.writeString(library.resolveSibling(library.getFileName() + ".part"), "half of it");

        assertThat(file(Optional.of(program()))).isEqualTo(library);

        assertThat(library).hasBinaryContent(packed());
        assertThat(files(program())).containsExactly(library);
    }

    @Test
    void thatOfAnEarlierVersionIsRemovedFromTheDataFolder() throws Exception {
        Path folder = Files.createDirectories(data().resolve("native"));
        Files.writeString(folder.resolve("sqlite-3.1.0-Linux-x86_64-libsqlitejdbc.so"), "old");
        Path library = file(Optional.empty());
        assertThat(files(data())).containsExactly(library);
    }

    @Test
    void manyStartsAtOnceLeaveOneWholeLibrary() throws Exception {
        List<Thread> starts =
                Stream.generate(() ->
                                Thread.ofPlatform()
                                        .unstarted(() -> {
                                            try {
                                                file(Optional.of(program()));
                                            } catch (Exception failed) {
                                                throw new AssertionError(failed);
                                            }
                                        }))
                        .limit(4)
                        .toList();
        List<Throwable> failed = new CopyOnWriteArrayList<>();
        starts.forEach(start -> start.setUncaughtExceptionHandler((_, e) -> failed.add(e)));
        starts.forEach(Thread::start);
        for (Thread start : starts) {
            start.join();
        }
        assertThat(failed).isEmpty();
        assertThat(SqliteLibrary.inProgram(program())).hasBinaryContent(packed());
    }

    @Test
    void ifNoPlaceWillDoEachIsNamedWithWhatTheSystemSaid() throws Exception {
        Path program = Files.createFile(temp.resolve("p"));
        Files.createFile(data().resolve("native"));
        assertThatThrownBy(() -> file(Optional.of(program)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("SQLite's library can be loaded from neither place: ")
                .hasMessageContaining(SqliteLibrary.inProgram(program) + " (")
                .hasMessageContaining(data().resolve("native") + "/sqlite-")
                .hasMessageNotContaining("holdfast.db")
                .hasMessageNotContaining("Exception");
    }

    @Test
    void theProgramsFolderIsThatOfItsJar() throws Exception {
        assertThat(SqliteLibrary.beside(source("file:/opt/hold%20fast/lib/holdfast-service.jar")))
                .contains(Path.of("/opt/hold fast/lib"));
        assertThat(SqliteLibrary.beside(source("file:/opt/holdfast/service/target/classes/")))
                .isEmpty();
        assertThat(SqliteLibrary.beside(null)).isEmpty();
    }

    /// SQLite makes files of what it sorts, and would make them in the system's temporary folder.
    @Test
    void whatSqliteSortsIsWrittenToTheDataFolder() throws Exception {
        try (Connection connection =
                        new SqliteBackend(data().resolve("holdfast.db")).openToWrite();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA temp_store_directory")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo(data().toString());
        }
    }

    @Test
    void aPlaceWhereProgramsAreForbiddenIsPassedOver() throws Exception {
        Path noexec = SqliteLibrary.inProgram(program());
        Path library =
                SqliteLibrary.file(
                        Optional.of(program()),
                        data(),
                        place -> {
                            if (place.equals(noexec)) {
                                throw new UnsatisfiedLinkError(place + ": not permitted");
                            }
                        });
        assertThat(library.getParent()).isEqualTo(data().resolve("native"));
    }

    /// Where the library lies; not loaded, for this process has one already, and functions of two
    /// copies would be mixed up.
    private Path file(Optional<Path> program) throws StoreException, IOException {
        return SqliteLibrary.file(program, data(), _ -> {});
    }

    private static CodeSource source(String url) throws Exception {
        return new CodeSource(URI.create(url).toURL(), (Certificate[]) null);
    }

    private static byte[] packed() throws IOException {
        URL resource =
                SqliteLibraryTest.class.getResource(
                        LibraryLoaderUtil.getNativeLibResourcePath()
                                + "/"
                                + LibraryLoaderUtil.getNativeLibName());
        try (var in = resource.openStream()) {
            return in.readAllBytes();
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}

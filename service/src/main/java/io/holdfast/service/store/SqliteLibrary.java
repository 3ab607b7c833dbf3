package io.holdfast.service.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/// SQLite's own library, of which the driver's jar holds one for each system.
///
/// The driver would unpack it into the system's temporary folder at every start. That folder may
/// forbid programs (`noexec`), be read-only or be full, and keeps one more file with every process
/// that is killed. So the library lies once beside the program, where the build put it or the first
/// start does. Where that folder may not be written it lies in the data folder.
///
/// A file is written under another name, forced to the disk and then renamed: what has the name is
/// whole.
final class SqliteLibrary {
    /// What the driver reads; an operator may have set it.
    private static final String PATH = "org.sqlite.lib.path";

    private static final String NAME = "org.sqlite.lib.name";

    private static boolean loaded;

    private SqliteLibrary() {}

    /// Has the library loaded, once for this process, so that the driver can be used.
    ///
    /// @throws StoreException naming each place that was tried, and why it would not do
    static void load(Path data) throws StoreException {
        load(beside(SqliteLibrary.class.getProtectionDomain().getCodeSource()), data);
    }

    private static synchronized void load(Optional<Path> program, Path data) throws StoreException {
        if (loaded || System.getProperty(PATH) != null) {
            return;
        }
        Path file = file(program, data, SqliteLibrary::link);
        System.setProperty(PATH, Objects.requireNonNull(file.getParent()).toString());
        System.setProperty(NAME, Objects.requireNonNull(file.getFileName()).toString());
        loaded = true;
    }

    /// The library, loaded from one of two places.
    ///
    /// @param program the folder of the program, if it has one
    /// @param link loads a file; once in a process, for two copies of the library would be mixed up
    static Path file(Optional<Path> program, Path data, Consumer<Path> link) throws StoreException {
        URL packed = packed();
        List<Path> places = new ArrayList<>();
        program.ifPresent(folder -> places.add(inProgram(folder)));
        Path own = data.toAbsolutePath().resolve("native").resolve(ownName());
        places.add(own);
        List<String> failed = new ArrayList<>();
        for (Path place : places) {
            try {
                unpack(packed, place);
                link.accept(place);
                if (place.equals(own)) {
                    removeOthers(own);
                }
                return place;
            } catch (IOException | UnsatisfiedLinkError e) {
                failed.add(place + " (" + reason(e, place) + ")");
            }
        }
        throw new StoreException(
                "SQLite's library can be loaded from neither place: "
                        + String.join(", ", failed)
                        + "; make one of these folders writable and not noexec, or put the file there"
                        + " (it is in the sqlite-jdbc jar)");
    }

    /// Where the build puts it, too.
    static Path inProgram(Path folder) {
        return folder.resolve("sqlite-" + SQLiteJDBCLoader.getVersion())
                .resolve(LibraryLoaderUtil.getNativeLibResourcePath().substring(1))
                .resolve(LibraryLoaderUtil.getNativeLibName());
    }

    /// A data folder may be used from several machines, one after the other.
    private static String ownName() {
        String system =
                LibraryLoaderUtil.getNativeLibResourcePath()
                        .replace("/org/sqlite/native/", "")
                        .replace('/', '-');
        return "sqlite-"
                + SQLiteJDBCLoader.getVersion()
                + "-"
                + system
                + "-"
                + LibraryLoaderUtil.getNativeLibName();
    }

    private static URL packed() throws StoreException {
        String resource =
                LibraryLoaderUtil.getNativeLibResourcePath()
                        + "/"
                        + LibraryLoaderUtil.getNativeLibName();
        URL packed = SQLiteJDBCLoader.class.getResource(resource);
        if (packed == null) {
            throw new StoreException(
                    "there is no SQLite for this system ("
                            + resource
                            + " is not in the sqlite-jdbc jar); name the folder of one with"
                            + " HOLDFAST_JAVA_OPTS=-D"
                            + PATH
                            + "=DIR");
        }
        return packed;
    }

    /// Puts the library in a place unless it is there and whole. Several processes may do so at
    /// once, and any of them may be killed: they share one file for what is not whole yet, and only
    /// who has that locked writes to it.
    private static synchronized void unpack(URL packed, Path place) throws IOException {
        long length = packed.openConnection().getContentLengthLong();
        if (isWhole(place, length)) {
            return;
        }
        Path folder = Objects.requireNonNull(place.getParent());
        Files.createDirectories(folder);
        Path part = folder.resolve(place.getFileName() + ".part");
        try (FileChannel channel =
                        FileChannel.open(
                                part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            if (isWhole(place, length)) {
                return; // another process was first, and this is its file
            }
            channel.truncate(0);
            try (InputStream in = packed.openStream()) {
                in.transferTo(Channels.newOutputStream(channel));
            }
            channel.force(true);
            move(part, place);
        }
        force(folder);
    }

    private static boolean isWhole(Path place, long length) throws IOException {
        return Files.isRegularFile(place) && Files.size(place) == length;
    }

    private static void move(Path part, Path place) throws IOException {
        try {
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, place, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void force(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notHere) {
            // Windows opens no folders. What is lost is unpacked again.
        }
    }

    @SuppressWarnings("restricted") // to load native code is what this class is for
    private static void link(Path place) {
        System.load(place.toString());
    }

    /// What earlier versions left.
    private static void removeOthers(Path own) throws IOException {
        try (Stream<Path> files = Files.list(Objects.requireNonNull(own.getParent()))) {
            for (Path file : files.filter(file -> !file.equals(own)).toList()) {
                Files.delete(file);
            }
        }
    }

    /// Why it would not do: the system's words, without the path that is told anyway.
    private static String reason(Throwable failure, Path place) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        String said =
                failure instanceof FileSystemException refused && refused.getReason() != null
                        ? refused.getReason()
                        : String.valueOf(failure.getMessage());
        return said.replace(place + ": ", "").strip();
    }

    /// The folder of the jar a class is in; none for classes that lie in folders, as in a build.
    static Optional<Path> beside(@Nullable CodeSource source) {
        URL jar = source == null ? null : source.getLocation();
        if (jar == null || !jar.getPath().endsWith(".jar")) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Path.of(jar.toURI()).getParent());
        } catch (URISyntaxException | IllegalArgumentException odd) {
            return Optional.empty();
        }
    }
}

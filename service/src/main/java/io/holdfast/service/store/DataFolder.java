package io.holdfast.service.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder everything durable is in, held by one process at a time.
///
/// The lock is the operating system's, on a file of its own: it ends with the process, however the
/// process ends.
final class DataFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);

    private static final String SQLITE = "holdfast.db";
    private static final String OWNER_ONLY = "rw-------";

    private final Path folder;
    private final FileChannel lock;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /// Makes the folder if it is missing, and takes it.
    static DataFolder take(Path folder) throws StoreException {
        try {
            boolean made = !Files.isDirectory(folder);
            if (made) {
                Files.createDirectories(folder, only(folder, "rwx------"));
            }
            FileChannel lock = lock(folder);
            if (tryLock(lock) == null) {
                lock.close();
                throw StoreException.inUse(folder);
            }
            DataFolder taken = new DataFolder(folder, lock);
            if (!made) {
                warnIfOpen(folder);
            }
            return taken;
        } catch (FileAlreadyExistsException e) {
            throw new StoreException(
                    "the data folder " + folder + " is not a folder; name another with --data",
                    false,
                    e);
        } catch (IOException e) {
            throw cannotUse(folder, e);
        }
    }

    static StoreException cannotUse(Path folder, IOException e) {
        return new StoreException(
                "cannot use the data folder "
                        + folder
                        + " ("
                        + e
                        + "); make it writable for this user, or name another with --data",
                false,
                e);
    }

    /// The file of SQLite, which is made if it is missing.
    ///
    /// It is made before SQLite would, closed to other users: it holds hashed secrets. SQLite gives
    /// its log the same permissions.
    Path sqliteFile() throws StoreException {
        Path file = folder.resolve(SQLITE);
        try {
            if (!Files.exists(file)) {
                createOwnerOnly(file);
            }
            return file;
        } catch (IOException e) {
            throw cannotUse(folder, e);
        }
    }

    /// Who can open the file for reading can hold a lock on it, and so keep the next start from it.
    private static FileChannel lock(Path folder) throws IOException {
        Path file = folder.resolve("lock");
        FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        only(folder, OWNER_ONLY));
        try {
            restrict(file); // one that an earlier version made
        } catch (IOException e) {
            LOG.warn(
                    "{} is another user's, who can keep this service from starting ({}); remove it",
                    file,
                    e.toString());
        }
        return channel;
    }

    /// Whether SQLite has written here.
    boolean hasSqlite() {
        return Files.exists(folder.resolve(SQLITE));
    }

    Path path() {
        return folder;
    }

    void createOwnerOnly(Path file) throws IOException {
        Files.createFile(file, only(folder, OWNER_ONLY));
    }

    /// A folder that is there may be one that the operator shares on purpose: it is left as it is.
    private static void warnIfOpen(Path folder) throws IOException {
        if (!isPosix(folder)) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
        String text = PosixFilePermissions.toString(permissions);
        if (!text.endsWith("------")) {
            LOG.warn(
                    "the data folder {} is open to other users of this machine ({}); close it with:"
                            + " chmod 700 {}",
                    folder,
                    text,
                    folder);
        }
    }

    /// What a new file is made with, where files have such permissions.
    private static FileAttribute<?>[] only(Path at, String permissions) throws IOException {
        Path there = at.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return isPosix(there)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static void restrict(Path file) throws IOException {
        if (isPosix(file)
                && !PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                        .equals(OWNER_ONLY)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(OWNER_ONLY));
        }
    }

    private static boolean isPosix(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }
}

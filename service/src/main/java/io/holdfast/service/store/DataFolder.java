package io.holdfast.service.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// The folder everything durable is in, held by one process at a time.
///
/// The lock is the operating system's, on a file of its own: it ends with the process, however the
/// process ends.
final class DataFolder implements AutoCloseable {
    private final Path folder;
    private final FileChannel lock;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /// Makes the folder if it is missing, and takes it.
    static DataFolder take(Path folder) throws StoreException {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                restrict(folder, "rwx------");
            }
            FileChannel lock =
                    FileChannel.open(
                            folder.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (tryLock(lock) == null) {
                lock.close();
                throw StoreException.inUse(folder);
            }
            DataFolder taken = new DataFolder(folder, lock);
            taken.makeDatabase();
            return taken;
        } catch (FileAlreadyExistsException e) {
            throw new StoreException(
                    "the data folder " + folder + " is not a folder; name another with --data",
                    false,
                    e);
        } catch (IOException e) {
            throw new StoreException(
                    "cannot use the data folder "
                            + folder
                            + " ("
                            + e
                            + "); make it writable for this user, or name another with --data",
                    false,
                    e);
        }
    }

    Path database() {
        return folder.resolve("holdfast.db");
    }

    /// Makes the file before SQLite would, closed to other users: it holds hashed secrets. SQLite
    /// gives its log the same permissions. The folder itself may be one that the operator shares.
    private void makeDatabase() throws IOException {
        if (!Files.exists(database())) {
            Files.createFile(database());
            restrict(database(), "rw-------");
        }
    }

    private static void restrict(Path path, String permissions) throws IOException {
        if (Files.getFileAttributeView(path, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
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

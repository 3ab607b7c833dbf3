package io.holdfast.agent.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// One agent's hold on a state folder. The kernel lets go of it when the process dies, however it
/// dies, so nothing is ever left behind that a person would have to remove.
public final class StateLock implements AutoCloseable {
    private static final String FILE = "lock";

    private final Path folder;
    private final FileChannel channel;

    private StateLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    static StateLock take(Path folder) throws IOException {
        try {
            make(folder);
            return locked(folder);
        } catch (StateInUseException taken) {
            throw taken;
        } catch (IOException unusable) {
            throw new IOException(
                    "the state folder "
                            + folder
                            + " cannot be used ("
                            + reason(unusable)
                            + "); give this user a folder it can write, by state = \"...\"",
                    unusable);
        }
    }

    private static StateLock locked(Path folder) throws IOException {
        // POSIX: a process that closes any channel of a file loses its locks on it. So a file that
        // this process holds must not even be opened again.
        if (Holder.recorded(folder).filter(Holder::isThisProcess).isPresent()) {
            throw new StateInUseException(folder);
        }
        FileChannel channel =
                FileChannel.open(
                        folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = channel.tryLock() != null;
            if (taken) {
                Holder.thisProcess().record(folder);
                return new StateLock(folder, channel);
            }
            throw new StateInUseException(folder);
        } catch (OverlappingFileLockException takenByThisProcess) {
            throw new StateInUseException(folder);
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    private static void make(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (Files.exists(folder)) {
            throw new FileAlreadyExistsException(folder.toString(), null, "it is no folder");
        }
        try {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } catch (UnsupportedOperationException notPosix) {
            Files.createDirectories(folder);
        }
    }

    private static String reason(IOException fault) {
        String kind = fault.getClass().getSimpleName().replaceAll("(FileSystem)?Exception$", "");
        return kind.isEmpty()
                ? String.valueOf(fault.getMessage())
                : kind + ": " + fault.getMessage();
    }

    /// Lets go.
    @Override
    public void close() {
        try (channel) {
            Holder.erase(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException("letting go of " + folder, failed);
        }
    }
}

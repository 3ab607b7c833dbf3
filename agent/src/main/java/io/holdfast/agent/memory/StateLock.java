package io.holdfast.agent.memory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One agent's hold on a state folder. The kernel lets go of it when the process dies, however it
/// dies, so nothing is ever left behind that a person would have to remove.
public final class StateLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateLock.class);
    private static final String FILE = "lock";

    private final Path folder;
    private final FileChannel channel;
    private boolean noted;

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
        try {
            if (channel.tryLock() != null) {
                StateLock lock = new StateLock(folder, channel);
                lock.note();
                return lock;
            }
        } catch (OverlappingFileLockException takenByThisProcess) {
            throw new StateInUseException(folder);
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
        channel.close();
        throw new StateInUseException(folder);
    }

    /// Notes beside the lock whose it is, if that is not done yet. A full disk does not take the
    /// note; the lock holds without it.
    void note() {
        if (!noted) {
            try {
                Holder.thisProcess().record(folder);
                noted = true;
            } catch (IOException full) {
                LOG.debug("noting who works on {}", folder, full);
            }
        }
    }

    /// Whether the kernel lists a lock on the folder's lock file: a full disk may not have taken
    /// the note of who has it. Reads only; false where the system has no such list (proc_locks(5)).
    static boolean isHeld(Path folder) {
        try {
            Object inode = Files.getAttribute(folder.resolve(FILE), "unix:ino");
            return Files.readAllLines(Path.of("/proc/locks")).stream()
                    .anyMatch(line -> line.contains("WRITE") && line.contains(":" + inode + " "));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return false;
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

    /// What is wrong with a file, for people: the message of an exception may be the path alone.
    static String reason(IOException fault) {
        String kind = fault.getClass().getSimpleName().replaceAll("(FileSystem)?Exception$", "");
        return kind.isEmpty() || kind.equals("IO")
                ? String.valueOf(fault.getMessage())
                : kind + ": " + fault.getMessage();
    }

    /// Lets go.
    @Override
    public void close() {
        close(false);
    }

    /// @param keepsNote whether the note stays, as after a process that was killed
    void close(boolean keepsNote) {
        try (channel) {
            if (!keepsNote) {
                Holder.erase(folder);
            }
        } catch (IOException readOnly) {
            // The note of a process that is gone holds nobody up.
            LOG.debug("letting go of {}", folder, readOnly);
        }
    }
}

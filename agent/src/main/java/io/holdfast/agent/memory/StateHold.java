package io.holdfast.agent.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A running agent's hold on its state folder. A folder that cannot be written cannot be locked
/// either: a full disk, a file system mounted read-only. The agent runs all the same, by what can
/// be read, and takes the lock before the first write that is possible. Nothing is written without
/// it. For any thread.
public final class StateHold implements AutoCloseable {
    private final Path folder;
    private final boolean suspect;
    private @Nullable StateLock lock;
    private String obstacle = "";
    private boolean unwritten;
    private boolean closed;

    private StateHold(Path folder, boolean suspect) {
        this.folder = folder;
        this.suspect = suspect;
    }

    /// @throws StateInUseException if another agent has the folder
    /// @throws IOException if what is there is no folder, which no disk mends
    static StateHold on(Path folder) throws IOException {
        Optional<Holder> before = Holder.recorded(folder);
        if (before.filter(Holder::isAlive).isPresent()) {
            throw new StateInUseException(folder);
        }
        StateHold hold = new StateHold(folder, before.isPresent());
        try {
            hold.ensure();
        } catch (StateInUseException other) {
            throw other;
        } catch (IOException unusable) {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw unusable;
            }
        }
        return hold;
    }

    /// Has the lock from when this returns.
    ///
    /// @throws StateInUseException if another agent has taken it meanwhile
    /// @throws IOException if the folder cannot be written, naming it
    public synchronized void ensure() throws IOException {
        if (closed) {
            throw new IOException("the agent has let go of " + folder);
        }
        if (lock != null) {
            lock.note();
            return;
        }
        try {
            lock = StateLock.take(folder);
            obstacle = "";
        } catch (IOException unusable) {
            obstacle = String.valueOf(unusable.getMessage());
            throw unusable;
        }
    }

    /// Why the folder is not locked, for people; empty if it is.
    public synchronized String obstacle() {
        return obstacle;
    }

    /// Whether there is a sign that somebody sent what is not written down: the process before did
    /// not end in good order, or the folder cannot be written now and could not be then.
    public synchronized boolean isSuspect() {
        return suspect || lock == null;
    }

    /// Something was sent that is not on disk. If the process ends so, its note stays, and the next
    /// one knows by it that it is to ask.
    synchronized void leavesUnwritten() {
        unwritten = true;
    }

    @Override
    public synchronized void close() {
        if (!closed && lock != null) {
            lock.close(unwritten);
        }
        closed = true;
    }
}

package io.holdfast.agent.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The entries of all names, a file each, in one folder.
///
/// A file is replaced whole, never edited: written beside, forced to disk, renamed, and the folder
/// forced too. Whoever reads sees the old entry or the new one; what is neither is noticed by its
/// checksum. Not for several threads on one name.
public final class Memory {
    private static final long LONGEST = 65_536;

    private final Path folder;
    private volatile @Nullable StateHold hold;

    /// @param folder need not exist before the first [#remember]
    public Memory(Path folder) {
        this.folder = folder;
    }

    /// What one name's file says.
    public sealed interface Recall {
        record Remembered(Entry entry) implements Recall {}

        /// There is no file: nothing was ever sent, or a person had it forgotten.
        record Nothing() implements Recall {}

        /// @param file the damaged file
        /// @param why for people
        record Damaged(Path file, String why) implements Recall {}
    }

    /// Reads one name's entry.
    ///
    /// @throws NewerMemoryException if a later version of Holdfast wrote it
    /// @throws IOException if there is a file and it cannot be read
    public Recall recall(String name) throws IOException {
        Path file = file(name);
        byte[] bytes;
        try {
            if (Files.size(file) > LONGEST) {
                return new Recall.Damaged(file, "it is longer than a memory can be");
            }
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException none) {
            return new Recall.Nothing();
        }
        return switch (EntryText.read(name, bytes)) {
            case EntryText.Reading.Sound(Entry entry) -> new Recall.Remembered(entry);
            case EntryText.Reading.Damaged(String why) -> new Recall.Damaged(file, why);
            case EntryText.Reading.Newer(String version) ->
                    throw new NewerMemoryException(file, version);
        };
    }

    /// Remembers an entry; it is on disk when this returns.
    ///
    /// @throws IOException if it may not be; then the old entry, or this one, is there
    public void remember(String name, Entry entry) throws IOException {
        mayWrite();
        try {
            AtomicFile.replace(file(name), EntryText.write(name, entry));
        } catch (IOException disk) {
            String why = StateLock.reason(disk);
            throw new IOException(
                    why.contains(folder.toString()) ? why : folder + ": " + why, disk);
        }
    }

    /// Something was sent, and [#remember] could not write it.
    public void leavesUnwritten() {
        StateHold held = hold;
        if (held != null) {
            held.leavesUnwritten();
        }
    }

    /// Keeps a copy of a damaged file beside it, in place of an earlier copy.
    ///
    /// @return the copy
    public Path keepAside(Recall.Damaged damaged) throws IOException {
        mayWrite();
        Path copy = damaged.file().resolveSibling(damaged.file().getFileName() + ".damaged");
        AtomicFile.replace(copy, Files.readAllBytes(damaged.file()));
        return copy;
    }

    /// Drops one name's entry.
    ///
    /// @return whether there was one
    public boolean forget(String name) throws IOException {
        return AtomicFile.delete(file(name));
    }

    /// What a person asks the agent to do that works on this folder: a file of the name and this
    /// word.
    public enum Request {
        FORGET,
        RETRY,
        LOOK;

        private String suffix() {
            return "." + name().toLowerCase(Locale.ROOT);
        }
    }

    public void request(String name, Request what) throws IOException {
        AtomicFile.replace(file(name, what), new byte[0]);
    }

    /// Whether that was asked for and is not done yet.
    public boolean isRequested(String name, Request what) {
        return Files.exists(file(name, what));
    }

    /// The request is granted, or given up.
    public void withdraw(String name, Request what) throws IOException {
        mayWrite();
        AtomicFile.delete(file(name, what));
    }

    /// Calls `wakeUp`, from a thread of its own, soon after something was asked for, and maybe at
    /// other times.
    ///
    /// @param wakeUp must not block for long
    /// @throws IOException if this system has no watch to give; the folder must be there
    public AutoCloseable watchRequests(Runnable wakeUp) throws IOException {
        return RequestWatch.start(folder, wakeUp);
    }

    /// Forgets a name if that was asked for. The request goes last: a crash in between asks again.
    ///
    /// @return whether it was asked for
    public boolean forgetIfRequested(String name) throws IOException {
        if (!isRequested(name, Request.FORGET)) {
            return false;
        }
        mayWrite();
        forget(name);
        withdraw(name, Request.FORGET);
        return true;
    }

    /// Whether there is an entry, sound or not.
    public boolean knows(String name) {
        return Files.exists(file(name));
    }

    private Path file(String name) {
        return folder.resolve(fileName(name) + ".memory");
    }

    private Path file(String name, Request what) {
        return folder.resolve(fileName(name) + what.suffix());
    }

    /// The name itself where that is harmless on every file system; `%XX` elsewhere, as in `*`.
    private static String fileName(String name) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean harmless =
                    (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "-_.".indexOf(c) >= 0;
            plain.append(harmless ? Character.toString(c) : "%%%02x".formatted((int) c));
        }
        return plain.toString();
    }

    /// Works on the folder for one agent until the hold is closed. Where the folder cannot be
    /// written yet, it is locked before the first write.
    ///
    /// @throws StateInUseException if another agent has the folder
    /// @throws IOException if there is something else in its place
    public StateHold hold() throws IOException {
        StateHold held = StateHold.on(folder);
        hold = held;
        return held;
    }

    /// Whether an agent works on the folder by this memory.
    public boolean isHeld() {
        return hold != null;
    }

    /// Whether there is a sign that somebody sent what is not written down; see
    /// [StateHold#isSuspect].
    public boolean isSuspect() {
        StateHold held = hold;
        return held != null && held.isSuspect();
    }

    private void mayWrite() throws IOException {
        StateHold held = hold;
        if (held != null) {
            held.ensure();
        }
    }

    /// Locks the folder, made if missing, for one command.
    ///
    /// @throws StateInUseException if another one has it
    /// @throws IOException if the folder cannot be used, naming it
    public StateLock lock() throws IOException {
        return StateLock.take(folder);
    }

    /// Whether an agent works on this folder. Reads only.
    public boolean isLocked() {
        return Holder.recorded(folder).filter(Holder::isAlive).isPresent()
                || StateLock.isHeld(folder);
    }
}

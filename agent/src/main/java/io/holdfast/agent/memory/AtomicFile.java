package io.holdfast.agent.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/// Files that are there whole or not at all, also after the power fails.
final class AtomicFile {
    private AtomicFile() {}

    /// Replaces a file: written beside, forced, renamed, the folder forced.
    static void replace(Path file, byte[] content) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName() + ".new");
        try (FileChannel channel =
                FileChannel.open(
                        beside,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
        Files.move(
                beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(file);
    }

    /// @return whether it was there
    static boolean delete(Path file) throws IOException {
        boolean there = Files.deleteIfExists(file);
        if (there) {
            forceFolder(file);
        }
        return there;
    }

    private static void forceFolder(Path file) throws IOException {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            return; // opens no folder, and its file system journals the rename
        }
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}

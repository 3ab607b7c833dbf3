package io.holdfast.service.masterfile;

import io.holdfast.dns.zone.Includes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Lets a master file include files of its own folder and of folders below, symbolic links followed
/// only as far as they stay there.
///
/// Names are relative to the file that includes. So a zone that somebody else writes cannot show
/// the rest of this machine's files in its faults.
final class IncludesOfFolder implements Includes {
    private final Path top;

    /// @param top the file of the zone
    IncludesOfFolder(Path top) {
        this.top = top;
    }

    @Override
    public Included open(String name, String from) throws IOException {
        Path including = from.isEmpty() ? top : Path.of(from);
        Path file;
        try {
            file = including.resolveSibling(name).normalize();
        } catch (InvalidPathException notAName) {
            throw new IOException("this is no name of a file", notAName);
        }
        if (Path.of(name).isAbsolute()) {
            throw new IOException("name it relative to the folder of " + including);
        }
        if (!isWithin(file)) {
            throw new IOException("it is outside the folder of " + top + "; move it there");
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is not a file");
        }
        return new Included(file.toString(), Files.newBufferedReader(file, StandardCharsets.UTF_8));
    }

    private boolean isWithin(Path file) throws IOException {
        Path folder = top.toAbsolutePath().normalize().getParent();
        if (folder == null || !file.toAbsolutePath().normalize().startsWith(folder)) {
            return false;
        }
        try {
            return file.toRealPath().startsWith(folder.toRealPath());
        } catch (NoSuchFileException none) {
            throw new IOException("there is no file " + file, none);
        }
    }
}

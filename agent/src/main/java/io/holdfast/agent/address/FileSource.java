package io.holdfast.agent.address;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one address of the family in the first 64 KiB of a file that somebody else writes.
final class FileSource implements AddressSource {
    private static final Logger LOG = LoggerFactory.getLogger(FileSource.class);
    private static final int LIMIT = 64 * 1024;

    private final Path file;
    private final Family family;
    private final FolderBells bells;
    private final String text;

    FileSource(Path file, Family family, FolderBells bells, String text) {
        this.file = file;
        this.family = family;
        this.bells = bells;
        this.text = text;
    }

    @Override
    public Sighting look(@Nullable InetAddress told) {
        try (InputStream in = Files.newInputStream(file)) {
            String content = new String(in.readNBytes(LIMIT), StandardCharsets.UTF_8);
            return Reading.of(content, family, file.toString());
        } catch (NoSuchFileException e) {
            return new Sighting.Unavailable("there is no file " + file);
        } catch (IOException e) {
            return new Sighting.Unavailable("cannot read " + file + ": " + e.getMessage());
        }
    }

    /// Rings when the file is written, replaced or removed, or its folder is made, moved or
    /// removed.
    @Override
    public Watch watch(Runnable bell) {
        try {
            return bells.listen(file, bell);
        } catch (IOException e) {
            LOG.warn(
                    "{}: no events ({}); reading it from time to time instead", text, e.toString());
            return SilentWatch.INSTANCE;
        }
    }

    @Override
    public String describe() {
        return text;
    }
}

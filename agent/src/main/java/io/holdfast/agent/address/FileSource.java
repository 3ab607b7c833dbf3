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
    private final FileWatcher watcher;
    private final String text;

    FileSource(Path file, Family family, FileWatcher watcher, String text) {
        this.file = file;
        this.family = family;
        this.watcher = watcher;
        this.text = text;
    }

    @Override
    public Observation look(@Nullable InetAddress sent) {
        try (InputStream in = Files.newInputStream(file)) {
            String content = new String(in.readNBytes(LIMIT), StandardCharsets.UTF_8);
            return Reading.of(content, family, file.toString());
        } catch (NoSuchFileException e) {
            return new Observation.Unavailable("there is no file " + file);
        } catch (IOException e) {
            return new Observation.Unavailable("cannot read " + file + ": " + e.getMessage());
        }
    }

    /// Signals when the file is written, replaced or removed, or its folder is made, moved or
    /// removed.
    @Override
    public Watch watch(Runnable onChange) {
        try {
            return watcher.listen(file, onChange);
        } catch (IOException e) {
            LOG.warn(
                    "{}: no events ({}); reading it from time to time instead", text, e.toString());
            return NoEvents.INSTANCE;
        }
    }

    @Override
    public Pace pace() {
        return Pace.ofEvents();
    }

    @Override
    public String describe() {
        return text;
    }
}

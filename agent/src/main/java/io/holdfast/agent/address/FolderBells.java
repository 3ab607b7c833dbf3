package io.holdfast.agent.address;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import io.holdfast.agent.address.AddressSource.Watch;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One watch service for however many files: a system gives a user only a hundred or so. It is open
/// while anybody listens.
final class FolderBells {
    private static final Logger LOG = LoggerFactory.getLogger(FolderBells.class);

    private final List<Listening> listeners = new CopyOnWriteArrayList<>();
    private @Nullable WatchService service;

    /// Rings when the file has become another one, or has gone.
    ///
    /// @throws IOException its folder cannot be watched
    synchronized Watch listen(Path file, Runnable bell) throws IOException {
        WatchService open = service == null ? file.getFileSystem().newWatchService() : service;
        Path parent = file.toAbsolutePath().getParent();
        Path folder = parent == null ? file : parent;
        WatchKey key;
        try {
            key = folder.register(open, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
        } catch (IOException e) {
            if (service == null) {
                open.close();
            }
            throw e;
        }
        if (service == null) {
            service = open;
            Thread.ofVirtual().name("file-events").start(() -> take(open));
        }
        Listening listening = new Listening(key, file, bell);
        listeners.add(listening);
        return listening;
    }

    private void take(WatchService service) {
        try {
            while (true) {
                WatchKey key = service.take();
                key.pollEvents(); // which of its files it was, each listener finds out
                key.reset();
                for (Listening listening : listeners) {
                    if (listening.key.equals(key)) {
                        listening.ringIfNew();
                    }
                }
            }
        } catch (ClosedWatchServiceException e) {
            LOG.debug("nobody watches a file any more");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void leave(Listening listening) {
        listeners.remove(listening);
        if (listeners.stream().noneMatch(other -> other.key.equals(listening.key))) {
            listening.key.cancel();
        }
        if (listeners.isEmpty() && service != null) {
            try {
                service.close();
            } catch (IOException e) {
                LOG.warn("closing the watch of files: {}", e.toString());
            }
            service = null;
        }
    }

    private final class Listening implements Watch {
        /// Of the file at the end of links, so that a folder of links that is switched counts, too.
        private record State(FileTime modified, long size, @Nullable Object identity) {}

        private final WatchKey key;
        private final Path file;
        private final Runnable bell;
        private @Nullable State last;

        Listening(WatchKey key, Path file, Runnable bell) {
            this.key = key;
            this.file = file;
            this.bell = bell;
            this.last = state();
        }

        void ringIfNew() {
            State now = state();
            if (now == null ? last != null : !now.equals(last)) {
                last = now;
                try {
                    bell.run();
                } catch (RuntimeException e) {
                    LOG.error("a watcher of {} failed; the others go on", file, e);
                }
            }
        }

        private @Nullable State state() {
            try {
                BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
                return new State(found.lastModifiedTime(), found.size(), found.fileKey());
            } catch (IOException e) {
                LOG.debug("{} cannot be seen now: {}", file, e.toString());
                return null;
            }
        }

        /// False once the folder itself has gone.
        @Override
        public boolean rings() {
            return key.isValid();
        }

        @Override
        public void close() {
            leave(this);
        }
    }
}

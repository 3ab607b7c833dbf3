package io.holdfast.agent.address;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import io.holdfast.agent.address.AddressSource.Watch;
import io.holdfast.runtime.PerpetualLoop;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One watch service for however many files: a system gives a user only a hundred or so. It is open
/// while anybody listens.
///
/// The kernel watches folders that are there. So for each file its folder is watched, and the one
/// above, which tells when the folder is removed, moved away or made again; while the folder is not
/// there, the nearest one above that is.
final class FileWatcher {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatcher.class);

    /// How often the folders above a file may change while it is begun to be watched.
    private static final int MOST_TRIES = 20;

    private final List<Listening> listeners = new CopyOnWriteArrayList<>();
    private @Nullable WatchService service;

    /// Signals when the file has become another one, or has gone, or its folder has.
    ///
    /// @throws IOException nothing can be watched
    synchronized Watch listen(Path file, Runnable onChange) throws IOException {
        WatchService open = service == null ? file.getFileSystem().newWatchService() : service;
        Listening listening;
        try {
            listening = new Listening(open, file.toAbsolutePath(), onChange);
            listening.anchor();
            if (service == null) {
                PerpetualLoop loop =
                        new PerpetualLoop(
                                () -> take(open),
                                fault -> LOG.error("watching files failed; going on", fault));
                Thread.ofVirtual().name("file-events").start(loop);
            }
        } catch (IOException | RuntimeException | Error e) {
            if (service == null) {
                open.close();
            }
            throw e;
        }
        service = open;
        listeners.add(listening);
        return listening;
    }

    private boolean take(WatchService service) throws InterruptedException {
        WatchKey key;
        try {
            key = service.take();
        } catch (ClosedWatchServiceException e) {
            LOG.debug("nobody watches a file any more");
            return false;
        }
        List<WatchEvent<?>> events = key.pollEvents();
        boolean _ = key.reset();
        for (Listening listening : listeners) {
            listening.hear(key, events);
        }
        return true;
    }

    private synchronized void leave(Listening listening) {
        listeners.remove(listening);
        if (listeners.isEmpty() && service != null) {
            try {
                service.close();
            } catch (IOException e) {
                LOG.warn("closing the watch of files: {}", e.toString());
            }
            service = null;
        } else {
            forget(listening.folderKey);
            forget(listening.aboveKey);
        }
    }

    private void forget(@Nullable WatchKey key) {
        if (key != null && listeners.stream().noneMatch(other -> other.uses(key))) {
            key.cancel();
        }
    }

    private final class Listening implements Watch {
        /// Of the file at the end of links, so that a folder of links that is switched counts, too.
        private record State(FileTime modified, long size, @Nullable Object identity) {}

        private final WatchService service;
        private final Path file;
        private final Runnable onChange;
        private @Nullable State last;

        /// The nearest folder above the file that was there at the last look.
        private Path folder;

        private volatile @Nullable WatchKey folderKey;
        private volatile @Nullable WatchKey aboveKey;

        Listening(WatchService service, Path file, Runnable onChange) {
            this.service = service;
            this.file = file;
            this.onChange = onChange;
            this.folder = file;
            this.last = state();
        }

        boolean uses(WatchKey key) {
            return key.equals(folderKey) || key.equals(aboveKey);
        }

        void hear(WatchKey key, List<WatchEvent<?>> events) {
            if (!uses(key)) {
                return;
            }
            boolean moved =
                    !key.isValid()
                            || !folder.equals(file.getParent())
                            || (!key.equals(folderKey) && events.stream().anyMatch(this::isFolder));
            if (moved) {
                follow();
            }
            if (moved || key.equals(folderKey)) {
                signalIfChanged();
            }
        }

        private boolean isFolder(WatchEvent<?> event) {
            return event.context() == null // more events than were kept
                    || Objects.equals(event.context(), folder.getFileName());
        }

        private void follow() {
            synchronized (FileWatcher.this) {
                WatchKey before = folderKey;
                WatchKey above = aboveKey;
                try {
                    anchor();
                } catch (IOException e) {
                    LOG.warn(
                            "{}: no events any more ({}); reading it from time to time instead",
                            file,
                            e.toString());
                } catch (ClosedWatchServiceException e) {
                    LOG.debug("{} is watched no more", file);
                }
                forget(before);
                forget(above);
            }
        }

        /// Watches what is there now. What comes or goes meanwhile makes it try again.
        void anchor() throws IOException {
            for (int tries = 0; tries < MOST_TRIES; tries++) {
                Path next = nearest();
                try {
                    WatchKey key = next.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
                    folder = next;
                    folderKey = key;
                    aboveKey = above(next);
                } catch (IOException e) {
                    if (Files.isDirectory(next)) {
                        throw e;
                    }
                }
                if (nearest().equals(folder)) {
                    return;
                }
            }
            throw new IOException("the folders above it change all the time");
        }

        /// The nearest folder above the file that is there; the root of its file system at least.
        private Path nearest() {
            Path next = file;
            for (Path up = file.getParent(); up != null; up = up.getParent()) {
                next = up;
                if (Files.isDirectory(up)) {
                    return up;
                }
            }
            return next;
        }

        /// Null where it cannot be watched; then the folder's own events have to do.
        private @Nullable WatchKey above(Path folder) {
            Path parent = folder.getParent();
            try {
                return parent == null
                        ? null
                        : parent.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
            } catch (IOException e) {
                LOG.debug("{} cannot be watched: {}", parent, e.toString());
                return null;
            }
        }

        private void signalIfChanged() {
            State now = state();
            if (now == null ? last != null : !now.equals(last)) {
                last = now;
                try {
                    onChange.run();
                } catch (RuntimeException | Error e) {
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

        /// False if neither its folder nor one above can be watched any more.
        @Override
        public boolean hasEvents() {
            WatchKey key = folderKey;
            return key != null && key.isValid();
        }

        @Override
        public void close() {
            leave(this);
        }
    }
}

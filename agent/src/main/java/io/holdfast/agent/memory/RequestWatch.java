package io.holdfast.agent.memory;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;

import io.holdfast.runtime.PerpetualLoop;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears when something is put into the state folder: maybe a request of a person.
final class RequestWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RequestWatch.class);

    private final WatchService service;
    private final PerpetualLoop loop;
    private final Runnable wakeUp;

    private RequestWatch(WatchService service, Runnable wakeUp) {
        this.service = service;
        this.wakeUp = wakeUp;
        this.loop =
                new PerpetualLoop(
                        this::waitOnce,
                        fault -> LOG.warn("watching the state folder: {}; going on", fault, fault));
    }

    /// @param wakeUp called on a thread of the watch
    /// @throws IOException if the system has no watch to give
    static RequestWatch start(Path folder, Runnable wakeUp) throws IOException {
        WatchService service = folder.getFileSystem().newWatchService();
        try {
            folder.register(service, ENTRY_CREATE);
            RequestWatch watch = new RequestWatch(service, wakeUp);
            Thread.ofPlatform().daemon().name("state-folder").start(watch.loop);
            return watch;
        } catch (IOException | RuntimeException | Error failed) {
            service.close();
            throw failed;
        }
    }

    private boolean waitOnce() throws InterruptedException {
        try {
            WatchKey key = service.take();
            key.pollEvents(); // which of the names it is, the names find out
            boolean goesOn = key.reset();
            wakeUp.run();
            return goesOn; // not if the folder itself has gone
        } catch (ClosedWatchServiceException closed) {
            return false;
        }
    }

    @Override
    public void close() {
        loop.close();
        try {
            service.close();
        } catch (IOException failed) {
            LOG.debug("closing the watch of the state folder", failed);
        }
    }
}

package io.holdfast.service.transfer;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The timer of the running service: a virtual thread for each task, which waits, and may wait for
/// other things then.
final class Background implements Timer, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @Override
    public void after(Duration delay, Runnable task) {
        try {
            threads.execute(() -> runAfter(delay, task));
        } catch (RejectedExecutionException closed) {
            LOG.debug("not done any more: the service is stopping");
        }
    }

    /// What is under way is interrupted.
    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static void runAfter(Duration delay, Runnable task) {
        try {
            Thread.sleep(delay);
            task.run();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error bug) {
            LOG.error("a secondary is not looked after until there is a new version", bug);
        }
    }
}

package io.holdfast.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Keeps the process alive for what runs in it, until a signal (SIGTERM, SIGINT, and SIGHUP unless
/// [HangupSignal] gives it another meaning) or an interrupt ends it.
final class Foreground {
    /// Everything that runs bounds its own closing well below this; a supervisor's patience is 10
    /// s.
    private static final int MOST_SECONDS = 9;

    private Foreground() {}

    /// Says so once everything is in place, and waits.
    ///
    /// On a signal `running` is closed and the process ends with 0: being told to stop and doing so
    /// in good order is success. After an interrupt of this thread it returns; the caller closes.
    static void run(AutoCloseable running, Runnable whenReady) {
        Thread onSignal = new Thread(() -> endProcess(running), "stop");
        Runtime.getRuntime().addShutdownHook(onSignal);
        whenReady.run();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException toldToStop) {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        }
    }

    /// Runs within the JVM's shutdown, whose exit code would be the signal's.
    private static void endProcess(AutoCloseable running) {
        CountDownLatch closed = new CountDownLatch(1);
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        running.close();
                        closed.countDown();
                    } catch (Exception failed) {
                        System.err.println("holdfast: did not stop in good order: " + failed);
                    }
                });
        Runtime.getRuntime().halt(waited(closed) ? 0 : CommandErrors.COULD_NOT);
    }

    private static boolean waited(CountDownLatch closed) {
        try {
            return closed.await(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            return false;
        }
    }
}

package io.holdfast.service.http;

import io.holdfast.runtime.PerpetualLoop;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes connections that are too slow to bring a request (slowloris).
///
/// Jetty has a time-out for silence only: whoever sends an octet now and then could keep a
/// connection for hours. One look at all connections now and then finds those whose request began
/// too long ago and is still arriving, header or body. What silence there is between requests, and
/// how long an answer takes, is not its business.
final class SlowRequestReaper implements Connection.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlowRequestReaper.class);

    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private final Duration limit;
    private final Map<Connection, Arrival> arrivals = new ConcurrentHashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);

    /// @param limit how long a request may take from its first octet to its last; up to an eighth
    ///   of it, or a second, less is possible
    SlowRequestReaper(Duration limit) {
        this.limit = limit;
    }

    void start() {
        Thread.ofVirtual()
                .name("http time-outs")
                .start(new PerpetualLoop(this::reapOnce, SlowRequestReaper::failed));
    }

    @Override
    public void onOpened(Connection connection) {
        arrivals.put(connection, new Arrival(connection, System.nanoTime()));
    }

    @Override
    public void onClosed(Connection connection) {
        arrivals.remove(connection);
    }

    @Override
    public void close() {
        stopping.countDown();
    }

    /// @return false once it is closed
    private boolean reapOnce() throws InterruptedException {
        long pauseMillis = Math.clamp(limit.toMillis() / 8, 1, LONGEST_PAUSE_MILLIS);
        if (stopping.await(pauseMillis, TimeUnit.MILLISECONDS)) {
            return false;
        }
        long now = System.nanoTime();
        arrivals.forEach((connection, arrival) -> {
            if (arrival.isLate(now, limit)) {
                connection
                        .getEndPoint()
                        .close(new TimeoutException("a request took longer than " + limit));
            }
        });
        return true;
    }

    private static void failed(Throwable fault) {
        LOG.error("slow requests were not looked for; trying on", fault);
    }

    /// What a connection's counters were when we last looked. Only the reaper's thread reads it.
    private static final class Arrival {
        private final Connection connection;
        private long answered;
        private long octetsBefore;
        private long octets;
        private long quietNanos;

        Arrival(Connection connection, long nowNanos) {
            this.connection = connection;
            quietNanos = nowNanos;
        }

        /// Whether a request that began longer ago than the limit is without the end of its header,
        /// or has got more octets since the last look.
        boolean isLate(long nowNanos, Duration limit) {
            long answers = connection.getMessagesOut(); // before the headers: those are never fewer
            long headers = connection.getMessagesIn();
            long arrived = connection.getBytesIn();
            if (answers != answered || arrived == octetsBefore) {
                answered = answers;
                octetsBefore = arrived;
                octets = arrived;
                quietNanos = nowNanos;
                return false;
            }
            boolean arriving = headers == answers || arrived != octets;
            octets = arrived;
            return arriving && nowNanos - quietNanos > limit.toNanos();
        }
    }
}

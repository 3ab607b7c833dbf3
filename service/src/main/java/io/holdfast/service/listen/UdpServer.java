package io.holdfast.service.listen;

import io.holdfast.dns.answer.Answerer;
import io.holdfast.net.DatagramBatch;
import io.holdfast.runtime.PerpetualLoop;
import io.holdfast.runtime.RateLimitedLog;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;

/// Answers what comes to one UDP socket, on one thread, until the socket is closed. Nothing that
/// comes ends the thread. Answering plain questions allocates nothing and locks nothing between
/// batches.
final class UdpServer implements Runnable {
    private final DatagramBatch socket;
    private final Replier replier;
    private final UdpExchanges exchanges;
    private final TrafficCounters counters;
    private final RateLimitedLog faults;
    private final InstantSource clock;
    private final ReplyCounts counts = new ReplyCounts();
    private final byte[] client = new byte[16];
    private final byte[] query = new byte[DatagramBatch.MAX_LENGTH];
    private final byte[] reply = new byte[DatagramBatch.MAX_LENGTH];

    UdpServer(
            DatagramBatch socket,
            Replier replier,
            UdpExchanges exchanges,
            TrafficCounters counters,
            RateLimitedLog faults,
            InstantSource clock) {
        this.socket = socket;
        this.replier = replier;
        this.exchanges = exchanges;
        this.counters = counters;
        this.faults = faults;
        this.clock = clock;
    }

    @Override
    public void run() {
        new PerpetualLoop(this::serveBatch, this::failed, Closing.PAUSE_AFTER_FAILURE).run();
    }

    private void failed(Throwable fault) {
        faults.warn("UDP " + socket.address() + ": cannot receive or send; trying on", fault);
    }

    /// @return false once the socket is closed
    private boolean serveBatch() throws IOException {
        int received = socket.receive();
        if (received < 0) {
            return false;
        }
        long nowSeconds = clock.millis() / 1_000;
        int replies = 0;
        for (int i = 0; i < received; i++) {
            int asked = socket.read(i, query);
            int length = answer(i, asked, nowSeconds);
            if (length > 0) {
                counts.count(reply);
                socket.reply(i, reply, length);
                replies++;
            } else if (length == Answerer.TO_HANDLER) {
                exchanges.begin(Arrays.copyOf(query, asked), socket.returnPath(i));
            }
        }
        int refused = socket.send();
        counters.udpQueries.add(received);
        counters.udpReplies.add(replies - refused);
        counters.take(counts);
        return true;
    }

    private int answer(int i, int length, long nowSeconds) {
        try {
            socket.peerAddress(i, client);
            return replier.answer(
                    query, length, reply, Answerer.Transport.DATAGRAM, client, nowSeconds);
        } catch (RuntimeException | Error e) {
            // A fault of ours costs this query, never the thread: that would silence the share of
            // all clients that this socket serves.
            counters.failures.increment();
            faults.warn(UnansweredQuery.text(socket.peer(i), query, length), e);
            return Answerer.DROP;
        }
    }
}

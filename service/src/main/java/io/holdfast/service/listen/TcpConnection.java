package io.holdfast.service.listen;

import static java.net.StandardSocketOptions.TCP_NODELAY;

import io.holdfast.dns.answer.ClientRange;
import io.holdfast.runtime.RateLimitedLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// One client over TCP: each message has its length before it, in two octets (RFC 1035 §4.2.2); any
/// number of queries. Plain questions are answered at once and in their order; what is left to
/// others is answered whenever they are ready (RFC 7766 §6.2.1.1, §7).
///
/// The thread blocks; whoever patrols the deadlines closes the channel under it.
final class TcpConnection {
    private static final int FIRST_ROOM = 512;
    private static final int MOST_ROOM = TcpReplies.PREFIX + 0xFFFF;

    private final SocketChannel channel;
    private final InetSocketAddress peer;
    private final byte[] client;
    private final ReplierPool workers;
    private final TrafficCounters counters;
    private final TcpReplies replies;
    private final TcpExchanges exchanges;

    /// What has come and has not been answered yet; from 0 to its position.
    private ByteBuffer in = ByteBuffer.allocate(FIRST_ROOM);

    TcpConnection(
            SocketChannel channel,
            InetSocketAddress peer,
            TcpLimits limits,
            ReplierPool workers,
            ExchangeHandler handler,
            TrafficCounters counters,
            RateLimitedLog faults) {
        this.channel = channel;
        this.peer = peer;
        client = ClientRange.mapped(peer.getAddress().getAddress());
        this.workers = workers;
        this.counters = counters;
        replies = new TcpReplies(channel, limits, counters);
        exchanges = new TcpExchanges(replies, peer, handler, counters, faults);
    }

    /// Answers until the client leaves or is too slow; every exchange has ended then.
    void serve() {
        try (channel) {
            channel.setOption(TCP_NODELAY, true);
            answerUntilNoMoreCome();
            exchanges.end(); // who says nothing more may still wait for these
        } catch (IOException | InterruptedException e) {
            // The client is gone, or was cut off: there is nobody left to tell.
            close();
            exchanges.end();
        }
    }

    /// @param nowNanos of [System#nanoTime]
    boolean isLate(long nowNanos) {
        return replies.areLate(nowNanos, exchanges.areUnderWay());
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            return; // it was broken before; the serving thread sees it closed all the same
        }
    }

    private void answerUntilNoMoreCome() throws IOException, InterruptedException {
        while (channel.read(in) >= 0) {
            in.flip();
            while (hasWholeMessage()) {
                answer(nextMessage());
            }
            in.compact();
            makeRoom();
        }
    }

    private void answer(byte[] query) throws IOException, InterruptedException {
        counters.tcpQueries.increment();
        switch (workers.answer(query, peer, client)) {
            case ReplierPool.Answer.Reply(ByteBuffer framed) -> replies.write(framed);
            case ReplierPool.Answer.None _ -> replies.idleFromNow();
            case ReplierPool.Answer.ToHandler _ -> exchanges.begin(query);
        }
    }

    private boolean hasWholeMessage() {
        int prefix = TcpReplies.PREFIX;
        return in.remaining() >= prefix && in.remaining() >= prefix + announced(in.position());
    }

    private byte[] nextMessage() {
        byte[] message = new byte[announced(in.position())];
        in.position(in.position() + TcpReplies.PREFIX).get(message);
        return message;
    }

    /// Grows with what has really come, not with what is announced: an announcement costs nothing.
    private void makeRoom() {
        if (!in.hasRemaining()) {
            int room = Math.min(in.capacity() * 2, MOST_ROOM);
            in = ByteBuffer.allocate(room).put(in.flip());
        }
    }

    private int announced(int at) {
        return in.getShort(at) & 0xFFFF;
    }
}

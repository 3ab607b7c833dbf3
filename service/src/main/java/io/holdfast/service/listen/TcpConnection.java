package io.holdfast.service.listen;

import static java.net.StandardSocketOptions.TCP_NODELAY;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// One client over TCP: each message has its length before it, in two octets (RFC 1035 §4.2.2); any
/// number of queries, answered in their order, which RFC 7766 §6.2.1.1 allows.
///
/// The thread blocks; whoever patrols the deadlines closes the channel under it.
final class TcpConnection {
    private static final int PREFIX = 2;
    private static final int FIRST_ROOM = 512;
    private static final int MOST_ROOM = PREFIX + 0xFFFF;

    private final SocketChannel channel;
    private final InetSocketAddress peer;
    private final TcpLimits limits;
    private final TcpDesks desks;
    private final Meters meters;
    private volatile long deadlineNanos;

    /// What has come and has not been answered yet; from 0 to its position.
    private ByteBuffer in = ByteBuffer.allocate(FIRST_ROOM);

    TcpConnection(
            SocketChannel channel,
            InetSocketAddress peer,
            TcpLimits limits,
            TcpDesks desks,
            Meters meters) {
        this.channel = channel;
        this.peer = peer;
        this.limits = limits;
        this.desks = desks;
        this.meters = meters;
        deadlineNanos = System.nanoTime() + limits.idle().toNanos();
    }

    /// Answers until the client leaves or is too slow.
    void serve() {
        try (channel) {
            channel.setOption(TCP_NODELAY, true);
            while (channel.read(in) >= 0) {
                in.flip();
                while (hasWholeMessage()) {
                    answer(nextMessage());
                }
                in.compact();
                makeRoom();
            }
        } catch (IOException | InterruptedException e) {
            // The client is gone, or was cut off: there is nobody left to tell.
            return;
        }
    }

    /// @param nowNanos of [System#nanoTime]
    boolean isLate(long nowNanos) {
        return nowNanos - deadlineNanos > 0;
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            return; // it was broken before; the serving thread sees it closed all the same
        }
    }

    private void answer(byte[] query) throws IOException, InterruptedException {
        meters.tcpQueries.increment();
        ByteBuffer reply = desks.answer(query, peer);
        if (reply.hasRemaining()) {
            deadlineNanos = System.nanoTime() + limits.write().toNanos();
            while (reply.hasRemaining()) {
                channel.write(reply);
            }
            meters.tcpReplies.increment();
        }
        deadlineNanos = System.nanoTime() + limits.idle().toNanos();
    }

    private boolean hasWholeMessage() {
        return in.remaining() >= PREFIX && in.remaining() >= PREFIX + announced(in.position());
    }

    private byte[] nextMessage() {
        byte[] message = new byte[announced(in.position())];
        in.position(in.position() + PREFIX).get(message);
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

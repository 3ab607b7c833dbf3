package io.holdfast.service.listen;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;

/// The way back to one client over TCP, for the connection's own thread and those of its exchanges:
/// one reply after the other, each whole, and each with a deadline of its own.
final class TcpReplies {
    /// Octets of length before each message (RFC 1035 §4.2.2).
    static final int PREFIX = 2;

    private static final int LONGEST = 0xFFFF;

    private final SocketChannel channel;
    private final TcpLimits limits;
    private final TrafficCounters counters;

    /// Fair: a zone transfer must not keep the answers to plain questions waiting.
    private final ReentrantLock writing = new ReentrantLock(true);

    private volatile boolean underWay;
    private volatile long writtenByNanos;
    private volatile long idleUntilNanos;

    TcpReplies(SocketChannel channel, TcpLimits limits, TrafficCounters counters) {
        this.channel = channel;
        this.limits = limits;
        this.counters = counters;
        idleFromNow();
    }

    /// A message with its length before it, in memory of its own.
    ///
    /// @throws IllegalArgumentException if it is longer than 65,535 octets
    static ByteBuffer framed(byte[] message, int length) {
        if (length > LONGEST) {
            throw new IllegalArgumentException(length + " octets are no DNS message");
        }
        return ByteBuffer.allocate(PREFIX + length)
                .putShort((short) length)
                .put(message, 0, length)
                .flip();
    }

    /// Waits for its turn, and until the client has taken the reply or was too slow.
    ///
    /// @param framed one message, as [#framed] gives it
    /// @throws IOException if the client is gone, or was cut off
    void write(ByteBuffer framed) throws IOException {
        writing.lock();
        try {
            writtenByNanos = System.nanoTime() + limits.write().toNanos();
            underWay = true;
            while (framed.hasRemaining()) {
                channel.write(framed);
            }
            counters.tcpReplies.increment();
            idleFromNow();
        } finally {
            underWay = false;
            writing.unlock();
        }
    }

    /// The client did something, or we did: only now the idle time begins.
    void idleFromNow() {
        idleUntilNanos = System.nanoTime() + limits.idle().toNanos();
    }

    /// @param nowNanos of [System#nanoTime]
    /// @param busy whether the client waits for us
    boolean areLate(long nowNanos, boolean busy) {
        if (underWay) {
            return nowNanos - writtenByNanos > 0;
        }
        return !busy && nowNanos - idleUntilNanos > 0;
    }
}

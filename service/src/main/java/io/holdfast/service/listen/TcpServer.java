package io.holdfast.service.listen;

import io.holdfast.runtime.PerpetualLoop;
import io.holdfast.runtime.RateLimitedLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/// Accepts connections on one TCP socket, a virtual thread for each, and ends those that are slower
/// than the limits allow.
final class TcpServer implements AutoCloseable {
    private static final long LONGEST_PATROL_MILLIS = 500;

    private final ServerSocketChannel socket;
    private final TcpLimits limits;
    private final ConnectionLimiter connectionLimiter;
    private final ReplierPool workers;
    private final ExchangeHandler handler;
    private final TrafficCounters counters;
    private final RateLimitedLog faults;
    private final Closing closing;
    private final Executor threads;
    private final Set<TcpConnection> connections = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;
    private final Thread reaper;

    TcpServer(
            ServerSocketChannel socket,
            TcpLimits limits,
            ConnectionLimiter connectionLimiter,
            ReplierPool workers,
            ExchangeHandler handler,
            TrafficCounters counters,
            RateLimitedLog faults,
            Closing closing) {
        this(
                socket,
                limits,
                connectionLimiter,
                workers,
                handler,
                counters,
                faults,
                closing,
                task -> Thread.ofVirtual().name("dns tcp").start(task));
    }

    /// @param threads starts a thread for each connection
    TcpServer(
            ServerSocketChannel socket,
            TcpLimits limits,
            ConnectionLimiter connectionLimiter,
            ReplierPool workers,
            ExchangeHandler handler,
            TrafficCounters counters,
            RateLimitedLog faults,
            Closing closing,
            Executor threads) {
        this.threads = threads;
        this.socket = socket;
        this.limits = limits;
        this.connectionLimiter = connectionLimiter;
        this.workers = workers;
        this.handler = handler;
        this.counters = counters;
        this.faults = faults;
        this.closing = closing;
        String name = "dns tcp " + socket.socket().getLocalSocketAddress();
        acceptor =
                Thread.ofVirtual()
                        .name(name)
                        .unstarted(
                                new PerpetualLoop(
                                        this::acceptOne,
                                        this::acceptFailed,
                                        Closing.PAUSE_AFTER_FAILURE));
        reaper =
                Thread.ofVirtual()
                        .name(name + " time-outs")
                        .unstarted(new PerpetualLoop(this::patrolOnce, this::patrolFailed));
    }

    void start() {
        acceptor.start();
        reaper.start();
    }

    /// @return false once the socket is closed
    private boolean acceptOne() throws IOException {
        try {
            admit(socket.accept());
            return true;
        } catch (ClosedChannelException e) {
            return socket.isOpen(); // a client may have gone before it was let in
        }
    }

    private void acceptFailed(Throwable fault) {
        // Out of file descriptors or threads, most likely: connections that end will free some.
        faults.warn("TCP " + socket + ": cannot accept a connection; trying on", fault);
    }

    private void admit(SocketChannel channel) throws IOException {
        boolean served = false;
        try {
            served = isServed(channel);
        } finally {
            if (!served) {
                channel.close();
            }
        }
    }

    private boolean isServed(SocketChannel channel) throws IOException {
        InetSocketAddress peer = (InetSocketAddress) channel.getRemoteAddress();
        counters.tcpConnections.increment();
        if (!connectionLimiter.enter(peer.getAddress())) {
            counters.tcpRefused.increment();
            return false;
        }
        boolean started = false;
        try {
            TcpConnection connection =
                    new TcpConnection(channel, peer, limits, workers, handler, counters, faults);
            connections.add(connection);
            try {
                threads.execute(() -> serve(connection, peer));
                started = true;
            } finally {
                if (!started) {
                    connections.remove(connection);
                }
            }
            if (closing.hasBegun()) {
                connection.close(); // came between the closing of the others and of the door
            }
        } finally {
            if (!started) {
                connectionLimiter.leave(peer.getAddress());
            }
        }
        return true;
    }

    private void serve(TcpConnection connection, InetSocketAddress peer) {
        try {
            connection.serve();
        } catch (RuntimeException | Error e) {
            faults.warn("TCP " + peer + ": the connection ends", e);
        } finally {
            connections.remove(connection);
            connectionLimiter.leave(peer.getAddress());
        }
    }

    /// One look at all deadlines now and then covers reading, writing and idling, which blocking
    /// sockets have no time-out of their own for.
    ///
    /// @return false once the front is closed
    private boolean patrolOnce() throws InterruptedException {
        long shortest = Math.min(limits.idle().toMillis(), limits.write().toMillis());
        long pauseMillis = Math.clamp(shortest / 4, 1, LONGEST_PATROL_MILLIS);
        if (closing.beginsWithin(pauseMillis)) {
            return false;
        }
        long now = System.nanoTime();
        connections.removeIf(connection -> cutIfLate(connection, now));
        return true;
    }

    private void patrolFailed(Throwable fault) {
        faults.warn("TCP " + socket + ": time-outs were not looked after; trying on", fault);
    }

    private boolean cutIfLate(TcpConnection connection, long nowNanos) {
        boolean late = connection.isLate(nowNanos);
        if (late) {
            counters.tcpTimedOut.increment();
            connection.close();
        }
        return late;
    }

    /// Ends the accepting and every connection; a reply half sent is cut.
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            faults.warn("TCP " + socket + ": could not be closed", e);
        }
        connections.forEach(TcpConnection::close);
    }

    /// What ends after [#close]. The port is free once they did: the JDK leaves a socket open until
    /// the virtual thread that waits on it has gone.
    List<Thread> threads() {
        return List.of(acceptor, reaper);
    }
}

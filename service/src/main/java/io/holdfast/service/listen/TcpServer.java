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
    private final TcpGuests guests;
    private final TcpDesks desks;
    private final ExchangeHandler handler;
    private final Meters meters;
    private final RateLimitedLog faults;
    private final Closing closing;
    private final Executor threads;
    private final Set<TcpConnection> connections = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;
    private final Thread patrol;

    TcpServer(
            ServerSocketChannel socket,
            TcpLimits limits,
            TcpGuests guests,
            TcpDesks desks,
            ExchangeHandler handler,
            Meters meters,
            RateLimitedLog faults,
            Closing closing) {
        this(
                socket,
                limits,
                guests,
                desks,
                handler,
                meters,
                faults,
                closing,
                task -> Thread.ofVirtual().name("dns tcp").start(task));
    }

    /// @param threads starts a thread for each connection
    TcpServer(
            ServerSocketChannel socket,
            TcpLimits limits,
            TcpGuests guests,
            TcpDesks desks,
            ExchangeHandler handler,
            Meters meters,
            RateLimitedLog faults,
            Closing closing,
            Executor threads) {
        this.threads = threads;
        this.socket = socket;
        this.limits = limits;
        this.guests = guests;
        this.desks = desks;
        this.handler = handler;
        this.meters = meters;
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
        patrol =
                Thread.ofVirtual()
                        .name(name + " time-outs")
                        .unstarted(new PerpetualLoop(this::patrolOnce, this::patrolFailed));
    }

    void start() {
        acceptor.start();
        patrol.start();
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
        meters.tcpConnections.increment();
        if (!guests.enter(peer.getAddress())) {
            meters.tcpRefused.increment();
            return false;
        }
        boolean started = false;
        try {
            TcpConnection connection =
                    new TcpConnection(channel, peer, limits, desks, handler, meters, faults);
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
                guests.leave(peer.getAddress());
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
            guests.leave(peer.getAddress());
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
            meters.tcpTimedOut.increment();
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
        return List.of(acceptor, patrol);
    }
}

package io.holdfast.service.listen;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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
    private final Complaints complaints;
    private final Closing closing;
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
            Complaints complaints,
            Closing closing) {
        this.socket = socket;
        this.limits = limits;
        this.guests = guests;
        this.desks = desks;
        this.handler = handler;
        this.meters = meters;
        this.complaints = complaints;
        this.closing = closing;
        String name = "dns tcp " + socket.socket().getLocalSocketAddress();
        acceptor = Thread.ofVirtual().name(name).unstarted(this::acceptUntilClosed);
        patrol = Thread.ofVirtual().name(name + " time-outs").unstarted(this::patrolUntilClosed);
    }

    void start() {
        acceptor.start();
        patrol.start();
    }

    private void acceptUntilClosed() {
        boolean open = true;
        while (open) {
            try {
                admit(socket.accept());
            } catch (ClosedChannelException e) {
                open = false;
            } catch (IOException | RuntimeException e) {
                // Out of file descriptors, most likely: connections that end will free some.
                complaints.warn("TCP " + socket + ": cannot accept a connection; trying on", e);
                open = !closing.beginsWithin(Closing.PAUSE_AFTER_FAILURE_MILLIS);
            }
        }
    }

    private void admit(SocketChannel channel) throws IOException {
        InetSocketAddress peer = (InetSocketAddress) channel.getRemoteAddress();
        meters.tcpConnections.increment();
        if (!guests.enter(peer.getAddress())) {
            meters.tcpRefused.increment();
            channel.close();
            return;
        }
        TcpConnection connection =
                new TcpConnection(channel, peer, limits, desks, handler, meters, complaints);
        connections.add(connection);
        Thread.ofVirtual()
                .name("dns tcp " + peer)
                .start(() -> {
                    try {
                        connection.serve();
                    } finally {
                        connections.remove(connection);
                        guests.leave(peer.getAddress());
                    }
                });
        if (closing.hasBegun()) {
            connection.close(); // came between the closing of the others and of the door
        }
    }

    /// One look at all deadlines now and then covers reading, writing and idling, which blocking
    /// sockets have no time-out of their own for.
    private void patrolUntilClosed() {
        long shortest = Math.min(limits.idle().toMillis(), limits.write().toMillis());
        long pauseMillis = Math.clamp(shortest / 4, 1, LONGEST_PATROL_MILLIS);
        while (!closing.beginsWithin(pauseMillis)) {
            long now = System.nanoTime();
            connections.removeIf(connection -> cutIfLate(connection, now));
        }
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
            complaints.warn("TCP " + socket + ": could not be closed", e);
        }
        connections.forEach(TcpConnection::close);
    }

    /// What ends after [#close]. The port is free once they did: the JDK leaves a socket open until
    /// the virtual thread that waits on it has gone.
    List<Thread> threads() {
        return List.of(acceptor, patrol);
    }
}

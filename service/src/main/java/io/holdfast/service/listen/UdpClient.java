package io.holdfast.service.listen;

import io.holdfast.dns.BigEndian;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Asks from a port of its own for each message, which the system chooses at random (RFC 5452
/// §9.2).
///
/// The address it asks from is the one that this server is known by: where it listens at a single
/// address of a family, that. Where it listens at several or at all of them, the system picks one,
/// unless [#from] says which.
public final class UdpClient implements DatagramClient {
    /// So many may wait for replies at the same time; others wait for their turn.
    private static final int AT_ONCE = 200;

    private static final int LONGEST_REPLY = 4096;
    private static final int HEADER = 12;
    private static final int FLAGS = 2;
    private static final int RESPONSE = 0x8000;
    private static final int RESPONSE_AND_OPCODE = 0xF800;

    private final Semaphore turns;
    private final List<InetAddress> listeners;
    private final List<InetAddress> sources;

    /// @param listeners where this server takes questions
    public UdpClient(List<InetSocketAddress> listeners) {
        this(
                new Semaphore(AT_ONCE),
                listeners.stream().map(InetSocketAddress::getAddress).distinct().toList(),
                List.of());
    }

    private UdpClient(Semaphore turns, List<InetAddress> listeners, List<InetAddress> sources) {
        this.turns = turns;
        this.listeners = listeners;
        this.sources = sources;
    }

    @Override
    public DatagramClient from(List<InetAddress> others) {
        return new UdpClient(turns, listeners, others);
    }

    @Override
    public byte[] ask(InetSocketAddress server, byte[] message, Duration patience)
            throws IOException {
        try {
            turns.acquire();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        try (DatagramSocket socket = socketFor(server)) {
            socket.connect(server); // so that others' datagrams never get here
            socket.send(new DatagramPacket(message, message.length));
            return reply(socket, message, System.nanoTime() + patience.toNanos());
        } finally {
            turns.release();
        }
    }

    private DatagramSocket socketFor(InetSocketAddress server) throws IOException {
        Optional<InetAddress> source = source(server.getAddress());
        return source.isPresent()
                ? new DatagramSocket(new InetSocketAddress(source.get(), 0))
                : new DatagramSocket();
    }

    private Optional<InetAddress> source(InetAddress server) {
        Optional<InetAddress> said =
                sources.stream().filter(one -> isOfFamily(server, one)).findFirst();
        if (said.isPresent()) {
            return said;
        }
        List<InetAddress> known =
                listeners.stream().filter(one -> isOfFamily(server, one)).toList();
        boolean single = known.size() == 1 && !known.getFirst().isAnyLocalAddress();
        // From the loopback nothing leads away.
        return single && (!known.getFirst().isLoopbackAddress() || server.isLoopbackAddress())
                ? Optional.of(known.getFirst())
                : Optional.empty();
    }

    private static boolean isOfFamily(InetAddress one, InetAddress other) {
        return one instanceof Inet4Address == other instanceof Inet4Address;
    }

    private static byte[] reply(DatagramSocket socket, byte[] message, long untilNanos)
            throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[LONGEST_REPLY], LONGEST_REPLY);
        while (true) {
            long leftMillis = (untilNanos - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                throw new SocketTimeoutException("no reply");
            }
            socket.setSoTimeout((int) leftMillis);
            socket.receive(packet);
            byte[] reply = Arrays.copyOf(packet.getData(), packet.getLength());
            if (answers(reply, message)) {
                return reply;
            }
            packet.setLength(LONGEST_REPLY);
        }
    }

    private static boolean answers(byte[] reply, byte[] message) {
        int expected = RESPONSE | (BigEndian.u16(message, FLAGS) & RESPONSE_AND_OPCODE);
        return reply.length >= HEADER
                && BigEndian.u16(reply, 0) == BigEndian.u16(message, 0)
                && (BigEndian.u16(reply, FLAGS) & RESPONSE_AND_OPCODE) == expected;
    }
}

package io.holdfast.service.listen;

import io.holdfast.dns.BigEndian;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;

/// Asks from a port of its own for each message, which the system chooses at random (RFC 5452
/// §9.2).
public final class UdpClient implements DatagramClient {
    /// So many may wait for replies at the same time; others wait for their turn.
    private static final int AT_ONCE = 200;

    private static final int LONGEST_REPLY = 4096;
    private static final int HEADER = 12;
    private static final int FLAGS = 2;
    private static final int RESPONSE = 0x8000;
    private static final int RESPONSE_AND_OPCODE = 0xF800;

    private final Semaphore turns = new Semaphore(AT_ONCE);

    @Override
    public byte[] ask(InetSocketAddress server, byte[] message, Duration patience)
            throws IOException {
        try {
            turns.acquire();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(server); // so that others' datagrams never get here
            socket.send(new DatagramPacket(message, message.length));
            return reply(socket, message, System.nanoTime() + patience.toNanos());
        } finally {
            turns.release();
        }
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

package io.holdfast.service.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;

/// A client whose every octet the test decides.
final class TcpClient implements AutoCloseable {
    static final int PATIENCE_MILLIS = 10_000;

    final Socket socket = new Socket();

    TcpClient(InetSocketAddress server) throws IOException {
        socket.connect(server, PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    String ask(String word) throws IOException {
        send(framed(word));
        return reply();
    }

    void send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
    }

    String reply() throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] message = new byte[in.readUnsignedShort()];
        in.readFully(message);
        return new String(message, US_ASCII);
    }

    /// Whether the server ended the connection, politely or not, before it said another word.
    boolean isCutOff() throws IOException {
        try {
            reply();
            return false;
        } catch (EOFException | SocketException e) {
            return true;
        }
    }

    /// Each word with its length before it, one after the other.
    static byte[] framed(String... words) {
        ByteBuffer octets = ByteBuffer.allocate(100_000);
        for (String word : words) {
            octets.putShort((short) word.length()).put(word.getBytes(US_ASCII));
        }
        byte[] all = new byte[octets.position()];
        octets.get(0, all);
        return all;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

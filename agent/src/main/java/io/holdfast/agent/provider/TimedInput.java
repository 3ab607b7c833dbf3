package io.holdfast.agent.provider;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// A socket's input with one time-out for all of it: a server that sends an octet a minute must not
/// hold us for an hour.
final class TimedInput extends InputStream {
    private final Socket socket;
    private final InputStream in;
    private final long deadlineNanos;

    TimedInput(Socket socket, Duration whole) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.deadlineNanos = System.nanoTime() + whole.toNanos();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        long left = Duration.ofNanos(deadlineNanos - System.nanoTime()).toMillis();
        if (left <= 0) {
            throw new SocketTimeoutException("the reply took too long");
        }
        socket.setSoTimeout((int) left);
        return in.read(into, offset, length);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }
}

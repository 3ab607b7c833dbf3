package io.holdfast.agent.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/// What a socket receives, until the deadline: a server that sends an octet now and then does not
/// get more time by it.
public final class DeadlineInput extends InputStream {
    private final Socket socket;
    private final InputStream in;
    private final Deadline deadline;

    public DeadlineInput(Socket socket, Deadline deadline) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
        socket.setSoTimeout(deadline.millisLeft());
        return in.read();
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        socket.setSoTimeout(deadline.millisLeft());
        return in.read(to, offset, length);
    }
}

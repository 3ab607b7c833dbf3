package io.holdfast.service.admin;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;

/// An answer on the wire: for each call one octet for which, four for the length, the text in
/// UTF-8; at the end [#END] and the exit code. What is long, such as a list as JSON, comes in
/// parts: all but the last say [#PART].
final class Frames implements Answer {
    private static final int RESULT = 'r';
    private static final int REMARK = 'w';
    private static final int PROGRESS = 'p';
    private static final int FLUSH = 'f';
    private static final int END = 'x';
    private static final int PART = '+';

    /// In octets.
    private static final int MAX_PART = 1 << 20;

    private final DataOutputStream out;

    Frames(DataOutputStream out) {
        this.out = out;
    }

    @Override
    public void result(String line) {
        write(RESULT, line);
    }

    @Override
    public void remark(String line) {
        write(REMARK, line);
    }

    @Override
    public void progress(String state) {
        write(PROGRESS, state);
        flushOctets();
    }

    @Override
    public void flush() {
        write(FLUSH, "");
        flushOctets();
    }

    void end(int exitCode) {
        write(END, Integer.toString(exitCode));
        flushOctets();
    }

    /// Plays a whole answer.
    ///
    /// @return the exit code
    /// @throws EOFException if the service went away before the end: what was asked for may or may
    ///   not have been done
    static int replay(DataInputStream in, Answer answer) throws IOException {
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        while (true) {
            int kind = in.readUnsignedByte();
            parts.write(octets(in));
            if (kind == PART) {
                continue;
            }
            String text = parts.toString(StandardCharsets.UTF_8);
            parts.reset();
            switch (kind) {
                case RESULT -> answer.result(text);
                case REMARK -> answer.remark(text);
                case PROGRESS -> answer.progress(text);
                case FLUSH -> answer.flush();
                case END -> {
                    return Integer.parseInt(text);
                }
                default -> throw new ProtocolException("the service is of another version");
            }
        }
    }

    private static byte[] octets(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_PART) {
            throw new ProtocolException("the service is of another version");
        }
        byte[] octets = in.readNBytes(length);
        if (octets.length < length) {
            throw new EOFException();
        }
        return octets;
    }

    private void write(int kind, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        try {
            int from = 0;
            for (; octets.length - from > MAX_PART; from += MAX_PART) {
                frame(PART, octets, from, MAX_PART);
            }
            frame(kind, octets, from, octets.length - from);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void frame(int kind, byte[] octets, int from, int length) throws IOException {
        out.writeByte(kind);
        out.writeInt(length);
        out.write(octets, from, length);
    }

    private void flushOctets() {
        try {
            out.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}

package io.holdfast.service.admin;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;

/// An answer on the wire: for each call one octet for which, four for the length, the text in
/// UTF-8; at the end [#END] and the exit code.
final class Frames implements Answer {
    private static final int RESULT = 'r';
    private static final int REMARK = 'w';
    private static final int PROGRESS = 'p';
    private static final int END = 'x';

    /// Longer than any line: a record of 64 KiB in generic form, with every octet escaped.
    private static final int MAX_LINE = 1 << 20;

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
        flush();
    }

    void end(int exitCode) {
        write(END, Integer.toString(exitCode));
        flush();
    }

    /// Plays a whole answer.
    ///
    /// @return the exit code
    /// @throws EOFException if the service went away before the end: what was asked for may or may
    ///   not have been done
    static int replay(DataInputStream in, Answer answer) throws IOException {
        while (true) {
            int kind = in.readUnsignedByte();
            String text = text(in);
            switch (kind) {
                case RESULT -> answer.result(text);
                case REMARK -> answer.remark(text);
                case PROGRESS -> answer.progress(text);
                case END -> {
                    return Integer.parseInt(text);
                }
                default -> throw new ProtocolException("the service is of another version");
            }
        }
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_LINE) {
            throw new ProtocolException("the service is of another version");
        }
        byte[] octets = in.readNBytes(length);
        if (octets.length < length) {
            throw new EOFException();
        }
        return new String(octets, StandardCharsets.UTF_8);
    }

    private void write(int kind, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        try {
            out.writeByte(kind);
            out.writeInt(octets.length);
            out.write(octets);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void flush() {
        try {
            out.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}

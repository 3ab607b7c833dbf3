package io.holdfast.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/// This process's standard output. It remembers that something could not be written: what a command
/// prints may be a secret that is shown once, and whoever reads the exit code must know.
final class StandardOutput extends OutputStream {
    private final OutputStream out;
    private @Nullable IOException failure;

    StandardOutput() {
        this(new FileOutputStream(FileDescriptor.out));
    }

    StandardOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
        try {
            out.write(octets, from, length);
        } catch (IOException failed) {
            failure = failed;
            throw failed;
        }
    }

    /// Whether something was not written. Says so, unless the reader only went away early, as
    /// `head` does.
    boolean isLost(PrintWriter err) {
        if (failure == null) {
            return false;
        }
        if (!"Broken pipe".equals(failure.getMessage())) {
            err.println("holdfast: cannot write to standard output: " + failure.getMessage());
        }
        return true;
    }
}

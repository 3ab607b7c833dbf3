package io.holdfast.cli;

import io.holdfast.runtime.OutsideText;
import io.holdfast.service.admin.Answer;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// Where a command's answer goes: results to standard output, the rest to standard error, progress
/// as one line that is overwritten where a person watches, and as lines elsewhere.
final class Terminal implements Answer {
    private static final String WIPE = "\r\033[K";

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean watched;
    private boolean progressShown;

    private Terminal(PrintWriter out, PrintWriter err, boolean watched) {
        this.out = out;
        this.err = err;
        this.watched = watched;
    }

    static Terminal of(CommandSpec spec) {
        return of(spec.commandLine().getOut(), spec);
    }

    /// Results go elsewhere, such as into a file.
    static Terminal of(PrintWriter out, CommandSpec spec) {
        CommandLine command = spec.commandLine();
        boolean watched =
                Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
        return new Terminal(out, command.getErr(), watched);
    }

    @Override
    public void result(String line) {
        out.println(line);
    }

    @Override
    public void remark(String line) {
        endProgress();
        // What was typed or read may be in it, and must not give orders to the terminal.
        err.println(OutsideText.printable(line, Integer.MAX_VALUE));
    }

    /// @throws UncheckedIOException if nobody takes the results any more
    @Override
    public void flush() {
        if (out.checkError()) {
            throw new UncheckedIOException(new IOException("the output is closed"));
        }
    }

    @Override
    public void progress(String state) {
        if (watched) {
            err.print(WIPE + state);
            err.flush();
            progressShown = true;
        } else {
            err.println(state);
        }
    }

    void endProgress() {
        if (progressShown) {
            err.print(WIPE);
            err.flush();
            progressShown = false;
        }
    }
}

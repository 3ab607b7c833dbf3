package io.holdfast.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/// Where the process starts and ends.
public final class Main {
    private Main() {}

    /// Runs one command and exits with its code: 0 done, 1 could not be done, 2 wrong usage or
    /// configuration.
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = run(out, err, arguments);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /// Runs one command in this process.
    ///
    /// @param out takes results, and nothing else
    /// @param err takes everything said to a person: progress, warnings, errors, wrong usage
    /// @return the exit code
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        try {
            return commandLine(out, err).execute(arguments);
        } catch (
                Error broken) { // picocli hands on exceptions alone; threads may keep the JVM alive
            return Complaints.broken(broken, err);
        }
    }

    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return new CommandLine(new Holdfast())
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(Complaints::wrongUsage)
                .setExecutionExceptionHandler(Complaints::couldNotBeDone);
    }
}

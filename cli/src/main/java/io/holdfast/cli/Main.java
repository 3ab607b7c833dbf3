package io.holdfast.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

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

    /// Whoever asks for help on a command that is none is told so: picocli would print the help of
    /// what stands before it.
    private static int runKnown(ParseResult parsed) {
        for (ParseResult at = parsed; ; at = at.subcommand()) {
            if (!at.unmatched().isEmpty()) {
                throw new UnmatchedArgumentException(
                        at.commandSpec().commandLine(), at.unmatched());
            }
            if (!at.hasSubcommand()) {
                return new CommandLine.RunLast().execute(parsed);
            }
        }
    }

    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return new CommandLine(new Holdfast())
                .setOut(out)
                .setErr(err)
                .setExecutionStrategy(Main::runKnown)
                .setParameterExceptionHandler(Complaints::wrongUsage)
                .setExecutionExceptionHandler(Complaints::couldNotBeDone);
    }
}

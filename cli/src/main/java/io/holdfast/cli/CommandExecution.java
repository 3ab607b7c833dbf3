package io.holdfast.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// One command of a tree, from its words to its exit code: 0 done, 1 could not be done, 2 wrong
/// usage or configuration.
final class CommandExecution {
    private CommandExecution() {}

    /// Runs one command and ends the process with its code.
    static void asThisProcess(Holdfast commands, String... arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = run(commands, out, err, arguments);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /// Runs one command in this process.
    static int run(Holdfast commands, PrintWriter out, PrintWriter err, String... arguments) {
        try {
            return commandLine(commands, out, err).execute(arguments);
        } catch (
                Error broken) { // picocli hands on exceptions alone; threads may keep the JVM alive
            return Complaints.broken(broken, err);
        }
    }

    static CommandLine commandLine(Holdfast commands, PrintWriter out, PrintWriter err) {
        return new CommandLine(commands)
                .setOut(out)
                .setErr(err)
                .setExecutionStrategy(CommandExecution::runKnown)
                .setParameterExceptionHandler(Complaints::wrongUsage)
                .setExecutionExceptionHandler(Complaints::couldNotBeDone);
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
}

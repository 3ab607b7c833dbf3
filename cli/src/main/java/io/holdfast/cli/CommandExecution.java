package io.holdfast.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// One command of a tree, from its words to its exit code: 0 done, 1 could not be done, 2 wrong
/// usage or configuration.
final class CommandExecution {
    private CommandExecution() {}

    /// Runs one command and ends the process with its code.
    static void asThisProcess(Holdfast commands, String... arguments) {
        StandardOutput results = new StandardOutput();
        PrintWriter out = new PrintWriter(results, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = run(commands, out, err, arguments);
        out.flush();
        code = results.isLost(err) ? Math.max(code, CommandErrors.COULD_NOT) : code;
        err.flush();
        System.exit(code);
    }

    /// Runs one command in this process.
    static int run(Holdfast commands, PrintWriter out, PrintWriter err, String... arguments) {
        try {
            return commandLine(commands, out, err).execute(arguments);
        } catch (
                Error broken) { // picocli hands on exceptions alone; threads may keep the JVM alive
            return CommandErrors.broken(broken, err);
        }
    }

    static CommandLine commandLine(Holdfast commands, PrintWriter out, PrintWriter err) {
        return new CommandLine(commands)
                .registerConverter(Path.class, CommandExecution::path)
                .setOut(out)
                .setErr(err)
                .setExecutionStrategy(CommandExecution::runKnown)
                .setParameterExceptionHandler(CommandErrors::wrongUsage)
                .setExecutionExceptionHandler(CommandErrors::couldNotBeDone);
    }

    /// An empty one would be the working directory: a variable of a script that is not set.
    private static Path path(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("a path cannot be empty");
        }
        return Path.of(text);
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

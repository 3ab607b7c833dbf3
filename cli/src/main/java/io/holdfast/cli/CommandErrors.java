package io.holdfast.cli;

import io.holdfast.config.FaultyFileException;
import io.holdfast.runtime.OutsideText;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// How a command that fails says so: a few clear lines on standard error, and the exit code.
final class CommandErrors {
    static final int COULD_NOT = 1;
    static final int WRONG = 2;

    private CommandErrors() {}

    /// The person typed something we do not understand.
    static int wrongUsage(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        tell("holdfast: " + wrong.getMessage(), err);
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err)) {
            err.println("Usage: " + command.getHelp().synopsis(0).strip());
        }
        err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return WRONG;
    }

    private static void tell(String lines, PrintWriter err) {
        lines.lines()
                .map(line -> OutsideText.printable(line, Integer.MAX_VALUE))
                .forEach(err::println);
    }

    /// Every fault of a file, one a line.
    static void tell(FaultyFileException faulty, PrintWriter err) {
        faulty.faults().forEach(err::println);
    }

    /// The command was understood and failed.
    static int couldNotBeDone(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        return switch (failure) {
            case FaultyFileException faulty -> {
                tell(faulty, err);
                yield WRONG;
            }
            case CommandFailedException cannot -> {
                tell("holdfast: " + cannot.getMessage(), err);
                yield COULD_NOT;
            }
            default -> bug(failure, err);
        };
    }

    /// Something without which nothing can go on: a class that is missing, no memory.
    static int broken(Error error, PrintWriter err) {
        return error instanceof LinkageError ? incomplete(error, err) : bug(error, err);
    }

    private static int incomplete(Error error, PrintWriter err) {
        err.println(
                "holdfast: this installation is incomplete or mixed, or was changed while it ran ("
                        + error
                        + "); build or install it anew");
        error.printStackTrace(err);
        return COULD_NOT;
    }

    private static int bug(Throwable failure, PrintWriter err) {
        err.println("holdfast: this is a bug in Holdfast, please report it:");
        failure.printStackTrace(err);
        return COULD_NOT;
    }
}

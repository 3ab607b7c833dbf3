package io.holdfast.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/// Where the process starts and ends; the agent's does in [AgentMain].
public final class Main {
    private Main() {}

    /// Runs one command and exits with its code: 0 done, 1 could not be done, 2 wrong usage or
    /// configuration.
    public static void main(String[] arguments) {
        CommandExecution.asThisProcess(new AllCommands(), arguments);
    }

    /// Runs one command in this process.
    ///
    /// @param out takes results, and nothing else
    /// @param err takes everything said to a person: progress, warnings, errors, wrong usage
    /// @return the exit code
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return CommandExecution.run(new AllCommands(), out, err, arguments);
    }

    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return CommandExecution.commandLine(new AllCommands(), out, err);
    }
}

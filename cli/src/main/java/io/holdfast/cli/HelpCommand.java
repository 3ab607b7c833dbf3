package io.holdfast.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `holdfast help host add` is `holdfast host add --help`.
@Command(name = "help", description = "Prints what a command does, and how it is used.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class HelpCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "Which one.")
    private List<String> words = new ArrayList<>();

    @Override
    public Integer call() {
        CommandLine at = spec.commandLine().getParent();
        for (String word : words) {
            CommandLine next = at.getSubcommands().get(word);
            if (next == null) {
                throw new CommandLine.UnmatchedArgumentException(at, List.of(word));
            }
            at = next;
        }
        at.usage(spec.commandLine().getOut());
        return 0;
    }
}

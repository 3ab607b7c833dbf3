package io.holdfast.cli;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;

/// The top of a command tree; what it says of itself (help and version) holds for every command
/// below it. Which commands those are is said by [AllCommands], and by [AgentCommands] for the
/// agent's process.
@Command(
        name = "holdfast",
        description = "A fixed name for an address that moves: dynamic DNS, whole.",
        mixinStandardHelpOptions = true,
        versionProvider = Holdfast.Version.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Results go to standard output, everything else to standard error.",
            "Exit codes: 0 done, 1 could not be done, 2 wrong usage or configuration."
        })
abstract class Holdfast {

    /// The version the jar was built as.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String built = Holdfast.class.getPackage().getImplementationVersion();
            return new String[] {"holdfast " + Optional.ofNullable(built).orElse("(not packaged)")};
        }
    }
}

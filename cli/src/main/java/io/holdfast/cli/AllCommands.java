package io.holdfast.cli;

import picocli.CommandLine.Command;

/// Everything that `holdfast` can do.
@Command(
        subcommands = {
            TryCommand.class,
            ServeCommand.class,
            AccountCommand.class,
            HostCommand.class,
            KeyCommand.class,
            ZoneCommand.class,
            AgentCommand.class,
            ProvidersCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            StatusCommand.class,
            WatchCommand.class,
            VersionCommand.class,
            HelpCommand.class,
            ManualCommand.class,
            RehearseCommand.class
        })
final class AllCommands extends Holdfast {}

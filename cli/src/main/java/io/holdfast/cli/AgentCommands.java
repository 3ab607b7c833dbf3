package io.holdfast.cli;

import picocli.CommandLine.Command;

/// What the agent's process can do: `holdfast agent`, and what is below it. Nothing of the service
/// is on its class path.
@Command(subcommands = {AgentCommand.class, AgentRehearseCommand.class})
final class AgentCommands extends Holdfast {}

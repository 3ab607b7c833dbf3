package io.holdfast.cli;

import io.holdfast.agent.Agent;
import io.holdfast.agent.AgentConfig;
import io.holdfast.agent.address.Sources;
import io.holdfast.config.FaultyFileException;
import io.holdfast.service.admin.Request;
import io.holdfast.service.admin.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `holdfast status`: whether the service runs, and what it has; the agent here likewise.
@Command(
        name = "status",
        description = {
            "Prints whether the service runs and where, what it has, and what is wrong.",
            "With an agent.toml in the working directory, how that agent's names stand as well; not"
                    + " as JSON."
        })
final class StatusCommand extends AdminCommand {
    @Mixin private JsonOption json = new JsonOption();

    @Override
    Request request() {
        return in(json, Request.of(Verb.STATUS));
    }

    @Override
    public Integer call() throws FaultyFileException, CommandFailedException {
        Terminal terminal = Terminal.of(spec);
        boolean ofAgent =
                !json.isAsked()
                        && where.data().isEmpty()
                        && Files.exists(AgentOptions.USUAL_CONFIG);
        if (ofAgent) {
            tellAgent(terminal);
        }
        if (ofAgent && !Files.isDirectory(where.folder())) {
            return 0;
        }
        int code = ask(terminal);
        if (!ofAgent && !json.isAsked()) {
            terminal.result("  agent        see: holdfast agent status");
        }
        return code;
    }

    private static void tellAgent(Terminal terminal)
            throws FaultyFileException, CommandFailedException {
        try {
            var status =
                    Agent.status(
                            AgentConfig.read(
                                    AgentOptions.USUAL_CONFIG,
                                    System.getenv(),
                                    Sources.ofThisHost()),
                            InstantSource.system());
            terminal.result(status.running() ? "the agent runs" : "no agent runs");
            StatusText.of(status.names()).forEach(terminal::result);
        } catch (IOException failed) {
            throw new CommandFailedException(String.valueOf(failed.getMessage()), failed);
        }
    }
}

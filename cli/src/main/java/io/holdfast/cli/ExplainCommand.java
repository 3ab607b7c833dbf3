package io.holdfast.cli;

import io.holdfast.agent.Agent;
import io.holdfast.agent.AgentConfig;
import io.holdfast.agent.NameStatus;
import io.holdfast.agent.address.Sources;
import io.holdfast.config.FaultyFileException;
import io.holdfast.dns.HostName;
import io.holdfast.service.admin.Request;
import io.holdfast.service.admin.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `holdfast explain`: the three questions for one name, as the agent here and the service here see
/// it.
@Command(
        name = "explain",
        description = {
            "What is believed to be a name's address, why, and what happens next.",
            "Asks the service's data folder, and the agent of ./agent.toml if it keeps the name."
        })
final class ExplainCommand extends AdminCommand {
    @Parameters(paramLabel = "NAME", description = "The name.")
    private String name = "";

    @Override
    Request request() {
        return Request.of(Verb.EXPLAIN, name);
    }

    @Override
    public Integer call() throws FaultyFileException, CommandFailedException {
        Terminal terminal = Terminal.of(spec);
        Optional<NameStatus> ofAgent = ofAgent();
        ofAgent.map(StatusText::of).ifPresent(lines -> lines.forEach(terminal::result));
        boolean served = Files.isDirectory(where.folder());
        return ofAgent.isPresent() && !served ? Integer.valueOf(0) : ask(terminal);
    }

    /// How the name stands with the agent configured in the working directory, if it keeps it.
    private Optional<NameStatus> ofAgent() throws FaultyFileException, CommandFailedException {
        if (where.data().isPresent() || !Files.exists(AgentOptions.USUAL_CONFIG)) {
            return Optional.empty();
        }
        try {
            AgentConfig config =
                    AgentConfig.read(
                            AgentOptions.USUAL_CONFIG, System.getenv(), Sources.ofThisHost());
            String wanted = HostName.orOther(name).toString();
            return Agent.status(config, InstantSource.system()).names().stream()
                    .filter(status -> status.name().equals(wanted))
                    .findFirst();
        } catch (IllegalArgumentException | IOException failed) {
            throw new CommandFailedException(String.valueOf(failed.getMessage()), failed);
        }
    }
}

package io.holdfast.cli;

import io.holdfast.agent.AgentConfig;
import io.holdfast.agent.address.Sources;
import io.holdfast.config.Fault;
import io.holdfast.config.FaultyFileException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/// Which agent a command is about.
final class AgentOptions {
    static final Path USUAL_CONFIG = Path.of("agent.toml");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The agent's configuration (else ./agent.toml).")
    private Path config = USUAL_CONFIG;

    /// @param err takes the configuration's warnings
    AgentConfig configuration(PrintWriter err) throws FaultyFileException {
        try {
            AgentConfig read = AgentConfig.read(config, System.getenv(), Sources.ofThisHost());
            read.warnings().forEach(warning -> err.println("warning: " + warning));
            return read;
        } catch (NoSuchFileException missing) {
            throw unreadable("there is no such file; name the configuration with --config");
        } catch (IOException failed) {
            throw unreadable("cannot be read: " + failed);
        }
    }

    private FaultyFileException unreadable(String why) {
        return new FaultyFileException(List.of(new Fault(config.toString(), 1, 1, why)));
    }
}

package io.holdfast.cli;

import io.holdfast.config.FaultyFileException;
import io.holdfast.service.ServiceConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which service's data a command is about: `--data`, or what the configuration says.
final class DataOptions {
    static final Path USUAL_CONFIG = Path.of("holdfast.toml");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "The service's data folder (else what the configuration says, or ./data).")
    private @Nullable Path data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The service's configuration (else ./holdfast.toml, if there is one).")
    private @Nullable Path config;

    /// What `--data` says.
    Optional<Path> data() {
        return Optional.ofNullable(data);
    }

    /// The configuration named, or the one in the working directory, or the defaults.
    ServiceConfig configuration() throws FaultyFileException {
        if (config != null) {
            return ServiceConfig.read(config);
        }
        return Files.exists(USUAL_CONFIG)
                ? ServiceConfig.read(USUAL_CONFIG)
                : ServiceConfig.defaults();
    }

    /// The data folder. No configuration is read when `--data` names it.
    Path folder() throws FaultyFileException {
        return data == null ? configuration().data() : data;
    }

    /// The data folder, which must be there.
    Path existingFolder() throws FaultyFileException, CommandFailedException {
        Path folder = folder();
        if (!Files.isDirectory(folder)) {
            throw new CommandFailedException(
                    "there is no data folder "
                            + folder
                            + "; name it with --data, or begin one with: holdfast serve");
        }
        return folder;
    }
}

package io.holdfast.cli;

import io.holdfast.agent.AgentConfig;
import io.holdfast.agent.address.Sources;
import io.holdfast.config.DocumentFile;
import io.holdfast.config.Fault;
import io.holdfast.config.FaultyFileException;
import io.holdfast.service.ServiceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `holdfast check`: every fault of a configuration, the service's or the agent's.
@Command(
        name = "check",
        description = {
            "Tells every fault of a configuration and of the master files it names, each as"
                    + " FILE:LINE:COLUMN, and starts nothing.",
            "Exits with 0 if there is none, else with 2."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class CheckCommand implements Callable<Integer> {
    /// What only the agent's configuration has at the beginning of a line, or what people write in
    /// its place.
    private static final Pattern OF_AN_AGENT =
            Pattern.compile(
                    "(?m)^\\s*(\\[\\[?\\s*\"?names?\"?\\s*]?]"
                            + "|\"?(name|state|resolver|provider|user|password|password-file"
                            + "|ipv4|ipv6|poll|keep-alive|private)\"?\\s*[=:])");

    private static final List<Path> USUAL =
            List.of(DataOptions.USUAL_CONFIG, AgentOptions.USUAL_CONFIG);

    @Spec private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The file (else ./holdfast.toml and ./agent.toml, those there are).")
    private @Nullable Path config;

    @Override
    public Integer call() throws CommandFailedException {
        List<Path> files = config == null ? usual() : List.of(config);
        boolean sound = true;
        for (Path file : files) {
            sound &= isSound(file);
        }
        return sound ? 0 : CommandErrors.WRONG;
    }

    private static List<Path> usual() throws CommandFailedException {
        List<Path> there = USUAL.stream().filter(Files::exists).toList();
        if (there.isEmpty()) {
            throw new CommandFailedException(
                    "there is no holdfast.toml and no agent.toml here; name one with --config");
        }
        return there;
    }

    private boolean isSound(Path file) {
        try {
            String text = DocumentFile.read(file, file.toString());
            if (isEmpty(text) && !file.endsWith(DataOptions.USUAL_CONFIG)) {
                throw new FaultyFileException(
                        List.of(
                                new Fault(
                                        file.toString(),
                                        1,
                                        1,
                                        "the file is empty; an agent's begins with [[name]] and name"
                                                + " = \"home.dyn.example\", a service's with"
                                                + " [zone.\"dyn.example\"]")));
            }
            if (file.endsWith(AgentOptions.USUAL_CONFIG) || OF_AN_AGENT.matcher(text).find()) {
                checkAgent(file);
            } else {
                ServiceConfig.check(file);
            }
            spec.commandLine().getOut().println(file + ": no faults");
            return true;
        } catch (FaultyFileException faulty) {
            CommandErrors.tell(faulty, spec.commandLine().getErr());
            return false;
        } catch (NoSuchFileException missing) {
            spec.commandLine().getErr().println(file + ":1:1: there is no such file");
            return false;
        } catch (IOException unreadable) {
            spec.commandLine().getErr().println(file + ":1:1: cannot be read: " + unreadable);
            return false;
        }
    }

    private void checkAgent(Path file) throws IOException, FaultyFileException {
        AgentConfig agent = AgentConfig.read(file, System.getenv(), Sources.ofThisHost());
        agent.warnings().forEach(spec.commandLine().getErr()::println);
    }

    /// Whether there are comments and blanks alone.
    private static boolean isEmpty(String text) {
        return text.lines()
                .map(String::strip)
                .allMatch(line -> line.isEmpty() || line.startsWith("#"));
    }
}

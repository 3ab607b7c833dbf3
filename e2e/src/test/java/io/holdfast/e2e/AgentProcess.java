package io.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// `holdfast agent` from the packaged distribution, as a process of its own.
final class AgentProcess implements AutoCloseable {
    private final Path folder;
    private final List<String> prefix;
    private @Nullable Process process;

    /// An agent whose configuration, state and log lie in `folder`; not started yet.
    ///
    /// @param configuration the text of agent.toml
    /// @param prefix words in front of the command, as for a namespace
    AgentProcess(Path folder, String configuration, String... prefix) {
        this.folder = folder;
        this.prefix = List.of(prefix);
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("agent.toml"), configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The text of an agent.toml that keeps the name of one host at a service.
    ///
    /// @param http where the service takes updates, as HOST:PORT
    /// @param dns where it answers
    /// @param sources where the addresses come from, such as `ipv6 = "off"`; lines of their own
    static String configuration(
            String host, String secret, String http, String dns, String sources) {
        return """
        resolver = "%s"
        [[name]]
        name = "%s"
        provider = "dyndns2"
        server = "http://%s"
        user = "%s"
        password = "%s"
        %s
        """
                .formatted(dns, host, http, host, secret, sources);
    }

    AgentProcess start() {
        try {
            process =
                    new ProcessBuilder(words())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                            .start();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// `holdfast agent` with these words and its configuration, to its end.
    Command.Result run(String... more) {
        return Command.run(words(more));
    }

    /// What it has logged so far.
    String logged() {
        try {
            return Files.exists(log()) ? Files.readString(log()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path log() {
        return folder.resolve("agent.log");
    }

    /// SIGKILL, at once.
    void kill() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("the agent was not started");
        }
        end(running.destroyForcibly());
    }

    @Override
    public void close() {
        if (process != null) {
            end(process.destroyForcibly());
        }
    }

    private void end(Process ending) {
        try {
            if (!ending.waitFor(15, TimeUnit.SECONDS)) {
                throw new AssertionError("the agent did not end");
            }
            process = null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String[] words(String... more) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(Distribution.command("agent"));
        all.addAll(List.of(more));
        all.add("--config");
        all.add(folder.resolve("agent.toml").toString());
        return all.toArray(String[]::new);
    }
}

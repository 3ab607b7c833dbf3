package io.holdfast.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `holdfast serve` from the packaged distribution, as a process of its own.
///
/// Remembers its ports over restarts, so that clients find it again after a `kill -9`.
final class ServiceProcess implements AutoCloseable {
    private static final Pattern READY =
            Pattern.compile("holdfast ready http=(\\S+):(\\d+) dns=(\\S+):(\\d+)");
    private static final Pattern LISTEN = Pattern.compile("(http|dns) = .*");

    private final Path folder;
    private final List<String> prefix;
    private String http = "127.0.0.1:0";
    private String dns = "127.0.0.1:0";
    private int httpPort;
    private int dnsPort;
    private @Nullable Process process;

    private ServiceProcess(Path folder, List<String> prefix) {
        this.folder = folder;
        this.prefix = prefix;
    }

    /// A service whose data, configuration and log lie in `folder`; not started yet.
    ///
    /// @param configuration the text of holdfast.toml, without `http`, `dns` and `data`
    static ServiceProcess in(Path folder, String configuration) {
        return in(folder, List.of(), configuration);
    }

    /// The same inside a namespace, listening on `address` at ports of its choice.
    static ServiceProcess in(
            Path folder, Namespace namespace, String address, String configuration) {
        ServiceProcess service = in(folder, List.of(namespace.inside()), configuration);
        service.http = address + ":0";
        service.dns = address + ":0";
        return service;
    }

    /// The same, started by other words that become it in the end.
    static ServiceProcess in(Path folder, List<String> prefix, String configuration) {
        if (LISTEN.matcher(configuration).lookingAt()) {
            throw new IllegalArgumentException("the addresses are given on the command line");
        }
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("holdfast.toml"), configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ServiceProcess(folder, prefix);
    }

    /// Starts it, at the same ports as before if it ran already, and waits for its ready line.
    ///
    /// @throws AssertionError with its log if it ends instead
    ServiceProcess start() {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(
                                    words(
                                            "serve",
                                            "--config",
                                            folder.resolve("holdfast.toml").toString(),
                                            "--data",
                                            data().toString(),
                                            "--http",
                                            http,
                                            "--dns",
                                            dns))
                            .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()));
            Process started = builder.start();
            process = started;
            BufferedReader out =
                    new BufferedReader(
                            new InputStreamReader(
                                    started.getInputStream(), StandardCharsets.UTF_8));
            String line = out.readLine();
            Matcher ready = READY.matcher(line == null ? "" : line);
            if (!ready.matches()) {
                started.destroyForcibly().waitFor();
                throw new AssertionError(
                        "no ready line but \"" + line + "\"; its log:\n" + Files.readString(log()));
            }
            http = ready.group(1) + ":" + ready.group(2);
            dns = ready.group(3) + ":" + ready.group(4);
            httpPort = Integer.parseInt(ready.group(2));
            dnsPort = Integer.parseInt(ready.group(4));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Where it listens, as HOST:PORT.
    String http() {
        return http;
    }

    String dns() {
        return dns;
    }

    int httpPort() {
        return httpPort;
    }

    int dnsPort() {
        return dnsPort;
    }

    Path data() {
        return folder.resolve("data");
    }

    Path log() {
        return folder.resolve("log");
    }

    /// Runs an administrative command against the data folder, whether the service runs or not.
    Command.Result admin(String... command) {
        List<String> all = new ArrayList<>(Arrays.asList(command));
        all.add("--data");
        all.add(data().toString());
        return Command.run(words(all.toArray(String[]::new)));
    }

    /// The same, its standard output into a file that only its owner may read.
    Command.Result adminInto(Path file, String... command) {
        List<String> all = new ArrayList<>(Arrays.asList(command));
        all.add("--data");
        all.add(data().toString());
        List<String> shell =
                new ArrayList<>(List.of("sh", "-c", "umask 077; f=$1; shift; exec \"$@\" >\"$f\""));
        shell.addAll(List.of("sh", file.toString()));
        shell.addAll(List.of(words(all.toArray(String[]::new))));
        return Command.run(shell.toArray(String[]::new));
    }

    /// The one line of output of a command that has to succeed.
    String adminLine(String... command) {
        return admin(command).mustSucceed().output().strip();
    }

    /// Makes a host of a new account, alice.
    void addHost(String name, String secret) {
        addHosts(List.of(name), secret);
    }

    /// Makes hosts of a new account, alice, all with one secret.
    void addHosts(List<String> names, String secret) {
        adminLine("account", "add", "alice");
        for (String name : names) {
            adminLine("host", "add", name, "--account", "alice", "--secret", secret);
        }
    }

    /// Sends SIGHUP.
    void hangUp() {
        Command.run("kill", "-HUP", Long.toString(running().pid())).mustSucceed();
    }

    /// Ends it as a power cut would end the process: SIGKILL, at once.
    void kill() {
        end(running().destroyForcibly());
    }

    /// Ends it as an operator would: SIGTERM; it has 10 seconds and must end with status 0.
    void stop() {
        int status = end(running());
        if (status != 0) {
            throw new AssertionError("ended with status " + status + " on SIGTERM");
        }
    }

    @Override
    public void close() {
        if (process != null) {
            end(process.destroyForcibly());
        }
    }

    private int end(Process ending) {
        try {
            ending.destroy();
            if (!ending.waitFor(15, TimeUnit.SECONDS)) {
                ending.destroyForcibly();
                throw new AssertionError("the service did not end");
            }
            process = null;
            return ending.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("the service was not started");
        }
        return process;
    }

    private String[] words(String... command) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(Distribution.command(command));
        return all.toArray(String[]::new);
    }
}

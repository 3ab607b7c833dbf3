package io.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A network namespace made for one test: a host of its own, with nothing but loopback to begin
/// with.
final class Namespace implements AutoCloseable {
    private final String name;
    private final Path files;

    private Namespace(String name) {
        this.name = name;
        this.files = Path.of("/etc/netns", name);
    }

    /// Makes a namespace with loopback up, its own resolv.conf (nobody answers there) and its own
    /// hosts file.
    ///
    /// @param purpose short, for the name; the process id makes it unique
    /// @param hosts lines of its /etc/hosts
    static Namespace create(String purpose, String... hosts) {
        Namespace namespace =
                new Namespace("hf" + ProcessHandle.current().pid() % 100_000 + purpose);
        Command.run("ip", "netns", "add", namespace.name).mustSucceed();
        try {
            Files.createDirectories(namespace.files);
            Files.writeString(namespace.files.resolve("resolv.conf"), "nameserver 127.0.0.1\n");
            Files.writeString(namespace.files.resolve("hosts"), String.join("\n", hosts) + "\n");
        } catch (IOException e) {
            namespace.close();
            throw new UncheckedIOException(e);
        }
        namespace.ip("link", "set", "lo", "up");
        return namespace;
    }

    String name() {
        return name;
    }

    /// Runs `ip -n NAME ...`; it has to succeed.
    void ip(String... words) {
        Command.run(prepend(List.of("ip", "-n", name), words)).mustSucceed();
    }

    /// Runs a program inside, to its end.
    Command.Result run(String... words) {
        return Command.run(inside(words));
    }

    /// What `dig +short` says of a name, asked of a server on loopback inside: a line each.
    List<String> dig(int port, String name, String type) {
        return run("dig", "@127.0.0.1", "-p", "" + port, "+short", name, type)
                .mustSucceed()
                .output()
                .lines()
                .toList();
    }

    /// The words that run a program inside; `ip netns exec` replaces itself by it, so that the pid
    /// is the program's.
    String[] inside(String... words) {
        return prepend(List.of("ip", "netns", "exec", name), words);
    }

    @Override
    public void close() {
        Command.run("ip", "netns", "del", name);
        try (Stream<Path> left = Files.exists(files) ? Files.list(files) : Stream.empty()) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
            Files.deleteIfExists(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String[] prepend(List<String> first, String... rest) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(rest));
        return all.toArray(String[]::new);
    }
}

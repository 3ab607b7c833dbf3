package io.holdfast.agent;

import io.holdfast.agent.address.Sources;
import io.holdfast.agent.memory.Memory;
import io.holdfast.agent.round.Round;
import io.holdfast.agent.round.RoundListener;
import io.holdfast.config.FaultyFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/// A host with a moving address, its provider, its name server and a clock that is moved by hand.
final class World implements AutoCloseable, InstantSource {
    static final String HOME = "home.dyn.example";

    final ProviderDouble provider = new ProviderDouble();
    final DnsDouble dns = new DnsDouble(provider.published);
    final Path folder;
    volatile Instant now = Instant.parse("2026-11-22T12:00:00Z");

    /// @param folder holds the configuration, the state, and a file that says the address
    World(Path folder) throws IOException {
        this.folder = folder;
    }

    @Override
    public Instant instant() {
        return now;
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    /// The host has this address from now on.
    void moveTo(String address) {
        moveTo(HOME, address);
    }

    void moveTo(String name, String address) {
        try {
            Path beside = Files.writeString(folder.resolve(name + ".new"), address + "\n");
            Files.move(
                    beside, folder.resolve(name + ".address"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
    }

    /// The configuration of one name.
    String table(String name) {
        return """
        [[name]]
        name = "%s"
        provider = "dyndns2"
        server = "%s"
        user = "me"
        password = "secret-secret"
        ipv4 = "file %s.address"
        resolver = "%s"
        """
                .formatted(name, provider.url(), name, dns.address());
    }

    AgentConfig config() {
        return config(table(HOME));
    }

    AgentConfig config(String text) {
        try {
            return AgentConfig.parse(text, "agent.toml", folder, Map.of(), Sources.ofThisHost());
        } catch (FaultyFileException faulty) {
            throw new IllegalArgumentException(faulty);
        }
    }

    /// `holdfast agent --once`: a whole life of an agent.
    NameStatus runOnce() throws IOException {
        return Agent.runOnce(config(), this, new Random(1), List.of()).getFirst();
    }

    NameStatus status() throws IOException {
        return Agent.status(config(), this).names().getFirst();
    }

    /// Changes the state file of the name as an earlier version might have written it.
    void rewriteState(UnaryOperator<String> change) throws IOException {
        Path file = config().state().resolve(HOME + ".memory");
        String whole = Files.readString(file);
        String body = change.apply(whole.substring(0, whole.lastIndexOf("sum\t")));
        try {
            byte[] sum =
                    MessageDigest.getInstance("SHA-256")
                            .digest(body.getBytes(StandardCharsets.UTF_8));
            Files.writeString(file, body + "sum\t" + HexFormat.of().formatHex(sum) + "\n");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// The state folder takes nothing any more, as on a full disk: what is to be written is a
    /// folder already, which stops root, too.
    void breakDisk() throws IOException {
        Path state = Files.createDirectories(config().state());
        for (String file : List.of("lock", "." + HOME + ".memory.new", ".holder.new")) {
            Files.deleteIfExists(state.resolve(file));
            Files.createDirectory(state.resolve(file));
        }
    }

    void mendDisk() throws IOException {
        for (String file : List.of("lock", "." + HOME + ".memory.new", ".holder.new")) {
            Files.deleteIfExists(config().state().resolve(file));
        }
    }

    /// The round of a newly started agent, to be carried out on this thread.
    Round newRound(RoundListener listener) throws IOException {
        Files.createDirectories(config().state());
        NameConfig name = config().names().getFirst();
        return Agent.round(
                name,
                Agent.pollers(name),
                new Memory(config().state()),
                Map::of,
                listener,
                this,
                new Random(1));
    }

    @Override
    public void close() {
        provider.close();
        dns.close();
    }
}

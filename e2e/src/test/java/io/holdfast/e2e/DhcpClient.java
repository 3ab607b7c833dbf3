package io.holdfast.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// udhcpc or dhclient on the link `h0` of a namespace, with a script that sets the address and
/// nothing else.
final class DhcpClient implements AutoCloseable {
    private final String program;
    private final Namespace namespace;
    private final Path folder;
    private final Path script;
    private @Nullable Background running;

    DhcpClient(String program, Namespace namespace, Path folder) throws IOException {
        this.program = program;
        this.namespace = namespace;
        this.folder = folder;
        this.script = script(folder);
    }

    /// Writes the script into a folder: it sets the address and nothing else.
    static Path script(Path folder) throws IOException {
        Path script = folder.resolve("dhcp-script.sh");
        try (InputStream in = DhcpClient.class.getResourceAsStream("/dhcp-script.sh")) {
            Files.copy(Objects.requireNonNull(in), script);
        }
        if (!script.toFile().setExecutable(true)) {
            throw new IOException(script + " cannot be made executable");
        }
        return script;
    }

    /// Asks for the first lease, or renews it now. udhcpc does so on a signal, dhclient by starting
    /// again.
    void renew() {
        Background before = running;
        if (before == null) {
            running = start();
        } else if (program.equals("udhcpc")) {
            before.signal("USR1");
        } else {
            before.close();
            running = start();
        }
    }

    @Override
    public void close() {
        if (running != null) {
            running.close();
        }
    }

    /// Without dhclient's pauses, which spare a provider with many customers.
    private Path configuration() {
        try {
            return Files.writeString(
                    folder.resolve("dhclient.conf"),
                    """
                    initial-delay 0;
                    initial-interval 1;
                    select-timeout 0;
                    backoff-cutoff 2;
                    reboot 1;
                    retry 1;
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Background start() {
        String[] words =
                switch (program) {
                    case "udhcpc" ->
                            namespace.inside(
                                    "udhcpc",
                                    "-f",
                                    "-i",
                                    "h0",
                                    "-s",
                                    script.toString(),
                                    "-t",
                                    "5",
                                    "-T",
                                    "1",
                                    "-A",
                                    "1");
                    case "dhclient" ->
                            namespace.inside(
                                    "dhclient",
                                    "-4",
                                    "-d",
                                    "-v",
                                    "-sf",
                                    script.toString(),
                                    "-cf",
                                    configuration().toString(),
                                    "-lf",
                                    folder.resolve("leases").toString(),
                                    "-pf",
                                    folder.resolve("pid").toString(),
                                    "h0");
                    default -> throw new IllegalArgumentException("no DHCP client: " + program);
                };
        return Background.start(folder.resolve("dhcp-client.log"), words);
    }
}

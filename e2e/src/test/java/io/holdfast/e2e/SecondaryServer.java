package io.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.ZoneTransferException;
import org.xbill.DNS.ZoneTransferIn;

/// Somebody else's name server as a secondary, on loopback, with a folder of its own.
final class SecondaryServer implements AutoCloseable {
    private final Path folder;
    private final int port;
    private final String[] command;
    private @Nullable Process process;

    private SecondaryServer(Path folder, int port, String... command) {
        this.folder = folder;
        this.port = port;
        this.command = command;
    }

    static SecondaryServer bind(Path folder, int port, String configuration) {
        Path file = written(folder, configuration);
        return new SecondaryServer(folder, port, "named", "-g", "-n", "1", "-c", file.toString());
    }

    static SecondaryServer knot(Path folder, int port, String configuration) {
        return new SecondaryServer(
                folder, port, "knotd", "-c", written(folder, configuration).toString());
    }

    static SecondaryServer nsd(Path folder, int port, String configuration) {
        return new SecondaryServer(
                folder, port, "nsd", "-d", "-c", written(folder, configuration).toString());
    }

    /// @param folder of a [PowerDnsFolder]
    static SecondaryServer powerDns(Path folder, int port) {
        return new SecondaryServer(folder, port, "pdns_server", "--config-dir=" + folder);
    }

    /// A port that is free, for UDP most likely too.
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    void start() {
        try {
            process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As a power cut would end it, with whatever processes it has.
    void kill() {
        List<ProcessHandle> all = running().descendants().toList();
        running().destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        await();
    }

    /// As an operator would.
    void stop() {
        running().destroy();
        await();
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            kill();
        }
    }

    /// Every record of a zone that it serves, by AXFR; empty if it serves none.
    Set<String> records(String zone) {
        try {
            ZoneTransferIn transfer =
                    ZoneTransferIn.newAXFR(Name.fromString(zone + "."), "127.0.0.1", port, null);
            transfer.setTimeout(Duration.ofSeconds(10));
            transfer.run();
            Set<String> records = new TreeSet<>();
            for (Record one : transfer.getAXFR()) {
                records.add(one.toString());
            }
            return records;
        } catch (IOException | ZoneTransferException notServed) {
            return Set.of();
        }
    }

    /// The serial it serves, or that it serves none.
    String serial(String zone) {
        try {
            return Dns.askIfThere(port, zone, "SOA").stream()
                    .map(soa -> soa.split(" ")[2])
                    .findFirst()
                    .orElse("none");
        } catch (AssertionError refused) {
            return "none"; // it is there, and does not have the zone yet
        }
    }

    /// The end of what it logged.
    String said() {
        try {
            List<String> lines =
                    Files.readString(log(), StandardCharsets.ISO_8859_1).lines().toList();
            return command[0]
                    + " said:\n"
                    + String.join(
                            "\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return folder.resolve("log");
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException(command[0] + " was not started");
        }
        return process;
    }

    private void await() {
        try {
            running().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path written(Path folder, String configuration) {
        try {
            Files.createDirectories(folder);
            return Files.writeString(folder.resolve("conf"), configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

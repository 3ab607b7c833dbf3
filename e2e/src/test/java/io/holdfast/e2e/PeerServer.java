package io.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Somebody else's name server on loopback, as primary of zones in master files.
///
/// @param name as people call it
record PeerServer(String name, int port, Background process) implements AutoCloseable {
    /// Debian's packages of them.
    static final List<String> PROGRAMS = List.of("named", "knotd", "nsd");

    /// All three, ready to answer for every zone.
    ///
    /// @param folder for their configuration, logs and whatever they write
    /// @param zones each apex and its master file
    static List<PeerServer> startAll(Path folder, Map<String, Path> zones) {
        try {
            List<PeerServer> servers =
                    List.of(bind(folder, zones), knot(folder, zones), nsd(folder, zones));
            servers.forEach(server -> server.awaitEvery(zones, folder));
            return servers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }

    private static PeerServer bind(Path folder, Map<String, Path> zones) throws IOException {
        int port = freePort();
        return start(
                "BIND",
                port,
                folder,
                ServerBlocks.bind(
                                folder,
                                port,
                                "minimal-responses yes; max-udp-size 1232;"
                                        + " check-names primary ignore; check-integrity no;")
                        + each(zones, "zone \"%s\" { type primary; file \"%s\"; };"),
                "named",
                "-g",
                "-n",
                "1",
                "-c");
    }

    private static PeerServer knot(Path folder, Map<String, Path> zones) throws IOException {
        int port = freePort();
        return start(
                "Knot",
                port,
                folder,
                ServerBlocks.knot(folder, port, "warning")
                        + """
                            udp-workers: 1
                            udp-max-payload: 1232
                        template:
                          - id: default
                            semantic-checks: off
                            zonefile-sync: -1
                            journal-content: none
                        zone:
                        """
                        + each(zones, "  - domain: %s\n    file: %s"),
                "knotd",
                "-c");
    }

    private static PeerServer nsd(Path folder, Map<String, Path> zones) throws IOException {
        int port = freePort();
        return start(
                "NSD",
                port,
                folder,
                ServerBlocks.nsd(
                                folder,
                                port,
                                """
                                    ipv4-edns-size: 1232
                                    rrl-ratelimit: 0
                                    minimal-responses: yes
                                """)
                        + each(zones, "zone:\n  name: %s\n  zonefile: %s"),
                "nsd",
                "-d",
                "-c");
    }

    private static String each(Map<String, Path> zones, String format) {
        return zones.entrySet().stream()
                .map(zone -> format.formatted(zone.getKey(), zone.getValue().toAbsolutePath()))
                .collect(Collectors.joining("\n"));
    }

    private static PeerServer start(
            String name, int port, Path folder, String configuration, String... command)
            throws IOException {
        Path file = folder.resolve(name + ".conf");
        Files.writeString(file, configuration);
        String[] words = new String[command.length + 1];
        System.arraycopy(command, 0, words, 0, command.length);
        words[0] = Tool.path(command[0]).toString();
        words[command.length] = file.toString();
        return new PeerServer(name, port, Background.start(folder.resolve(name + ".log"), words));
    }

    private void awaitEvery(Map<String, Path> zones, Path folder) {
        for (String apex : zones.keySet()) {
            Eventually.equal(
                    1,
                    () -> Dns.askIfThere(port, apex, "SOA").size(),
                    () -> name + " does not serve " + apex + "; its log:\n" + log(folder));
        }
    }

    private String log(Path folder) {
        try {
            return Files.readString(folder.resolve(name + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A number that nobody uses now, for UDP and TCP.
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

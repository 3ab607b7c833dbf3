package io.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// BIND and Knot as primaries of small zones that anybody on this machine may update; and BIND,
/// Knot and NSD as secondaries of ours.
final class RecordDataServers implements AutoCloseable {
    private static final String CONTENTS =
            "@ 60 SOA ns1.example. h.example. 1 3600 900 1209600 60\n@ 60 NS ns1.example.\n";

    private final Path folder;
    private final List<String> zones;
    private final int[] ports = new int[5];
    private final List<SecondaryServer> primaries = new ArrayList<>();
    private final List<SecondaryServer> secondaries = new ArrayList<>();

    RecordDataServers(Path folder, List<String> zones) {
        this.folder = folder;
        this.zones = zones;
        for (int i = 0; i < ports.length; i++) {
            ports[i] = SecondaryServer.freePort();
        }
    }

    int bindPort() {
        return ports[0];
    }

    int knotPort() {
        return ports[1];
    }

    /// As holdfast.toml lists them.
    String secondaries() {
        return "\"127.0.0.1:%d\", \"127.0.0.1:%d\", \"127.0.0.1:%d\""
                .formatted(ports[2], ports[3], ports[4]);
    }

    List<SecondaryServer> secondaryServers() {
        return secondaries;
    }

    void startPrimaries() {
        Path bind = folder.resolve("bind-primary");
        Path knot = folder.resolve("knot-primary");
        write(bind);
        write(knot);
        primaries.add(
                SecondaryServer.bind(
                        bind,
                        ports[0],
                        bind(
                                bind,
                                ports[0],
                                "zone \"%1$s\" { type primary; file \"%1$s\";"
                                        + " check-names ignore; allow-update { any; }; };\n")));
        primaries.add(
                SecondaryServer.knot(
                        knot,
                        ports[1],
                        knot(
                                        knot,
                                        ports[1],
                                        """
                                        acl:
                                          - id: all
                                            address: 127.0.0.1
                                            action: update
                                        """,
                                        "acl: all")
                                + each("  - domain: %1$s\n    file: %1$s\n")));
        primaries.forEach(SecondaryServer::start);
        for (SecondaryServer server : primaries) {
            for (String zone : zones) {
                Eventually.equal("1", () -> server.serial(zone), server::said);
            }
        }
    }

    void startSecondaries(int primary) {
        Path bind = folder.resolve("bind");
        Path knot = folder.resolve("knot");
        Path nsd = folder.resolve("nsd");
        secondaries.add(
                SecondaryServer.bind(
                        bind,
                        ports[2],
                        bind(
                                bind,
                                ports[2],
                                "zone \"%1$s\" { type secondary; file \"%1$s\";"
                                        + " primaries { 127.0.0.1 port "
                                        + primary
                                        + "; }; };\n")));
        secondaries.add(
                SecondaryServer.knot(
                        knot,
                        ports[3],
                        knot(
                                        knot,
                                        ports[3],
                                        """
                                        remote:
                                          - id: primary
                                            address: 127.0.0.1@%d
                                        acl:
                                          - id: all
                                            address: 127.0.0.1
                                            action: notify
                                        """
                                                .formatted(primary),
                                        "acl: all\n    master: primary")
                                + each("  - domain: %s\n")));
        secondaries.add(
                SecondaryServer.nsd(
                        nsd,
                        ports[4],
                        ServerBlocks.nsd(nsd, ports[4], "")
                                + each(
                                        """
                                        zone:
                                            name: "%1$s"
                                            zonefile: "%1$s"
                                            request-xfr: 127.0.0.1@PRIMARY NOKEY
                                            allow-notify: 127.0.0.1 NOKEY
                                        """
                                                .replace("PRIMARY", Integer.toString(primary)))));
        secondaries.forEach(SecondaryServer::start);
    }

    @Override
    public void close() {
        primaries.forEach(SecondaryServer::close);
        secondaries.forEach(SecondaryServer::close);
    }

    private String bind(Path at, int port, String zone) {
        String more = "transfers-in 100; transfers-per-ns 100; serial-query-rate 1000;";
        return ServerBlocks.bind(at, port, more) + each(zone);
    }

    private static String knot(Path at, int port, String more, String template) {
        return ServerBlocks.knot(at, port, "warning")
                + more
                + """
                template:
                  - id: default
                    storage: "%s"
                    semantic-checks: off
                    zonefile-sync: -1
                    journal-content: none
                    %s
                zone:
                """
                        .formatted(at, template);
    }

    private String each(String format) {
        return zones.stream().map(format::formatted).collect(Collectors.joining());
    }

    private void write(Path at) {
        try {
            Files.createDirectories(at);
            for (String zone : zones) {
                Files.writeString(at.resolve(zone), CONTENTS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

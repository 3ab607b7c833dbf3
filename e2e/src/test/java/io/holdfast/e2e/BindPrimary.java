package io.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// BIND's named as the primary of zones that a key may update: what Holdfast is compared with.
final class BindPrimary implements AutoCloseable {
    private final Background named;

    /// Starts it and waits until it serves.
    ///
    /// @param port UDP and TCP, on 127.0.0.1 of the namespace
    /// @param contents the master file of every zone
    BindPrimary(
            Namespace inside,
            Path folder,
            int port,
            TsigFile key,
            List<String> zones,
            String contents) {
        StringBuilder configuration =
                new StringBuilder(ServerBlocks.bind(folder, port, "dnssec-validation no;"));
        configuration.append(key.bind());
        Path log = folder.resolve("log");
        try {
            for (String zone : zones) {
                Files.writeString(folder.resolve(zone), contents);
                configuration.append(
                        """
                        zone "%s" {
                            type primary; file "%s";
                            update-policy { grant %s zonesub ANY; };
                        };
                        """
                                .formatted(zone, zone, key.name()));
            }
            Files.writeString(folder.resolve("named.conf"), configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        named =
                Background.start(
                        log, inside.inside("named", "-g", "-n", "1", "-c", folder + "/named.conf"));
        Eventually.equal(true, () -> logged(log).contains(" running\n"), () -> logged(log));
    }

    @Override
    public void close() {
        named.close();
    }

    private static String logged(Path log) {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

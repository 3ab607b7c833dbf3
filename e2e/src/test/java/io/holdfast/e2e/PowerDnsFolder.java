package io.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The folder of a PowerDNS that is a secondary of Holdfast, set up as docs/secondaries.md says:
/// its zones stand in SQLite and not in a file.
final class PowerDnsFolder {
    private static final String SCHEMA =
            "/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql";

    private final Path folder;
    private final String primary;

    /// @param port where it is to listen
    PowerDnsFolder(Path folder, int port, int primaryPort) {
        this.folder = folder;
        this.primary = "127.0.0.1:" + primaryPort;
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("pdns.conf"), configuration(port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Command.run("sqlite3", database().toString(), ".read " + SCHEMA).mustSucceed();
    }

    /// A zone that it fetches signed with the key `second`, by steps.
    PowerDnsFolder withZone(String zone, String secret) {
        pdnsutil("create-secondary-zone", zone, primary);
        pdnsutil("import-tsig-key", "second", "hmac-sha256", secret);
        pdnsutil("activate-tsig-key", zone, "second", "secondary");
        pdnsutil("set-meta", zone, "IXFR", "1");
        return this;
    }

    /// A catalog whose zones it picks up. They get no key: PowerDNS 4.7 has no way to say which.
    PowerDnsFolder withCatalog(String catalog) {
        pdnsutil("create-secondary-zone", catalog, primary);
        pdnsutil("set-kind", catalog, "consumer");
        return this;
    }

    private void pdnsutil(String... words) {
        List<String> all = new ArrayList<>(List.of("pdnsutil", "--config-dir=" + folder));
        all.addAll(List.of(words));
        Command.run(all.toArray(String[]::new)).mustSucceed();
    }

    private Path database() {
        return folder.resolve("pdns.sqlite3");
    }

    /// Nothing is cached, so that what is served is what has been fetched.
    private String configuration(int port) {
        return """
        launch=gsqlite3
        gsqlite3-database=%s
        local-address=127.0.0.1
        local-port=%d
        socket-dir=%s
        secondary=yes
        allow-axfr-ips=127.0.0.1
        daemon=no
        guardian=no
        cache-ttl=0
        query-cache-ttl=0
        negquery-cache-ttl=0
        zone-cache-refresh-interval=0
        security-poll-suffix=
        """
                .formatted(database(), port, folder);
    }
}

package io.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Kea's kea-dhcp4 on the link `lan` of a namespace, and its kea-dhcp-ddns (D2), which tells the
/// name server at 127.0.0.1 of every lease.
final class KeaServer implements AutoCloseable {
    private final Namespace namespace;
    private final Path folder;
    private final boolean checkConflicts;
    private final int leaseSeconds;
    private final Map<String, String> reservations = new TreeMap<>();
    private final List<Background> running = new ArrayList<>();
    private final Background dhcp4;

    /// Starts both and waits until they serve.
    ///
    /// @param dnsPatience how long D2 waits for an answer; 100 ms, which Kea 2.2 has when nothing
    ///   is said, is less than a busy test machine may take
    /// @param checkConflicts whether a name is only given to the client that has it (RFC 4703)
    KeaServer(
            Namespace namespace,
            Path folder,
            int dnsPort,
            Duration dnsPatience,
            TsigFile key,
            boolean checkConflicts,
            int leaseSeconds) {
        this.namespace = namespace;
        this.folder = folder;
        this.checkConflicts = checkConflicts;
        this.leaseSeconds = leaseSeconds;
        write("d2.json", d2(dnsPort, dnsPatience, key));
        write("dhcp4.json", dhcp4());
        start("kea-dhcp-ddns", "d2.json", "DCTL_CONFIG_COMPLETE");
        dhcp4 = start("kea-dhcp4", "dhcp4.json", "DHCP4_STARTED");
    }

    /// From the next renewal on this client is told to take this address.
    void reserve(String mac, String address) {
        reservations.put(mac, address);
        write("dhcp4.json", dhcp4());
        long before = times("kea-dhcp4", "DHCP4_CONFIG_COMPLETE");
        dhcp4.signal("HUP");
        Eventually.equal(
                true, () -> times("kea-dhcp4", "DHCP4_CONFIG_COMPLETE") > before, this::logged);
    }

    /// How often D2 has said so.
    long said(String message) {
        return times("kea-dhcp-ddns", message);
    }

    String logged() {
        return read("kea-dhcp4") + read("kea-dhcp-ddns");
    }

    @Override
    public void close() {
        running.reversed().forEach(Background::close);
    }

    private Background start(String program, String configuration, String ready) {
        Background started =
                Background.start(
                        folder.resolve(program),
                        namespace.inside(
                                "env",
                                "KEA_PIDFILE_DIR=" + folder,
                                "KEA_LOCKFILE_DIR=" + folder,
                                "KEA_DHCP_DATA_DIR=" + folder,
                                program,
                                "-c",
                                folder.resolve(configuration).toString()));
        running.add(started);
        Eventually.equal(true, () -> times(program, ready) > 0, this::logged);
        return started;
    }

    private static String d2(int dnsPort, Duration patience, TsigFile key) {
        return """
        { "DhcpDdns": {
          "ip-address": "127.0.0.1", "port": 53001, "dns-server-timeout": %4$d,
          "tsig-keys": [
            { "name": "%1$s", "algorithm": "HMAC-SHA256", "secret": "%2$s" } ],
          "forward-ddns": { "ddns-domains": [
            { "name": "dyn.test.", "key-name": "%1$s",
              "dns-servers": [ { "ip-address": "127.0.0.1", "port": %3$d } ] } ] },
          "reverse-ddns": { "ddns-domains": [
            { "name": "77.10.in-addr.arpa.", "key-name": "%1$s",
              "dns-servers": [ { "ip-address": "127.0.0.1", "port": %3$d } ] } ] },
          "loggers": [ { "name": "kea-dhcp-ddns", "severity": "INFO",
            "output_options": [ { "output": "stdout" } ] } ] } }
        """
                .formatted(key.name(), key.secret(), dnsPort, patience.toMillis());
    }

    private String dhcp4() {
        String reserved =
                reservations.entrySet().stream()
                        .map(each ->
                                "{ \"hw-address\": \"%s\", \"ip-address\": \"%s\" }"
                                        .formatted(each.getKey(), each.getValue()))
                        .collect(Collectors.joining(", "));
        return """
        { "Dhcp4": {
          "interfaces-config": { "interfaces": [ "lan" ], "dhcp-socket-type": "raw" },
          "lease-database": { "type": "memfile", "persist": false },
          "valid-lifetime": %1$d,
          "expired-leases-processing": { "reclaim-timer-wait-time": 1 },
          "dhcp-ddns": { "enable-updates": true, "server-ip": "127.0.0.1", "server-port": 53001 },
          "ddns-override-no-update": true, "ddns-override-client-update": true,
          "ddns-qualifying-suffix": "dyn.test", "ddns-update-on-renew": true,
          "ddns-use-conflict-resolution": %2$b,
          "subnet4": [ { "id": 1, "subnet": "10.77.0.0/24", "interface": "lan",
            "pools": [ { "pool": "10.77.0.100-10.77.0.199" } ], "reservations": [ %3$s ] } ],
          "loggers": [ { "name": "kea-dhcp4", "severity": "INFO",
            "output_options": [ { "output": "stdout" } ] } ] } }
        """
                .formatted(leaseSeconds, checkConflicts, reserved);
    }

    private long times(String program, String message) {
        return read(program).lines().filter(line -> line.contains(message)).count();
    }

    private String read(String program) {
        Path log = folder.resolve(program);
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, String content) {
        try {
            Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

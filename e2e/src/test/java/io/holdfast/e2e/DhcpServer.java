package io.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// dnsmasq as a provider's DHCP server on the link `v0` of a namespace, with one customer, who gets
/// the address that the test says.
final class DhcpServer implements AutoCloseable {
    private final String mac;
    private final Path hosts;
    private final Path log;
    private final Background dnsmasq;

    /// @param mac of the customer
    DhcpServer(Namespace namespace, Path folder, String mac, String firstAddress) {
        this.mac = mac;
        this.hosts = folder.resolve("dhcp-hosts");
        this.log = folder.resolve("dnsmasq.log");
        write(firstAddress);
        dnsmasq =
                Background.start(
                        log,
                        namespace.inside(
                                "dnsmasq",
                                "--keep-in-foreground",
                                "--port=0",
                                "--interface=v0",
                                "--bind-interfaces",
                                "--dhcp-authoritative",
                                "--no-ping",
                                "--dhcp-range=10.77.0.100,10.77.0.199,255.255.255.0,120",
                                "--dhcp-hostsfile=" + hosts,
                                "--dhcp-leasefile=" + folder.resolve("dhcp-leases"),
                                "--conf-file=/dev/null",
                                "--user=root",
                                "--log-facility=-"));
        untilRead(1); // until then, a signal would end it
    }

    /// From the next renewal on the customer is told to take this address.
    void assign(String address) {
        long before = timesRead();
        write(address);
        dnsmasq.signal("HUP");
        untilRead(before + 1);
    }

    @Override
    public void close() {
        dnsmasq.close();
    }

    private void write(String address) {
        try {
            Files.writeString(hosts, mac + "," + address + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void untilRead(long times) {
        Eventually.equal(true, () -> timesRead() >= times, this::logged);
    }

    private long timesRead() {
        return logged().lines().filter(line -> line.endsWith("read " + hosts)).count();
    }

    private String logged() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.holdfast.agent.round;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.xbill.DNS.ResolverConfig;

/// The system's name servers, as resolv.conf(5) has them at the moment of asking.
///
/// DHCP writes that file again with each network, and writes it late: an agent that starts at boot
/// finds none, or the one of the network before. So it is read for every lookup, which are rare.
final class ResolvConf implements Supplier<List<InetSocketAddress>> {
    /// As many as the C library asks (MAXNS).
    private static final int MOST = 3;

    private static final int DNS_PORT = 53;

    private final Path file;

    ResolvConf(Path file) {
        this.file = file;
    }

    /// Those of this host.
    static Supplier<List<InetSocketAddress>> ofThisHost() {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            return () -> {
                ResolverConfig.refresh();
                return ResolverConfig.getCurrentConfig().servers();
            };
        }
        return new ResolvConf(Path.of("/etc/resolv.conf"));
    }

    /// In the order in which they are to be asked; at least one.
    @Override
    public List<InetSocketAddress> get() {
        List<InetSocketAddress> servers =
                text().lines().flatMap(line -> server(line).stream()).limit(MOST).toList();
        // resolv.conf(5): without a nameserver line, the one of this machine.
        return servers.isEmpty()
                ? List.of(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), DNS_PORT))
                : servers;
    }

    private String text() {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException absent) {
            return ""; // resolv.conf(5): as if it were empty
        }
    }

    private static Optional<InetSocketAddress> server(String line) {
        List<String> words = words(line);
        if (words.size() < 2 || !words.getFirst().equals("nameserver")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new InetSocketAddress(address(words.get(1)), DNS_PORT));
        } catch (UnknownHostException | IllegalArgumentException unusable) {
            return Optional.empty(); // another line may do
        }
    }

    /// An IPv6 address may name its interface, as in `fe80::1%eth0`; one that is not there now
    /// makes the address unusable.
    private static InetAddress address(String text) throws UnknownHostException {
        if (text.indexOf(':') >= 0) {
            return InetAddress.getByName(text); // with a colon it is never looked up
        }
        return InetAddress.ofLiteral(text);
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        for (String word : line.strip().split("[ \t]+", -1)) {
            if (word.startsWith("#") || word.startsWith(";")) {
                break;
            }
            words.add(word);
        }
        return words;
    }
}

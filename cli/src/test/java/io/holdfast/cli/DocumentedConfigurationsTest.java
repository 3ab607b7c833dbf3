package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.service.CannotStartException;
import io.holdfast.service.ListenAddress;
import io.holdfast.service.Service;
import io.holdfast.service.ServiceConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What the documents tell people to write into `holdfast.toml` and `agent.toml` is taken; a
/// service starts with it, and answers wherever the text says that it listens.
class DocumentedConfigurationsTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern RECORDS = Pattern.compile("(?m)^records *= *\"([^\"]+)\"");
    private static final Pattern PASSWORD =
            Pattern.compile("(?m)^(?:store-)?password-file *= *\"([^\"]+)\"");
    private static final Path ROOT = Path.of("..");

    @TempDir Path folder;

    /// A block of configuration, and where it stands: `README.md:98`.
    private record Shown(String place, String text) {
        boolean isOfAnAgent() {
            return text.contains("[[name]]") || text.startsWith("# agent.toml");
        }

        /// Another server, which is not here.
        boolean isOfAStoreElsewhere() {
            return text.contains("\"postgresql://");
        }
    }

    @TestFactory
    Stream<DynamicTest> theServiceStartsAndAnswersWithWhatIsShown() throws IOException {
        return shown().stream()
                .filter(shown -> !shown.isOfAnAgent() && !shown.isOfAStoreElsewhere())
                .map(shown -> DynamicTest.dynamicTest(shown.place, () -> serve(shown)));
    }

    @TestFactory
    Stream<DynamicTest> checkFindsNoFaultInWhatIsShown() throws IOException {
        return shown().stream()
                .map(shown ->
                        DynamicTest.dynamicTest(
                                shown.place,
                                () -> {
                                    String name =
                                            shown.isOfAnAgent() ? "agent.toml" : "holdfast.toml";
                                    Path file = write(shown, name);
                                    Run.holdfast("check", "--config", file.toString()).endsWith(0);
                                }));
    }

    @Test
    void everyDocumentShowsConfigurationAsToml() throws IOException {
        assertThat(shown()).extracting(Shown::place).anyMatch(place -> place.contains("README"));
        for (Path document : documents()) {
            assertThat(BLOCK.matcher(Files.readString(document)).results())
                    .filteredOn(block -> !block.group(1).equals("toml"))
                    .extracting(block -> block.group(2))
                    .as("blocks of %s that are not marked as toml", document)
                    .noneMatch(text -> text.contains("[[name]]") || text.contains("[zone.\""));
        }
    }

    private void serve(Shown shown) throws Exception {
        Path file = write(shown, "holdfast.toml");
        List<InetSocketAddress> http = listen("http", shown.text, "127.0.0.1:8245");
        List<InetSocketAddress> dns = listen("dns", shown.text, "127.0.0.1:5300");
        for (int attempt = 1; ; attempt++) {
            Map<Integer, Integer> ports = freePorts(http, dns);
            ServiceConfig config =
                    ServiceConfig.read(file)
                            .withData(folder.resolve("data"))
                            .withHttp(moved(http, ports))
                            .withDns(moved(dns, ports));
            try (Service _ =
                    Service.start(config, InstantSource.system(), new SecureRandom(), List.of())) {
                for (InetSocketAddress written : moved(http, ports)) {
                    connects(written);
                }
                for (InetSocketAddress written : moved(dns, ports)) {
                    connects(written);
                }
                return;
            } catch (CannotStartException taken) {
                // Between the search for a free port and its use, another program can take it.
                if (attempt == 3) {
                    throw taken;
                }
            }
        }
    }

    /// What is written, before anything is made of it.
    private static List<InetSocketAddress> listen(String key, String text, String usual) {
        List<InetSocketAddress> written =
                Pattern.compile("(?m)^" + key + " *= *\\[(.*)]")
                        .matcher(text)
                        .results()
                        .flatMap(list -> Stream.of(list.group(1).split(",")))
                        .map(address -> ListenAddress.parse(address.strip().replace("\"", "")))
                        .toList();
        return written.isEmpty() ? List.of(ListenAddress.parse(usual)) : written;
    }

    private static void connects(InetSocketAddress address) throws IOException {
        InetAddress host = address.getAddress();
        boolean ipv6 = host.getAddress().length > 4;
        InetAddress reached =
                host.isAnyLocalAddress() ? InetAddress.ofLiteral(ipv6 ? "::1" : "127.0.0.1") : host;
        try (Socket client = new Socket(reached, address.getPort())) {
            assertThat(client.isConnected()).isTrue();
        }
    }

    /// For each port one that is free, the same wherever it is written.
    private static Map<Integer, Integer> freePorts(
            List<InetSocketAddress> http, List<InetSocketAddress> dns) throws IOException {
        Map<Integer, Integer> ports = new HashMap<>();
        for (InetSocketAddress address : Stream.concat(http.stream(), dns.stream()).toList()) {
            if (!ports.containsKey(address.getPort())) {
                ports.put(address.getPort(), freePort());
            }
        }
        return ports;
    }

    /// An address of another machine becomes loopback.
    private static List<InetSocketAddress> moved(
            List<InetSocketAddress> addresses, Map<Integer, Integer> ports) {
        return addresses.stream()
                .map(address ->
                        new InetSocketAddress(
                                isHere(address.getAddress())
                                        ? address.getAddress()
                                        : InetAddress.getLoopbackAddress(),
                                ports.getOrDefault(address.getPort(), 0)))
                .toList();
    }

    private static boolean isHere(InetAddress address) {
        try {
            return address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException cannotTell) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket tcp = new ServerSocket(0);
                DatagramSocket udp = new DatagramSocket(tcp.getLocalPort())) {
            return udp.getLocalPort();
        }
    }

    /// With the master files and passwords that it names beside it. Secondaries are on loopback, so
    /// that nothing leaves this machine.
    private Path write(Shown shown, String name) throws IOException {
        for (MatchResult records : RECORDS.matcher(shown.text).results().toList()) {
            Files.writeString(
                    folder.resolve(records.group(1)),
                    """
                    $TTL 3600
                    @    SOA ns1 hostmaster 1 3600 900 1209600 60
                    @    NS  ns1
                    ns1  A   192.0.2.53
                    www  A   192.0.2.80
                    """);
        }
        for (MatchResult secret : PASSWORD.matcher(shown.text).results().toList()) {
            Files.writeString(folder.resolve(secret.group(1)), "a-secret-of-the-host\n");
        }
        String text =
                shown.text
                        .replace("192.0.2.", "127.192.2.")
                        .replace("198.51.100.", "127.198.51.")
                        .replace("[2001:db8::53]", "[::1]");
        return Files.writeString(folder.resolve(name), text);
    }

    private static List<Shown> shown() throws IOException {
        return documents().stream().flatMap(DocumentedConfigurationsTest::shownIn).toList();
    }

    private static Stream<Shown> shownIn(Path document) {
        try {
            String text = Files.readString(document);
            return BLOCK.matcher(text)
                    .results()
                    .filter(block -> block.group(1).equals("toml"))
                    .map(block ->
                            new Shown(
                                    document.getFileName()
                                            + ":"
                                            + text.substring(0, block.start(2)).lines().count(),
                                    block.group(2)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of("README.md", "ARCHITECTURE.md").map(ROOT::resolve),
                            docs.filter(path -> path.toString().endsWith(".md")).sorted())
                    .toList();
        }
    }
}

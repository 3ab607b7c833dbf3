package io.holdfast.service.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.dns.answer.RateLimiter;
import io.holdfast.net.DatagramBatches;
import io.holdfast.net.DatagramBatches.Kind;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("kinds")
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class DnsFrontTest {
    private final Kind kind;

    DnsFrontTest(Kind kind) {
        this.kind = kind;
    }

    /// Every kind of UDP socket that works on this system.
    static Stream<Kind> kinds() {
        return Stream.of(DatagramBatches.fastest(), Kind.PORTABLE).distinct();
    }

    @Test
    void udpAndTcpShareOnePort() throws IOException {
        try (DnsFront front = start(2, at("127.0.0.1", 0))) {
            InetSocketAddress address = front.addresses().getFirst();
            assertThat(address.getPort()).isPositive();
            assertThat(askUdp(address, "anna")).isEqualTo("ANNA");
            assertThat(askUdp(address, "how")).isEqualTo("DATAGRAM");
            assertThat(askTcp(address, "how")).isEqualTo("STREAM");
        }
    }

    @Test
    void everyAddressIsServedAndReportedInOrder() throws IOException {
        try (DnsFront front = start(1, at("127.0.0.2", 0), at("127.0.0.1", 0))) {
            assertThat(front.addresses())
                    .extracting(address -> address.getAddress().getHostAddress())
                    .containsExactly("127.0.0.2", "127.0.0.1");
            for (InetSocketAddress address : front.addresses()) {
                assertThat(askUdp(address, "anna")).isEqualTo("ANNA");
                assertThat(askTcp(address, "anna")).isEqualTo("ANNA");
            }
        }
    }

    @Test
    void ipv6IsServedAsWell() throws IOException {
        assumeIpv6();
        try (DnsFront front = start(2, at("::1", 0))) {
            assertThat(askUdp(front.addresses().getFirst(), "anna")).isEqualTo("ANNA");
            assertThat(askTcp(front.addresses().getFirst(), "anna")).isEqualTo("ANNA");
        }
    }

    @Test
    void bothWildcardsMayBeNamedForOnePort() throws IOException {
        assumeIpv6();
        int port;
        try (DnsFront front = start(1, at("::", 0))) {
            port = front.addresses().getFirst().getPort();
        }
        try (DnsFront front = start(1, at("0.0.0.0", port), at("::", port))) {
            assertThat(front.addresses()).containsExactly(at("::", port));
            assertThat(askUdp(at("127.0.0.1", port), "four")).isEqualTo("FOUR");
            assertThat(askTcp(at("127.0.0.1", port), "four")).isEqualTo("FOUR");
            assertThat(askUdp(at("::1", port), "six")).isEqualTo("SIX");
            assertThat(askTcp(at("::1", port), "six")).isEqualTo("SIX");
        }
    }

    @Test
    void whatNobodyThoughtOfCostsOnlyThatQuery() throws IOException {
        try (DnsFront front = start(1, at("127.0.0.1", 0))) {
            InetSocketAddress address = front.addresses().getFirst();
            for (String query : List.of("crash", "overflow", "silence", "")) {
                try (DatagramSocket client = new DatagramSocket()) {
                    client.send(packet(query, address));
                }
                assertThat(askUdp(address, "anna")).isEqualTo("ANNA");
            }
        }
    }

    @Test
    void trafficIsCounted() throws IOException {
        try (DnsFront front = start(1, at("127.0.0.1", 0))) {
            InetSocketAddress address = front.addresses().getFirst();
            for (String query : List.of("crash", "silence")) {
                try (DatagramSocket client = new DatagramSocket()) {
                    client.send(packet(query, address));
                }
            }
            askUdp(address, "anna");
            try (TcpClient client = new TcpClient(address)) {
                client.send(TcpClient.framed("silence", "anna"));
                client.reply();
            }
            // Counted once a batch is sent, which the client may notice first.
            // The word replied lies where a header has TC and the response code.
            List<Long> rcodes = new ArrayList<>(Collections.nCopies(16, 0L));
            rcodes.set('A' & 0xF, 2L);
            DnsTraffic expected = new DnsTraffic(3, 1, 2, 1, 0, 0, 1, 1, 0, 0, 2, 0, 0, rcodes);
            long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (!front.traffic().equals(expected) && System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            assertThat(front.traffic()).isEqualTo(expected);
            assertThat(front.traffic().unanswered()).isEqualTo(3);
        }
    }

    @Test
    void aPortInUseByTcpIsNamed() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatThrownBy(() -> start(1, at("127.0.0.1", other.getLocalPort())))
                    .isInstanceOf(BindException.class)
                    .hasMessage(
                            "cannot listen for DNS on 127.0.0.1:%d (TCP): Address already in use",
                            other.getLocalPort());
        }
    }

    @Test
    void aPortInUseByUdpIsNamedAndTheFirstAddressIsGivenBack() throws IOException {
        try (DatagramSocket other = new DatagramSocket(at("127.0.0.1", 0))) {
            int free = freePort();
            assertThatThrownBy(() ->
                            start(1, at("127.0.0.1", free), at("127.0.0.1", other.getLocalPort())))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining("127.0.0.1:%d (UDP)", other.getLocalPort())
                    .hasMessageContaining("in use");
            start(1, at("127.0.0.1", free)).close();
        }
    }

    @Test
    void closingIsQuickAndFreesThePorts() throws IOException {
        DnsFront front = start(2, at("127.0.0.1", 0));
        InetSocketAddress address = front.addresses().getFirst();
        try (TcpClient idle = new TcpClient(address)) {
            assertThat(idle.ask("anna")).isEqualTo("ANNA");
            long before = System.nanoTime();
            front.close();
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isLessThan(Duration.ofSeconds(5)); // a second, on a machine that is not busy
            assertThat(idle.isCutOff()).isTrue();
        }
        try (DnsFront next = start(2, address)) {
            assertThat(askUdp(address, "anna")).isEqualTo("ANNA");
            assertThat(next.addresses()).containsExactly(address);
        }
        front.close(); // a second time does nothing
    }

    private DnsFront start(int threads, InetSocketAddress... listen) throws IOException {
        DnsSettings settings = new DnsSettings(List.of(listen), threads, kind, TcpLimits.DEFAULT);
        return DnsFront.start(
                settings,
                WordReplier::new,
                _ -> ExchangeHandler.over(),
                RateLimiter.OFF,
                InstantSource.system());
    }

    private int freePort() throws IOException {
        try (DnsFront front = start(1, at("127.0.0.1", 0))) {
            return front.addresses().getFirst().getPort();
        }
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    private static String askUdp(InetSocketAddress server, String word) throws IOException {
        try (DatagramSocket client = new DatagramSocket()) {
            client.setSoTimeout(TcpClient.PATIENCE_MILLIS);
            client.send(packet(word, server));
            DatagramPacket reply = new DatagramPacket(new byte[4096], 4096);
            client.receive(reply);
            return new String(reply.getData(), 0, reply.getLength(), US_ASCII);
        }
    }

    private static String askTcp(InetSocketAddress server, String word) throws IOException {
        try (TcpClient client = new TcpClient(server)) {
            return client.ask(word);
        }
    }

    private static DatagramPacket packet(String word, InetSocketAddress server) {
        byte[] octets = word.getBytes(US_ASCII);
        return new DatagramPacket(octets, octets.length, server);
    }

    private static void assumeIpv6() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
            assumeTrue(probe.isBound());
        } catch (IOException e) {
            assumeTrue(false, "this machine has no IPv6: " + e.getMessage());
        }
    }
}

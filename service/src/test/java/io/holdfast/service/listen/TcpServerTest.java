package io.holdfast.service.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.dns.answer.RateLimiter;
import io.holdfast.net.DatagramBatches;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class TcpServerTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(200);

    private final List<DnsFront> fronts = new ArrayList<>();

    @AfterEach
    void stop() {
        fronts.forEach(DnsFront::close);
    }

    @Test
    void oneConnectionCarriesManyQueries() throws IOException {
        try (TcpClient client = client(patient())) {
            assertThat(client.ask("anna")).isEqualTo("ANNA");
            assertThat(client.ask("how")).isEqualTo("STREAM");
            assertThat(client.ask("berta")).isEqualTo("BERTA");
        }
    }

    @Test
    void pipelinedQueriesAreAnsweredInTheirOrder() throws IOException {
        try (TcpClient client = client(patient())) {
            client.send(TcpClient.framed("anna", "berta", "", "cesar", "dora"));
            assertThat(client.reply()).isEqualTo("ANNA");
            assertThat(client.reply()).isEqualTo("BERTA");
            assertThat(client.reply()).isEqualTo("CESAR");
            assertThat(client.reply()).isEqualTo("DORA");
        }
    }

    @Test
    void queriesMayArriveOctetByOctet() throws IOException {
        try (TcpClient client = client(patient())) {
            for (byte octet : TcpClient.framed("anna", "berta")) {
                client.send(new byte[] {octet});
            }
            assertThat(client.reply()).isEqualTo("ANNA");
            assertThat(client.reply()).isEqualTo("BERTA");
        }
    }

    @Test
    void theLongestMessagePasses() throws IOException {
        try (TcpClient client = client(patient())) {
            String longest = "X".repeat(0xFFFF);
            assertThat(client.ask(longest)).isEqualTo(longest);
            assertThat(client.ask("long")).hasSize(WordReplier.LONG);
        }
    }

    @Test
    void whoSaysNothingMoreStillGetsWhatWasAsked() throws IOException {
        try (TcpClient client = client(patient())) {
            client.send(TcpClient.framed("anna", "berta"));
            client.socket.shutdownOutput();
            assertThat(client.reply()).isEqualTo("ANNA");
            assertThat(client.reply()).isEqualTo("BERTA");
            assertThat(client.isCutOff()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"silence", "crash", "overflow"})
    void aQueryWithoutAReplyCostsOnlyItself(String query) throws IOException {
        try (TcpClient client = client(patient())) {
            client.send(TcpClient.framed(query, "anna"));
            assertThat(client.reply()).isEqualTo("ANNA");
        }
    }

    @Test
    void anIdleConnectionIsEnded() throws IOException {
        try (TcpClient client = client(limits(10, 10, SHORT, LONG))) {
            assertThat(client.ask("anna")).isEqualTo("ANNA");
            assertThat(client.isCutOff()).isTrue();
            assertThat(fronts.getLast().traffic().tcpTimedOut()).isEqualTo(1);
        }
    }

    @Test
    void aTrickleOfOctetsDoesNotKeepAConnectionAlive() throws IOException {
        try (TcpClient client = client(limits(10, 10, SHORT, LONG))) {
            client.send(new byte[] {(byte) 0xFF, (byte) 0xFF}); // announces 65,535 octets
            client.socket.setSoTimeout(20);
            assertThatThrownBy(() -> trickle(client))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void whoDoesNotReadItsRepliesIsCutOff() throws IOException {
        try (TcpClient client = client(limits(10, 10, LONG, SHORT))) {
            byte[] question = TcpClient.framed("long");
            assertThatThrownBy(
                            () -> {
                                while (true) { // the buffers between us hold some of them
                                    client.send(question);
                                }
                            })
                    .isInstanceOf(IOException.class);
            assertThat(fronts.getLast().traffic().tcpTimedOut()).isEqualTo(1);
        }
    }

    @Test
    void oneClientHoldsOnlySoManyConnections() throws IOException {
        try (TcpClient first = client(limits(10, 2, LONG, LONG));
                TcpClient second = another()) {
            assertThat(first.ask("anna")).isEqualTo("ANNA");
            assertThat(second.ask("berta")).isEqualTo("BERTA");
            try (TcpClient third = another()) {
                assertThat(third.isCutOff()).isTrue();
            }
            assertThat(second.ask("still here")).isEqualTo("STILL HERE");
            assertThat(fronts.getLast().traffic().tcpRefused()).isEqualTo(1);
        }
        assertThatAPlaceBecomesFree();
    }

    @Test
    void allClientsTogetherHoldOnlySoManyConnections() throws IOException {
        try (TcpClient first = client(limits(1, 10, LONG, LONG))) {
            assertThat(first.ask("anna")).isEqualTo("ANNA");
            try (TcpClient second = another()) {
                assertThat(second.isCutOff()).isTrue();
            }
        }
        assertThatAPlaceBecomesFree();
    }

    private void assertThatAPlaceBecomesFree() throws IOException {
        long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        boolean answered = false;
        while (!answered && System.nanoTime() < until) {
            try (TcpClient client = another()) {
                client.send(TcpClient.framed("anna"));
                answered = !client.isCutOff();
            }
        }
        assertThat(answered).isTrue();
    }

    /// One octet each 20 ms until the server hangs up; a whole message would take 20 minutes.
    private static void trickle(TcpClient client) throws IOException {
        boolean open = true;
        while (open) {
            client.send(new byte[] {'x'});
            try {
                open = client.socket.getInputStream().read() >= 0;
            } catch (SocketTimeoutException e) {
                open = true;
            }
        }
        throw new EOFException("the server hung up");
    }

    private static TcpLimits patient() {
        return limits(10, 10, LONG, LONG);
    }

    private static TcpLimits limits(int all, int each, Duration idle, Duration write) {
        return new TcpLimits(all, each, idle, write);
    }

    private TcpClient client(TcpLimits limits) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        DnsSettings settings =
                new DnsSettings(List.of(any), 1, DatagramBatches.Kind.PORTABLE, limits);
        fronts.add(
                DnsFront.start(
                        settings,
                        WordReplier::new,
                        _ -> ExchangeHandler.over(),
                        RateLimiter.OFF,
                        InstantSource.system()));
        return another();
    }

    private TcpClient another() throws IOException {
        return new TcpClient(fronts.getLast().addresses().getFirst());
    }
}

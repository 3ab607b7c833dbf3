package io.holdfast.service.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.answer.Answerer.Transport;
import io.holdfast.dns.answer.RateLimiter;
import io.holdfast.net.DatagramBatches;
import io.holdfast.net.DatagramBatches.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What the answer path leaves to others comes back when they are ready. Whatever begins with
/// `later` is such a message here, and lies in [#inHand] until the test answers it.
@ParameterizedClass
@MethodSource("kinds")
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ExchangesTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(200);

    private final Kind kind;
    private final BlockingQueue<Exchange> inHand = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> endings = new LinkedBlockingQueue<>();
    private final BlockingQueue<CompletableFuture<String>> promises = new LinkedBlockingQueue<>();
    private DnsFront front;
    private InetSocketAddress server;

    ExchangesTest(Kind kind) {
        this.kind = kind;
    }

    /// Every kind of UDP socket that works on this system.
    static Stream<Kind> kinds() {
        return Stream.of(DatagramBatches.fastest(), Kind.PORTABLE).distinct();
    }

    @BeforeEach
    void start() throws IOException {
        start(LONG);
    }

    @AfterEach
    void stop() {
        for (int i = 0; i < UdpExchanges.MOST_SIGNED; i++) {
            endings.add("end");
        }
        front.close();
    }

    @Test
    void aDatagramIsAnsweredLaterAndQuestionsMeanwhile() throws Exception {
        try (DatagramSocket anna = udpClient();
                DatagramSocket berta = udpClient()) {
            send(anna, "later please");
            Exchange exchange = taken();
            send(berta, "berta");

            assertThat(reply(berta)).isEqualTo("BERTA");
            assertThat(text(exchange)).isEqualTo("later please");
            assertThat(exchange.client()).isEqualTo(anna.getLocalSocketAddress());
            assertThat(exchange.transport()).isEqualTo(Transport.DATAGRAM);
            exchange.reply("done".getBytes(US_ASCII));
            assertThat(reply(anna)).isEqualTo("done");
        }
    }

    @Test
    void whatTheHandlerThrowsCostsOnlyThatMessage() throws Exception {
        try (DatagramSocket client = udpClient();
                TcpClient tcp = new TcpClient(server)) {
            send(client, "later crash");
            tcp.send(TcpClient.framed("later crash"));
            send(client, "anna");

            assertThat(reply(client)).isEqualTo("ANNA");
            assertThat(tcp.ask("berta")).isEqualTo("BERTA");
            assertEventually(() -> front.traffic().failures() == 2);
        }
    }

    @Test
    void moreThanTheMostInHandAreDroppedAndCounted() throws Exception {
        try (DatagramSocket client = udpClient()) {
            int sent = 0;
            while (front.traffic().exchangesDropped() == 0) {
                send(client, "later " + sent++);
                if (sent % 32 == 0) { // no faster than they are taken
                    send(client, "anna");
                    assertThat(reply(client)).isEqualTo("ANNA");
                }
            }
            assertThat(front.traffic().exchanges()).isEqualTo(UdpExchanges.MOST_UNSIGNED / 2);
            send(client, "berta");
            assertThat(reply(client)).isEqualTo("BERTA");
            for (int i = 0; i < UdpExchanges.MOST_UNSIGNED / 2; i++) {
                endings.add("end");
            }
            assertEventually(() -> takesAnother(client));
        }
    }

    @Test
    void oneTcpConnectionIsAnsweredOutOfOrder() throws Exception {
        try (TcpClient client = new TcpClient(server)) {
            client.send(TcpClient.framed("later one", "later two", "anna"));
            assertThat(client.reply()).isEqualTo("ANNA");
            Exchange first = taken();
            Exchange second = taken();
            assertThat(List.of(text(first), text(second)))
                    .containsExactlyInAnyOrder("later one", "later two");
            assertThat(first.transport()).isEqualTo(Transport.STREAM);
            second.reply("second".getBytes(US_ASCII));
            assertThat(client.reply()).isEqualTo("second");
            first.reply("first, part one".getBytes(US_ASCII));
            first.reply("first, part two".getBytes(US_ASCII));
            assertThat(client.reply()).isEqualTo("first, part one");
            assertThat(client.reply()).isEqualTo("first, part two");
        }
    }

    @Test
    void aConnectionWithAnExchangeUnderWayIsNotIdle() throws Exception {
        front.close();
        start(SHORT);
        try (TcpClient waiting = new TcpClient(server);
                TcpClient idle = new TcpClient(server)) {
            waiting.send(TcpClient.framed("later please"));
            Exchange exchange = taken();
            assertThat(idle.isCutOff()).isTrue();
            exchange.reply("done".getBytes(US_ASCII));

            assertThat(waiting.reply()).isEqualTo("done");
            endings.add("end");
            assertThat(waiting.isCutOff()).isTrue(); // idle from now on
        }
    }

    @Test
    void whoSaysNothingMoreStillGetsWhatIsUnderWay() throws Exception {
        try (TcpClient client = new TcpClient(server)) {
            client.send(TcpClient.framed("later please"));
            client.socket.shutdownOutput();
            taken().reply("done".getBytes(US_ASCII));

            assertThat(client.reply()).isEqualTo("done");
            endings.add("end");
            assertThat(client.isCutOff()).isTrue();
        }
    }

    @Test
    void aReplyToAClientThatIsGoneFails() throws Exception {
        try (TcpClient client = new TcpClient(server)) {
            client.send(TcpClient.framed("later please"));
            Exchange exchange = taken();
            client.socket.setSoLinger(true, 0);
            client.socket.close();

            assertEventually(() -> fails(exchange));
        }
    }

    @Test
    void oneConnectionHasOnlySoManyUnderWay() throws Exception {
        try (TcpClient client = new TcpClient(server)) {
            for (int i = 0; i <= TcpExchanges.MOST; i++) {
                client.send(TcpClient.framed("later " + i));
            }
            client.send(TcpClient.framed("anna"));
            for (int i = 0; i < TcpExchanges.MOST; i++) {
                taken();
            }
            assertThat(inHand).isEmpty();
            endings.add("end");
            assertThat(text(taken())).isEqualTo("later " + TcpExchanges.MOST);
            assertThat(client.reply()).isEqualTo("ANNA");
        }
    }

    @Test
    void anExchangeLastsUntilWhatItsHandlerPromisedIsDone() throws Exception {
        try (TcpClient client = new TcpClient(server)) {
            for (int i = 0; i <= TcpExchanges.MOST; i++) {
                client.send(TcpClient.framed("later promise " + i));
            }
            for (int i = 0; i < TcpExchanges.MOST; i++) {
                taken();
            }
            assertThat(inHand).isEmpty();
            promises.take().completeExceptionally(new IllegalStateException("not done"));
            assertThat(text(taken())).isEqualTo("later promise " + TcpExchanges.MOST);
            assertThat(front.traffic().failures()).isEqualTo(1);
            promises.forEach(promise -> promise.complete("done"));
        }
    }

    private void start(Duration idle) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        DnsSettings settings =
                new DnsSettings(List.of(any), 1, kind, new TcpLimits(10, 10, idle, LONG));
        front =
                DnsFront.start(
                        settings,
                        WordReplier::new,
                        this::handle,
                        RateLimiter.OFF,
                        InstantSource.system());
        server = front.addresses().getFirst();
    }

    private CompletionStage<?> handle(Exchange exchange) {
        if (text(exchange).equals("later crash")) {
            throw new IllegalStateException("an update that nobody thought of");
        }
        if (text(exchange).startsWith("later promise")) {
            CompletableFuture<String> promise = new CompletableFuture<>();
            promises.add(promise);
            inHand.add(exchange);
            return promise;
        }
        inHand.add(exchange);
        try {
            if (endings.poll(1, TimeUnit.MINUTES) != null) {
                return ExchangeHandler.over();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("the test did not end this exchange");
    }

    private boolean takesAnother(DatagramSocket client) {
        long before = front.traffic().exchanges();
        try {
            send(client, "later again");
            send(client, "anna");
            reply(client);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return front.traffic().exchanges() > before;
    }

    private static boolean fails(Exchange exchange) {
        try {
            exchange.reply("done".getBytes(US_ASCII));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private Exchange taken() throws InterruptedException {
        Exchange exchange = inHand.poll(TcpClient.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(exchange).isNotNull();
        return exchange;
    }

    private static void assertEventually(BooleanSupplier condition) {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(until);
            Thread.onSpinWait();
        }
    }

    private static String text(Exchange exchange) {
        return new String(exchange.message(), US_ASCII);
    }

    private DatagramSocket udpClient() throws IOException {
        DatagramSocket client = new DatagramSocket(null);
        client.connect(server);
        client.setSoTimeout(TcpClient.PATIENCE_MILLIS);
        return client;
    }

    private static void send(DatagramSocket client, String word) throws IOException {
        byte[] octets = word.getBytes(US_ASCII);
        client.send(new DatagramPacket(octets, octets.length));
    }

    private static String reply(DatagramSocket client) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
        client.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), US_ASCII);
    }
}

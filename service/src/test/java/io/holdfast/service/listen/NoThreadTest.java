package io.holdfast.service.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.net.DatagramBatch;
import io.holdfast.net.ReturnPath;
import io.holdfast.runtime.RateLimitedLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.slf4j.LoggerFactory;

/// The system gives no thread for a while. That costs what needed the thread, and nothing else:
/// afterwards there is as much room as before, and every loop goes on.
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class NoThreadTest {
    private static final InetSocketAddress PEER =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 5353);

    private final TrafficCounters counters = new TrafficCounters();
    private final RateLimitedLog faults =
            new RateLimitedLog(
                    LoggerFactory.getLogger(NoThreadTest.class),
                    InstantSource.system(),
                    1,
                    java.time.Duration.ofSeconds(10));
    private final List<String> handled = new ArrayList<>();

    @Test
    void messagesByUdpFindTheirPlacesAgain() {
        UdpExchanges exchanges =
                new UdpExchanges(
                        this::handle,
                        io.holdfast.dns.answer.RateLimiter.OFF,
                        counters,
                        faults,
                        java.time.InstantSource.system(),
                        failing(UdpExchanges.MOST_SIGNED + 1));
        for (int i = 0; i <= UdpExchanges.MOST_SIGNED; i++) {
            exchanges.begin(octets("lost"), path());
        }
        exchanges.begin(octets("taken"), path());

        assertThat(handled).containsExactly("taken");
        assertThat(counters.exchangesDropped.sum()).isEqualTo(UdpExchanges.MOST_SIGNED + 1);
    }

    @Test
    void messagesByTcpFindTheirPlacesAgain() throws Exception {
        try (SocketChannel channel = SocketChannel.open()) {
            TcpExchanges exchanges =
                    new TcpExchanges(
                            new TcpReplies(channel, TcpLimits.DEFAULT, counters),
                            PEER,
                            this::handle,
                            counters,
                            faults,
                            failing(TcpExchanges.MOST + 1));
            for (int i = 0; i <= TcpExchanges.MOST; i++) {
                exchanges.begin(octets("lost"));
            }
            exchanges.begin(octets("taken"));

            assertThat(handled).containsExactly("taken");
            assertThat(exchanges.areUnderWay()).isFalse();
        }
    }

    @Test
    void connectionsFindTheirPlacesAgain() throws Exception {
        TcpLimits two = new TcpLimits(2, 2, Duration.ofMinutes(1), Duration.ofMinutes(1));
        Closing closing = new Closing();
        try (ServerSocketChannel socket =
                        ServerSocketChannel.open()
                                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                TcpServer server =
                        new TcpServer(
                                socket,
                                two,
                                new ConnectionLimiter(two),
                                new ReplierPool(
                                        1,
                                        WordReplier::new,
                                        counters,
                                        faults,
                                        InstantSource.system()),
                                this::handle,
                                counters,
                                faults,
                                closing,
                                failing(3))) {
            server.start();
            InetSocketAddress address = (InetSocketAddress) socket.getLocalAddress();
            for (int i = 0; i < 3; i++) {
                try (TcpClient client = new TcpClient(address)) {
                    assertThat(client.isCutOff()).isTrue();
                }
            }
            try (TcpClient one = new TcpClient(address);
                    TcpClient other = new TcpClient(address)) {
                assertThat(one.ask("hello")).isEqualTo("HELLO");
                assertThat(other.ask("hello")).isEqualTo("HELLO");
            }
            closing.begin();
        }
    }

    @Test
    void aSocketForDatagramsIsServedWhateverWasThrown() {
        List<Throwable> thrown =
                new ArrayList<>(
                        List.of(
                                new OutOfMemoryError("injected"),
                                new IllegalStateException("injected"),
                                new IOException("injected"),
                                new StackOverflowError("injected")));
        Socket socket = new Socket(thrown);
        UdpExchanges exchanges =
                new UdpExchanges(
                        this::handle,
                        io.holdfast.dns.answer.RateLimiter.OFF,
                        counters,
                        faults,
                        java.time.InstantSource.system(),
                        failing(0));
        new UdpServer(
                        socket,
                        new WordReplier(),
                        exchanges,
                        counters,
                        faults,
                        InstantSource.system())
                .run();

        assertThat(thrown).isEmpty();
        assertThat(socket.replies).containsExactly("HELLO");
    }

    private CompletableFuture<Void> handle(Exchange exchange) {
        handled.add(new String(exchange.message(), US_ASCII));
        return CompletableFuture.completedFuture(null);
    }

    /// Starts no thread for the first tasks; those after run at once, on a thread of their own if
    /// they block.
    private static Executor failing(int times) {
        AtomicInteger left = new AtomicInteger(times);
        return task -> {
            if (left.getAndDecrement() > 0) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            if (Thread.currentThread().isVirtual()) {
                Thread.ofVirtual().start(task);
            } else {
                task.run();
            }
        };
    }

    private static byte[] octets(String text) {
        return text.getBytes(US_ASCII);
    }

    private static ReturnPath path() {
        return new ReturnPath() {
            @Override
            public InetSocketAddress peer() {
                return PEER;
            }

            @Override
            public void send(byte[] from) {
                throw new AssertionError("nobody replies here");
            }
        };
    }

    /// Throws what it is given, one after the other; then one query comes; then it is closed.
    private static final class Socket implements DatagramBatch {
        private final List<Throwable> thrown;
        private final List<String> replies = new ArrayList<>();
        private boolean came;

        Socket(List<Throwable> thrown) {
            this.thrown = thrown;
        }

        @Override
        public int receive() throws IOException {
            if (!thrown.isEmpty()) {
                switch (thrown.removeFirst()) {
                    case IOException e -> throw e;
                    case RuntimeException e -> throw e;
                    case Error e -> throw e;
                    default -> throw new AssertionError();
                }
            }
            if (came) {
                return -1;
            }
            came = true;
            return 1;
        }

        @Override
        public int capacity() {
            return 1;
        }

        @Override
        public int read(int i, byte[] to) {
            byte[] query = octets("hello");
            System.arraycopy(query, 0, to, 0, query.length);
            return query.length;
        }

        @Override
        public InetSocketAddress peer(int i) {
            return PEER;
        }

        @Override
        public void peerAddress(int i, byte[] to) {
            to[15] = 1;
        }

        @Override
        public ReturnPath returnPath(int i) {
            return path();
        }

        @Override
        public void reply(int i, byte[] from, int length) {
            replies.add(new String(from, 0, length, US_ASCII));
        }

        @Override
        public int send() {
            return 0;
        }

        @Override
        public InetSocketAddress address() {
            return PEER;
        }

        @Override
        public void close() {
            came = true;
        }
    }
}

package io.holdfast.service.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.answer.RateLimiter;
import io.holdfast.dns.tsig.TsigAlgorithm;
import io.holdfast.dns.tsig.TsigError;
import io.holdfast.dns.tsig.TsigKey;
import io.holdfast.dns.tsig.TsigVerdict;
import io.holdfast.net.ReturnPath;
import io.holdfast.runtime.RateLimitedLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// Who gets a place, and whose replies are limited (issue 15, B3).
@Timeout(60)
class UdpExchangesTest {
    private static final byte[] UNSIGNED = message(Opcode.UPDATE, "");
    private static final byte[] SIGNED = message(Opcode.UPDATE, "key.");
    private static final byte[] SIGNED_BY_ANOTHER = message(Opcode.UPDATE, "another.");

    /// With the name of a key that exists, and a signature that is not of that key.
    private static final byte[] SIGNED_BADLY = message(Opcode.UPDATE, "forged.");

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final TrafficCounters counters = new TrafficCounters();
    private final LinkedBlockingQueue<byte[]> sent = new LinkedBlockingQueue<>();
    private final ReturnPath path = pathTo("192.0.2.1");
    private final ReturnPath elsewhere = pathTo("198.51.100.1");

    @Test
    void whatIsSignedHasPlacesThatNothingUnsignedCanTake() {
        UdpExchanges exchanges = exchangesThatNeverEnd();
        begin(exchanges, UNSIGNED, 10_000, path);

        assertThat(isTaken(exchanges, SIGNED, path)).isTrue();
    }

    @Test
    void whatIsSignedHasPlacesThatNoForgedSignatureCanTake() {
        UdpExchanges exchanges = exchangesThatNeverEnd();
        begin(exchanges, SIGNED_BADLY, 10_000, path);
        begin(exchanges, SIGNED_BADLY, 10_000, elsewhere);

        assertThat(isTaken(exchanges, SIGNED, path)).isTrue();
        assertThat(counters.exchanges.sum()).isLessThanOrEqualTo(UdpExchanges.MOST_UNSIGNED + 1);
    }

    @Test
    void whoSignsWithOneKeyCannotTakeThePlacesOfAnother() {
        UdpExchanges exchanges = exchangesThatNeverEnd();
        begin(exchanges, SIGNED, 10_000, path);

        assertThat(counters.exchanges.sum()).isEqualTo(UdpExchanges.MOST_SIGNED / 2);
        assertThat(counters.exchangesDropped.sum())
                .isEqualTo(10_000 - UdpExchanges.MOST_SIGNED / 2);
        assertThat(isTaken(exchanges, SIGNED, path)).isFalse();
        assertThat(isTaken(exchanges, SIGNED_BY_ANOTHER, path)).isTrue();
    }

    @Test
    void whatIsNotSignedFromOneNetworkLeavesPlacesForOthers() {
        UdpExchanges exchanges = exchangesThatNeverEnd();
        begin(exchanges, UNSIGNED, 1_000, path);

        assertThat(counters.exchanges.sum()).isEqualTo(UdpExchanges.MOST_UNSIGNED / 2);
        assertThat(isTaken(exchanges, UNSIGNED, pathTo("192.0.2.200"))).isFalse();
        assertThat(isTaken(exchanges, UNSIGNED, elsewhere)).isTrue();
    }

    /// However many networks they say they come from.
    @Test
    void forgedSignaturesAreAnsweredSoManyTimesASecond() throws Exception {
        AtomicInteger handled = new AtomicInteger();
        UdpExchanges exchanges =
                exchanges(
                        RateLimiter.OFF,
                        _ -> {
                            handled.incrementAndGet();
                            return ExchangeHandler.over();
                        });
        for (int second = 0; second < 2; second++) {
            for (int i = 0; i < 2_000; i++) {
                exchanges.begin(SIGNED_BADLY, pathTo("10." + i / 250 + "." + i % 250 + ".1"));
                exchanges.end(Duration.ofSeconds(30)); // so that places are not what is short
            }
            now = now.plusSeconds(1);
        }
        begin(exchanges, SIGNED, 100, path);
        exchanges.end(Duration.ofSeconds(30));

        assertThat(handled).hasValue(2 * UdpExchanges.MOST_FORGED_A_SECOND + 100);
    }

    @Test
    void whatIsNotSignedIsAnsweredSoManyTimesASecond() throws Exception {
        UdpExchanges exchanges = exchanges(RateLimiter.OFF, _ -> ExchangeHandler.over());
        for (int i = 0; i < 2 * UdpExchanges.MOST_UNSIGNED_A_SECOND; i++) {
            exchanges.begin(UNSIGNED, pathTo("10." + i / 250 + "." + i % 250 + ".1"));
            exchanges.end(Duration.ofSeconds(30));
        }

        assertThat(counters.exchanges.sum()).isEqualTo(UdpExchanges.MOST_UNSIGNED_A_SECOND);
    }

    @Test
    void aCheckThatFailsCostsThatMessage() {
        UdpExchanges exchanges = exchangesThatNeverEnd();
        exchanges.begin(new byte[12], path);

        assertThat(counters.failures.sum()).isEqualTo(1);
        assertThat(isTaken(exchanges, SIGNED, path)).isTrue();
    }

    private void begin(UdpExchanges exchanges, byte[] message, int times, ReturnPath from) {
        for (int i = 0; i < times; i++) {
            exchanges.begin(message, from);
        }
    }

    private boolean isTaken(UdpExchanges exchanges, byte[] message, ReturnPath from) {
        long before = counters.exchanges.sum();
        exchanges.begin(message, from);
        return counters.exchanges.sum() > before;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notSignedWell")
    void repliesToWhatIsNotSignedWellAreLimitedBeforeAnyWork(String what, byte[] message)
            throws Exception {
        int handledOf10 = answer(message, 10);

        assertThat(sent).hasSize(3);
        assertThat(handledOf10).isEqualTo(3);
    }

    static Stream<Arguments> notSignedWell() {
        return Stream.of(
                Arguments.of("an update", UNSIGNED),
                Arguments.of("a notification", message(Opcode.NOTIFY, "")),
                Arguments.of("a forged signature", SIGNED_BADLY));
    }

    @Test
    void repliesToWhatIsSignedWellAreNot() throws Exception {
        assertThat(answer(SIGNED, 10)).isEqualTo(10);
        assertThat(sent).hasSize(10);
    }

    @Test
    void aHandlerThatFailsCostsNoPlace() throws Exception {
        Semaphore failed = new Semaphore(0);
        UdpExchanges exchanges =
                exchanges(
                        RateLimiter.OFF,
                        _ -> {
                            failed.release();
                            throw new StackOverflowError();
                        });
        for (int i = 0; i < 3 * UdpExchanges.MOST_UNSIGNED; i++) {
            exchanges.begin(UNSIGNED, path);
            failed.acquire();
            exchanges.end(Duration.ofSeconds(30));
        }

        assertThat(counters.exchangesDropped.sum()).isZero();
    }

    /// The limit is three in a second.
    ///
    /// @return how many were handled
    private int answer(byte[] message, int times) throws InterruptedException {
        AtomicInteger count = new AtomicInteger();
        UdpExchanges exchanges =
                exchanges(
                        new RateLimiter(3, 0, List.of(), () -> 7),
                        exchange -> {
                            count.incrementAndGet();
                            exchange.reply(exchange.message());
                            return ExchangeHandler.over();
                        });
        for (int i = 0; i < times; i++) {
            exchanges.begin(message, path);
        }
        exchanges.end(Duration.ofSeconds(30));
        return count.get();
    }

    private interface Handling {
        CompletionStage<?> handle(Exchange exchange) throws IOException;
    }

    private UdpExchanges exchangesThatNeverEnd() {
        return exchanges(RateLimiter.OFF, _ -> new CompletableFuture<>());
    }

    private UdpExchanges exchanges(RateLimiter limiter, Handling handling) {
        RateLimitedLog log =
                new RateLimitedLog(
                        LoggerFactory.getLogger("none"), () -> now, 1, Duration.ofMinutes(1));
        ExchangeHandler handler =
                new ExchangeHandler() {
                    @Override
                    public CompletionStage<?> handle(Exchange exchange) {
                        try {
                            return handling.handle(exchange);
                        } catch (IOException gone) {
                            throw new UncheckedIOException(gone);
                        }
                    }

                    @Override
                    public TsigVerdict check(byte[] message) {
                        return verdict(message);
                    }
                };
        return new UdpExchanges(handler, limiter, counters, log, () -> now);
    }

    private static TsigVerdict verdict(byte[] message) {
        if (Arrays.equals(message, SIGNED)) {
            return signed("key", message);
        }
        if (Arrays.equals(message, SIGNED_BY_ANOTHER)) {
            return signed("another", message);
        }
        if (Arrays.equals(message, SIGNED_BADLY)) {
            return new TsigVerdict.Failed(
                    io.holdfast.dns.Name.of("key"), TsigError.BADSIG, new byte[12]);
        }
        if (message.length == 12) {
            throw new IllegalStateException("a fault of ours");
        }
        return new TsigVerdict.Unsigned();
    }

    private static TsigVerdict signed(String key, byte[] message) {
        TsigKey its =
                new TsigKey(io.holdfast.dns.Name.of(key), TsigAlgorithm.HMAC_SHA256, new byte[32]);
        return new TsigVerdict.Signed(its, new byte[32], 0, message);
    }

    private ReturnPath pathTo(String address) {
        return new ReturnPath() {
            @Override
            public InetSocketAddress peer() {
                return new InetSocketAddress(InetAddress.ofLiteral(address), 4242);
            }

            @Override
            public void send(byte[] from) {
                sent.add(from);
            }
        };
    }

    /// @param key the name of the key that signs it; empty for none
    private static byte[] message(int opcode, String key) {
        try {
            Name zone = Name.fromString("dyn.example.");
            Message message = Message.newQuery(Record.newRecord(zone, Type.SOA, DClass.IN));
            message.getHeader().setOpcode(opcode);
            if (!key.isEmpty()) {
                message.setTSIG(new TSIG(TSIG.HMAC_SHA256, Name.fromString(key), new byte[32]));
            }
            return message.toWire(Message.MAXLENGTH);
        } catch (TextParseException e) {
            throw new IllegalStateException(e);
        }
    }
}

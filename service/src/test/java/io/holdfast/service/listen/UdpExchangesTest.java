package io.holdfast.service.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.answer.RateLimiter;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
    private static final byte[] SIGNED_BY_NOBODY = message(Opcode.UPDATE, "nobody.");
    private static final int NOTAUTH = 9;

    private final Meters meters = new Meters();
    private final LinkedBlockingQueue<byte[]> sent = new LinkedBlockingQueue<>();
    private final ReturnPath path =
            new ReturnPath() {
                @Override
                public InetSocketAddress peer() {
                    return new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 4242);
                }

                @Override
                public void send(byte[] from) {
                    sent.add(from);
                }
            };

    @Test
    void whatIsSignedHasPlacesThatNothingUnsignedCanTake() throws Exception {
        signedHasAPlaceAfter(UNSIGNED);
    }

    @Test
    void whatIsSignedHasPlacesThatUnknownKeysCannotTake() throws Exception {
        signedHasAPlaceAfter(SIGNED_BY_NOBODY);
    }

    private void signedHasAPlaceAfter(byte[] junk) throws InterruptedException {
        LinkedBlockingQueue<Exchange> inHand = new LinkedBlockingQueue<>();
        UdpExchanges exchanges =
                exchanges(
                        RateLimiter.OFF,
                        exchange -> {
                            inHand.add(exchange);
                            return new CompletableFuture<>(); // for ever in hand
                        });
        for (int i = 0; i < UdpExchanges.MOST_UNSIGNED + 100; i++) {
            exchanges.begin(junk, path);
        }
        for (int i = 0; i < UdpExchanges.MOST_UNSIGNED; i++) {
            inHand.take();
        }
        exchanges.begin(SIGNED, path);

        assertThat(inHand.take().message()).isEqualTo(SIGNED);
        assertThat(meters.exchangesDropped.sum()).isEqualTo(100);
    }

    @Test
    void repliesToWhatIsNotSignedAreLimited() throws Exception {
        answer(UNSIGNED, 10, 0);
        assertThat(sent).hasSize(3);
        sent.clear();
        answer(message(Opcode.NOTIFY, ""), 10, 0);
        assertThat(sent).hasSize(3);
    }

    @Test
    void repliesToWhatIsSignedBadlyAreLimited() throws Exception {
        answer(SIGNED, 10, NOTAUTH);
        assertThat(sent).hasSize(3);
    }

    @Test
    void repliesToWhatIsSignedWellAreNot() throws Exception {
        answer(SIGNED, 10, 0);
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

        assertThat(meters.exchangesDropped.sum()).isZero();
    }

    /// The limit is three in a second.
    private void answer(byte[] message, int times, int rcode) throws InterruptedException {
        CountDownLatch answered = new CountDownLatch(times);
        UdpExchanges exchanges =
                exchanges(
                        new RateLimiter(3, 0, List.of(), () -> 7),
                        exchange -> {
                            byte[] reply = exchange.message().clone();
                            reply[3] = (byte) rcode;
                            exchange.reply(reply);
                            answered.countDown();
                            return ExchangeHandler.over();
                        });
        for (int i = 0; i < times; i++) {
            exchanges.begin(message, path);
            exchanges.end(Duration.ofSeconds(30)); // one after the other: the counter is not exact
        }
        answered.await();
    }

    private interface Handling {
        CompletionStage<?> handle(Exchange exchange) throws IOException;
    }

    private UdpExchanges exchanges(RateLimiter limiter, Handling handling) {
        Instant now = Instant.parse("2026-11-22T12:00:00Z");
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
                    public boolean claimsKnownKey(byte[] message) {
                        return Arrays.equals(message, SIGNED);
                    }
                };
        return new UdpExchanges(handler, limiter, meters, log, () -> now);
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

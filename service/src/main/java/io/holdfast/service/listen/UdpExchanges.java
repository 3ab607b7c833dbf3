package io.holdfast.service.listen;

import io.holdfast.dns.BareReply;
import io.holdfast.dns.answer.Answerer;
import io.holdfast.dns.answer.ClientRange;
import io.holdfast.dns.answer.RateLimiter;
import io.holdfast.net.ReturnPath;
import io.holdfast.runtime.RateLimitedLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What came by UDP and is left to others: a virtual thread each. So many may be in hand at the
/// same time; what comes beyond is dropped and counted, and its sender will try again.
///
/// Whoever signs with a key that is known has places of his own: what anybody can send in any
/// amount, not signed or with a key that nobody has, cannot crowd him out. A reply to what is not
/// signed, or badly, may go to somebody who never asked; it passes the limiter, as the answers to
/// questions do.
final class UdpExchanges {
    /// Those signed with a known key, as they say. Most wait for the disk.
    static final int MOST = 4_096;

    /// Others. Those wait for nothing.
    static final int MOST_UNSIGNED = 256;

    /// A longer message takes more than one place, so that all in hand are bounded in octets, too.
    private static final int PLACE_OCTETS = 4_096;

    private static final int RCODE_AT = 3;
    private static final int NOTAUTH = 9;

    /// Tells these replies apart from answers to questions; of one opcode they are all alike.
    private static final long RESPONSE = 0x0E15_E000L;

    private final ExchangeHandler handler;
    private final RateLimiter limiter;
    private final Meters meters;
    private final RateLimitedLog faults;
    private final InstantSource clock;
    private final Executor threads;
    private final Semaphore signedPlaces = new Semaphore(MOST);
    private final Semaphore unsignedPlaces = new Semaphore(MOST_UNSIGNED);

    UdpExchanges(
            ExchangeHandler handler,
            RateLimiter limiter,
            Meters meters,
            RateLimitedLog faults,
            InstantSource clock) {
        this(
                handler,
                limiter,
                meters,
                faults,
                clock,
                task -> Thread.ofVirtual().name("dns exchange udp").start(task));
    }

    /// @param threads starts a thread for each message
    UdpExchanges(
            ExchangeHandler handler,
            RateLimiter limiter,
            Meters meters,
            RateLimitedLog faults,
            InstantSource clock,
            Executor threads) {
        this.handler = handler;
        this.limiter = limiter;
        this.meters = meters;
        this.faults = faults;
        this.clock = clock;
        this.threads = threads;
    }

    /// Has a message handled; never waits.
    void begin(byte[] message, ReturnPath path) {
        Datagram exchange = new Datagram(message, path, handler.claimsKnownKey(message));
        if (!exchange.places().tryAcquire(placesOf(message))) {
            meters.exchangesDropped.increment();
            return;
        }
        try {
            threads.execute(() -> handle(exchange));
            meters.exchanges.increment();
        } catch (RuntimeException | Error e) {
            exchange.places().release(placesOf(message));
            meters.exchangesDropped.increment();
            faults.warn("a message by UDP is dropped: no thread could be started for it", e);
        }
    }

    /// Waits for those in hand; no more than so long.
    void end(Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        end(signedPlaces, MOST, until);
        end(unsignedPlaces, MOST_UNSIGNED, until);
    }

    private static void end(Semaphore places, int all, long untilNanos)
            throws InterruptedException {
        if (places.tryAcquire(all, untilNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            places.release(all);
        }
    }

    private static int placesOf(byte[] message) {
        return 1 + message.length / PLACE_OCTETS;
    }

    private void handle(Datagram exchange) {
        try {
            handler.handle(exchange).whenComplete((_, fault) -> end(exchange, fault));
        } catch (RuntimeException | Error e) {
            end(exchange, e);
        }
    }

    private void end(Datagram exchange, @Nullable Throwable fault) {
        exchange.places().release(placesOf(exchange.message));
        if (fault != null) {
            byte[] message = exchange.message;
            meters.failures.increment();
            faults.warn(UnansweredQuery.text(exchange.client(), message, message.length), fault);
        }
    }

    private final class Datagram implements Exchange {
        private final byte[] message;
        private final ReturnPath path;
        private final boolean signed;

        Datagram(byte[] message, ReturnPath path, boolean signed) {
            this.message = message;
            this.path = path;
            this.signed = signed;
        }

        Semaphore places() {
            return signed ? signedPlaces : unsignedPlaces;
        }

        @Override
        public byte[] message() {
            return message;
        }

        @Override
        public InetSocketAddress client() {
            return path.peer();
        }

        @Override
        public Answerer.Transport transport() {
            return Answerer.Transport.DATAGRAM;
        }

        @Override
        public void reply(byte[] reply) throws IOException {
            switch (verdict(reply)) {
                case SEND -> path.send(reply);
                case SLIP -> path.send(new BareReply(message).truncated());
                case DROP -> {
                    return;
                }
            }
            meters.udpReplies.increment();
        }

        private RateLimiter.Verdict verdict(byte[] reply) {
            // RFC 8945 §5.2: whose signature is wrong is told so by NOTAUTH.
            boolean known = signed && (reply[RCODE_AT] & 0xF) != NOTAUTH;
            if (known || !limiter.isOn()) {
                return RateLimiter.Verdict.SEND;
            }
            byte[] client = ClientRange.mapped(path.peer().getAddress().getAddress());
            long response = RESPONSE | (message[2] >>> 3 & 0xF);
            return limiter.count(client, response, clock.millis() / 1_000);
        }
    }
}

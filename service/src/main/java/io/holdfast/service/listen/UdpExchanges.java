package io.holdfast.service.listen;

import io.holdfast.dns.BareReply;
import io.holdfast.dns.Name;
import io.holdfast.dns.answer.Answerer;
import io.holdfast.dns.answer.ClientRange;
import io.holdfast.dns.answer.RateLimiter;
import io.holdfast.dns.tsig.TsigVerdict;
import io.holdfast.net.ReturnPath;
import io.holdfast.runtime.RateLimitedLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// What came by UDP and is left to others: a virtual thread each. So many may be in hand at the
/// same time; what comes beyond is dropped and counted, and its sender will try again.
///
/// The signature is checked first, on the thread that reads the socket: that costs about as much as
/// the answer to a question, and less than the thread it saves. So a place among [#MOST_SIGNED] is
/// had by holders of a key alone, and each key gets its share ([FairShareLimiter]): neither those
/// who know the name of a key, which is no secret, nor somebody who has one can crowd out the
/// others.
///
/// Whatever is not signed, or badly, shares [#MOST_UNSIGNED] places by the networks it says it
/// comes from. A reply to it may go to somebody who never asked, so it passes the limiter as the
/// answers to questions do, and before any work is done for it; and there are so many in a second.
final class UdpExchanges {
    /// Rightly signed. Most wait for the disk. One key has at most half of them.
    static final int MOST_SIGNED = 4_096;

    /// Others. Those wait for nothing. One network has at most half of them.
    static final int MOST_UNSIGNED = 512;

    /// Forged signatures that are answered in a second: enough to show somebody that his key is
    /// wrong. An answer costs twenty times what the check costs, and sources can be forged, too.
    static final int MOST_FORGED_A_SECOND = 500;

    /// What is not signed and answered in a second.
    static final int MOST_UNSIGNED_A_SECOND = 5_000;

    /// A longer message takes more than one place, so that all in hand are bounded in octets, too.
    private static final int PLACE_OCTETS = 4_096;

    /// Tells these replies apart from answers to questions; of one opcode they are all alike.
    private static final long RESPONSE = 0x0E15_E000L;

    private final ExchangeHandler handler;
    private final RateLimiter limiter;
    private final TrafficCounters counters;
    private final RateLimitedLog faults;
    private final InstantSource clock;
    private final Executor threads;
    private final FairShareLimiter<Name> signedPlaces = new FairShareLimiter<>(MOST_SIGNED);
    private final FairShareLimiter<Long> unsignedPlaces = new FairShareLimiter<>(MOST_UNSIGNED);
    private final PerSecondLimiter forged = new PerSecondLimiter(MOST_FORGED_A_SECOND);
    private final PerSecondLimiter unsigned = new PerSecondLimiter(MOST_UNSIGNED_A_SECOND);

    UdpExchanges(
            ExchangeHandler handler,
            RateLimiter limiter,
            TrafficCounters counters,
            RateLimitedLog faults,
            InstantSource clock) {
        this(
                handler,
                limiter,
                counters,
                faults,
                clock,
                task -> Thread.ofVirtual().name("dns exchange udp").start(task));
    }

    /// @param threads starts a thread for each message
    UdpExchanges(
            ExchangeHandler handler,
            RateLimiter limiter,
            TrafficCounters counters,
            RateLimitedLog faults,
            InstantSource clock,
            Executor threads) {
        this.handler = handler;
        this.limiter = limiter;
        this.counters = counters;
        this.faults = faults;
        this.clock = clock;
        this.threads = threads;
    }

    /// Has a message handled; never waits.
    void begin(byte[] message, ReturnPath path) {
        try {
            switch (handler.check(message)) {
                case TsigVerdict.Signed signed ->
                        begin(message, path, signed, signedPlaces, signed.key().name());
                case TsigVerdict unproven -> beginUnproven(message, path, unproven);
            }
        } catch (RuntimeException | Error e) {
            counters.failures.increment();
            faults.warn(UnansweredQuery.text(path.peer(), message, message.length), e);
        }
    }

    /// RFC 8945 §5.2: a wrong signature is told to whoever seems to have sent it.
    private void beginUnproven(byte[] message, ReturnPath path, TsigVerdict verdict) {
        byte[] client = ClientRange.mapped(path.peer().getAddress().getAddress());
        switch (mayReply(client, message)) {
            case SEND -> {
                PerSecondLimiter budget = verdict instanceof TsigVerdict.Failed ? forged : unsigned;
                if (budget.take(clock.millis() / 1_000)) {
                    begin(message, path, verdict, unsignedPlaces, ClientRange.network(client));
                } else {
                    counters.exchangesDropped.increment();
                }
            }
            case SLIP -> truncated(message, path);
            case DROP -> {}
        }
    }

    private RateLimiter.Verdict mayReply(byte[] client, byte[] message) {
        if (!limiter.isOn()) {
            return RateLimiter.Verdict.SEND;
        }
        long response = RESPONSE | (message[2] >>> 3 & 0xF);
        return limiter.count(client, response, clock.millis() / 1_000);
    }

    /// Whoever really asked comes again by TCP.
    private void truncated(byte[] message, ReturnPath path) {
        try {
            path.send(new BareReply(message).truncated());
            counters.udpReplies.increment();
        } catch (IOException refused) {
            return; // by the network, as it refuses answers to questions
        }
    }

    private <K> void begin(
            byte[] message,
            ReturnPath path,
            TsigVerdict signature,
            FairShareLimiter<K> places,
            K who) {
        int count = 1 + message.length / PLACE_OCTETS;
        if (!places.take(who, count)) {
            counters.exchangesDropped.increment();
            return;
        }
        Datagram exchange = new Datagram(message, path, signature);
        Runnable giveBack = () -> places.giveBack(who, count);
        try {
            threads.execute(() -> handle(exchange, giveBack));
            counters.exchanges.increment();
        } catch (RuntimeException | Error e) {
            giveBack.run();
            counters.exchangesDropped.increment();
            faults.warn("a message by UDP is dropped: no thread could be started for it", e);
        }
    }

    /// Waits for those in hand; no more than so long.
    void end(Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        signedPlaces.awaitAllFree(until);
        unsignedPlaces.awaitAllFree(until);
    }

    private void handle(Datagram exchange, Runnable giveBack) {
        try {
            handler.handle(exchange).whenComplete((_, fault) -> end(exchange, giveBack, fault));
        } catch (RuntimeException | Error e) {
            end(exchange, giveBack, e);
        }
    }

    private void end(Datagram exchange, Runnable giveBack, @Nullable Throwable fault) {
        giveBack.run();
        if (fault != null) {
            byte[] message = exchange.message;
            counters.failures.increment();
            faults.warn(UnansweredQuery.text(exchange.client(), message, message.length), fault);
        }
    }

    private final class Datagram implements Exchange {
        private final byte[] message;
        private final ReturnPath path;
        private final TsigVerdict signature;

        Datagram(byte[] message, ReturnPath path, TsigVerdict signature) {
            this.message = message;
            this.path = path;
            this.signature = signature;
        }

        @Override
        public byte[] message() {
            return message;
        }

        @Override
        public TsigVerdict signature() {
            return signature;
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
            path.send(reply);
            counters.udpReplies.increment();
        }
    }
}

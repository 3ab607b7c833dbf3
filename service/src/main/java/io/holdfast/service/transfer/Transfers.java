package io.holdfast.service.transfer;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rcode;
import io.holdfast.dns.Type;
import io.holdfast.dns.answer.Answerer.Transport;
import io.holdfast.dns.tsig.TsigSigner;
import io.holdfast.dns.tsig.TsigVerdict;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.Zones;
import io.holdfast.runtime.OutsideText;
import io.holdfast.runtime.RateLimitedLog;
import io.holdfast.service.change.ZoneVersions;
import io.holdfast.service.listen.Exchange;
import io.holdfast.service.listen.ExchangeHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves zones to those who may have them: AXFR (RFC 5936) and IXFR (RFC 1995), signed if the
/// request was.
///
/// Each transfer is one version of the zone, whatever is changed meanwhile. A client that does not
/// read is cut off by the limits for connections.
public final class Transfers implements ExchangeHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);

    /// Whole zones and steps on their way at the same time, in all.
    private static final int AT_ONCE = 10;

    private static final int MOST_LINES = 20;
    private static final Duration PERIOD = Duration.ofSeconds(10);

    /// How long a request waits for its turn.
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /// So many changed records are sent without asking how large the zone is.
    private static final int FEW = 1_000;

    private static final int CLASS_IN = 1;

    /// RFC 1035 §4.2.1: what every client takes.
    private static final int LEAST_DATAGRAM = 512;

    /// Longer ones may be cut into fragments on their way, and get lost (RFC 9715).
    private static final int MOST_DATAGRAM = 1232;

    private final Published<Zones> zones;
    private final ZoneVersions versions;
    private volatile Map<Name, TransferPermission> permissions;
    private final Secondaries secondaries;
    private final InstantSource clock;
    private final Snapshots snapshots;
    private final RateLimitedLog log;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    /// @param permissions of each zone that anybody may have
    /// @param secondaries are told what is fetched
    public Transfers(
            Published<Zones> zones,
            ZoneVersions versions,
            Map<Name, TransferPermission> permissions,
            Secondaries secondaries,
            InstantSource clock) {
        this.zones = zones;
        this.versions = versions;
        this.permissions = Map.copyOf(permissions);
        this.secondaries = secondaries;
        this.clock = clock;
        this.snapshots = new Snapshots(versions);
        this.log = new RateLimitedLog(LOG, clock, MOST_LINES, PERIOD);
    }

    /// From now on these hold; what is on its way is finished.
    public void permit(Map<Name, TransferPermission> others) {
        permissions = Map.copyOf(others);
    }

    @Override
    public CompletionStage<?> handle(Exchange exchange) {
        byte[] message = exchange.message();
        try {
            switch (exchange.signature()) {
                case TsigVerdict.Unsigned _ -> handle(exchange, message, Optional.empty());
                case TsigVerdict.Signed signed ->
                        handle(exchange, signed.message(), Optional.of(signed));
                case TsigVerdict.Failed failed -> {
                    log.info(
                            client(exchange)
                                    + ": a transfer signed with "
                                    + OutsideText.printable(failed.key().toString())
                                    + " is refused: "
                                    + failed.error());
                    exchange.reply(failed.reply());
                }
                case TsigVerdict.Malformed _ -> exchange.reply(TransferWriter.formErr(message));
            }
        } catch (IOException gone) {
            log.info(client(exchange) + ": a transfer was cut off: " + gone.getMessage());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return ExchangeHandler.over();
    }

    /// @param message without its signature
    private void handle(Exchange exchange, byte[] message, Optional<TsigVerdict.Signed> signed)
            throws IOException, InterruptedException {
        Optional<TransferRequest> request = TransferRequest.read(message);
        if (request.isEmpty()) {
            exchange.reply(TransferWriter.formErr(message));
            return;
        }
        new Serving(exchange, request.get(), signed).serve();
    }

    private static String client(Exchange exchange) {
        return exchange.client().getAddress().getHostAddress();
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    /// One request being served.
    private final class Serving {
        private final Exchange exchange;
        private final TransferRequest request;
        private final Name zone;
        private final InetAddress client;
        private final Optional<Name> signedWith;
        private final Optional<TsigSigner> signer;

        Serving(Exchange exchange, TransferRequest request, Optional<TsigVerdict.Signed> signed) {
            this.exchange = exchange;
            this.request = request;
            this.zone = request.zone();
            this.client = exchange.client().getAddress();
            this.signedWith = signed.map(s -> s.key().name());
            this.signer = signed.map(TsigVerdict.Signed::replies);
        }

        void serve() throws IOException, InterruptedException {
            Optional<RRset> soa = soa();
            if (soa.isEmpty() || request.qclass() != CLASS_IN) {
                boolean isOurs = request.qclass() == CLASS_IN && zones.current().isApex(zone);
                refuse(isOurs ? Rcode.SERVFAIL : Rcode.NOTAUTH, "it is not served here");
            } else if (!permission().permits(client, signedWith)) {
                refuse(Rcode.REFUSED, "its transfer-to, transfer-allow or transfer-key forbid it");
            } else if (exchange.transport() == Transport.DATAGRAM) {
                serveDatagram(soa.get());
            } else if (!turns.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                refuse(Rcode.SERVFAIL, "too many transfers are on their way");
            } else {
                try {
                    serveStream(soa.get());
                } finally {
                    turns.release();
                }
            }
        }

        /// RFC 1995 §2: what does not fit is answered with the SOA, and comes by TCP. There is no
        /// AXFR by UDP (RFC 5936 §4.2).
        private void serveDatagram(RRset soa) throws IOException {
            if (request.serial().isEmpty()) {
                refuse(Rcode.FORMERR, "AXFR takes TCP");
                return;
            }
            int most = Math.clamp(request.payload(), LEAST_DATAGRAM, MOST_DATAGRAM);
            TransferAnswer answer =
                    TransferAnswer.since(request.serial().get(), soa, versions)
                            .filter(found ->
                                    !(found instanceof TransferAnswer.Steps steps)
                                            || datagram(steps) <= most)
                            .orElse(new TransferAnswer.Current(soa));
            send(answer);
        }

        private int datagram(TransferAnswer.Steps steps) {
            return TransferWriter.datagram(request, steps.octets(), room());
        }

        private void serveStream(RRset soa) throws IOException {
            Optional<TransferAnswer> answer =
                    request.serial().flatMap(serial -> TransferAnswer.since(serial, soa, versions));
            if (answer.isPresent() && answer.get().size() <= FEW) {
                send(answer.get());
                return;
            }
            Optional<Snapshots.Lease> lease = snapshots.current(zone);
            if (lease.isEmpty()) {
                refuse(Rcode.SERVFAIL, "the service is stopping");
                return;
            }
            try (Snapshots.Lease held = lease.get()) {
                TransferAnswer whole = new TransferAnswer.Whole(held.snapshot());
                send(answer.filter(steps -> steps.size() <= whole.size()).orElse(whole));
            }
        }

        private void send(TransferAnswer answer) throws IOException {
            if (isFromTheClient()) {
                secondaries.asked(zone, client, request.serial());
            }
            TransferWriter writer = new TransferWriter(request, room(), this::reply);
            answer.writeTo(writer);
            writer.end();
            if (isFromTheClient() && !(answer instanceof TransferAnswer.Current)) {
                secondaries.fetched(zone, client, answer.serial());
            }
        }

        private void refuse(Rcode rcode, String why) throws IOException {
            log.info(
                    client(exchange)
                            + ": no transfer of "
                            + OutsideText.printable(zone.toString())
                            + ": "
                            + why);
            if (isFromTheClient()) {
                secondaries.refused(zone, client, why);
            }
            reply(TransferWriter.refusal(request, rcode));
        }

        /// The source of an unsigned datagram may be anybody's invention.
        private boolean isFromTheClient() {
            return signer.isPresent() || exchange.transport() == Transport.STREAM;
        }

        private void reply(byte[] message) throws IOException {
            exchange.reply(signer.isPresent() ? signer.get().sign(message, now()) : message);
        }

        private int room() {
            return signer.map(TsigSigner::room).orElse(0);
        }

        private TransferPermission permission() {
            return permissions.getOrDefault(zone, TransferPermission.NONE);
        }

        private Optional<RRset> soa() {
            return zones.current()
                    .closest(zone)
                    .filter(found -> found.apex().equals(zone))
                    .flatMap(found -> found.rrset(zone, Type.SOA));
        }
    }
}

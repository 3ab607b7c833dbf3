package io.holdfast.service.dnsupdate;

import io.holdfast.dns.BareReply;
import io.holdfast.dns.Name;
import io.holdfast.dns.Rcode;
import io.holdfast.dns.tsig.TsigVerdict;
import io.holdfast.dns.tsig.TsigVerdict.Signed;
import io.holdfast.dns.update.ParsedUpdate;
import io.holdfast.dns.update.UpdateMessage;
import io.holdfast.dns.update.UpdateParser;
import io.holdfast.dns.update.UpdateStep;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.Zones;
import io.holdfast.runtime.OutsideText;
import io.holdfast.runtime.RateLimitedLog;
import io.holdfast.service.account.Grant;
import io.holdfast.service.account.KeyRing;
import io.holdfast.service.account.UpdateKey;
import io.holdfast.service.change.Origin;
import io.holdfast.service.change.RefusedUpdates;
import io.holdfast.service.change.ZoneDoor;
import io.holdfast.service.change.ZoneUpdate;
import io.holdfast.service.change.ZoneUpdateOutcome;
import io.holdfast.service.listen.Exchange;
import io.holdfast.service.listen.ExchangeHandler;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes dynamic updates (RFC 2136), signed ones only.
///
/// What costs little is refused first, as other servers do it: no signature, no key, not our zone,
/// nothing that the key may change there; only then the door is asked. No thread waits for the
/// outcome: the one that is told of it signs and sends the reply. How many updates are on their way
/// is bounded by who listens and by the door.
public final class DnsUpdateHandler implements ExchangeHandler {
    /// Not worth a line in the log: done, or something that the client required does not hold.
    private static final Set<Rcode> ORDINARY =
            Set.of(Rcode.NOERROR, Rcode.NXDOMAIN, Rcode.YXDOMAIN, Rcode.NXRRSET, Rcode.YXRRSET);

    private static final Logger LOG = LoggerFactory.getLogger(DnsUpdateHandler.class);
    private static final int MOST_LINES = 20;
    private static final int MOST_REASON = 300;
    private static final int MOST_NAMES = 20;
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final KeyRing keys;
    private final ZoneDoor door;
    private final Published<Zones> zones;
    private final InstantSource clock;
    private final ReplayCache replays = new ReplayCache();
    private final RateLimitedLog log;
    private final RefusedUpdates refusals;

    /// @param refusals is told of every host whose update is refused
    public DnsUpdateHandler(
            KeyRing keys,
            ZoneDoor door,
            Published<Zones> zones,
            RefusedUpdates refusals,
            InstantSource clock) {
        this.refusals = refusals;
        this.keys = keys;
        this.door = door;
        this.zones = zones;
        this.clock = clock;
        this.log = new RateLimitedLog(LOG, clock, MOST_LINES, PERIOD);
    }

    @Override
    public CompletionStage<?> handle(Exchange exchange) {
        byte[] message = exchange.message();
        long now = clock.instant().getEpochSecond();
        return switch (exchange.signature()) {
            case TsigVerdict.Unsigned _ ->
                    refuse(exchange, message, Rcode.REFUSED, "it is not signed");
            case TsigVerdict.Malformed _ ->
                    refuse(exchange, message, Rcode.FORMERR, "it is malformed");
            case TsigVerdict.Failed(Name key, var error, byte[] reply) -> {
                say(exchange, "key " + key, Rcode.NOTAUTH, error.toString());
                // A host's own key has its name, as a rule.
                refusals.note(key, origin(exchange), false, "NOTAUTH", error.toString());
                yield reply(exchange, reply);
            }
            case Signed signed -> handle(exchange, signed, now);
        };
    }

    /// A TCP client may be slow to take its reply, and gets a thread that may wait for that.
    private CompletionStage<?> handle(Exchange exchange, Signed signed, long now) {
        CompletionStage<ZoneUpdateOutcome> outcome = outcome(exchange, signed, now);
        return switch (exchange.transport()) {
            case DATAGRAM -> outcome.thenAccept(done -> reply(exchange, signed, done));
            case STREAM ->
                    outcome.thenAcceptAsync(
                            done -> reply(exchange, signed, done), Thread::startVirtualThread);
        };
    }

    private CompletionStage<?> refuse(
            Exchange exchange, byte[] message, Rcode rcode, String reason) {
        say(exchange, "nobody we know", rcode, reason);
        return reply(exchange, new BareReply(message).with(rcode));
    }

    /// @param who `key NAME`, or what there is to say of who signed it
    private void say(Exchange exchange, String who, Rcode rcode, String reason) {
        log.info(
                "update from "
                        + source(exchange)
                        + " by "
                        + OutsideText.printable(who)
                        + ": "
                        + rcode
                        + ", "
                        + OutsideText.printable(reason, MOST_REASON));
    }

    private static Origin origin(Exchange exchange) {
        return new Origin(exchange.client().getAddress(), "", "RFC 2136");
    }

    /// The hosts that a refused update may have been about: those it names, and those whose own key
    /// it was signed with.
    private Set<Name> hosts(Signed signed) {
        Set<Name> names = new LinkedHashSet<>();
        if (UpdateParser.parse(signed.message()) instanceof ParsedUpdate.Accepted(var update)) {
            update.steps().stream().map(UpdateStep::name).limit(MOST_NAMES).forEach(names::add);
        }
        keys.key(signed.key().name()).stream()
                .flatMap(key -> key.grants().stream())
                .filter(grant -> grant.scope() == Grant.Scope.SELF)
                .map(Grant::name)
                .forEach(names::add);
        return names;
    }

    private static String source(Exchange exchange) {
        return exchange.client().getAddress().getHostAddress();
    }

    private CompletionStage<?> reply(Exchange exchange, byte[] reply) {
        try {
            exchange.reply(reply);
        } catch (IOException gone) {
            log.info("the reply to an update from " + source(exchange) + " is lost: " + gone);
        }
        return ExchangeHandler.over();
    }

    private void reply(Exchange exchange, Signed signed, ZoneUpdateOutcome outcome) {
        if (!ORDINARY.contains(outcome.rcode())) {
            String who = "key " + signed.key().name();
            say(exchange, who, outcome.rcode(), outcome.reason());
            for (Name host : hosts(signed)) {
                refusals.note(
                        host,
                        origin(exchange),
                        true,
                        outcome.rcode().toString(),
                        "key " + signed.key().name() + ": " + outcome.reason());
            }
        }
        byte[] reply = new BareReply(signed.message()).with(outcome.rcode());
        reply(exchange, signed.replies().sign(reply, clock.instant().getEpochSecond()));
    }

    private CompletionStage<ZoneUpdateOutcome> outcome(Exchange exchange, Signed signed, long now) {
        return switch (UpdateParser.parse(signed.message())) {
            case ParsedUpdate.Rejected(Rcode rcode, String reason) -> refused(rcode, reason);
            case ParsedUpdate.Accepted(UpdateMessage update) ->
                    outcome(exchange, signed, update, now);
        };
    }

    private CompletionStage<ZoneUpdateOutcome> outcome(
            Exchange exchange, Signed signed, UpdateMessage update, long now) {
        Name zone = update.zone();
        if (!zones.current().isApex(zone)) {
            return refused(Rcode.NOTAUTH, zone + " is no zone of this server");
        }
        return keys.key(signed.key().name())
                .filter(key -> key.changesSomethingIn(zone))
                .map(key -> replays.once(signed, now, () -> submit(exchange, update, key)))
                .orElseGet(() -> refused(Rcode.REFUSED, "the key may change nothing in " + zone));
    }

    private static CompletableFuture<ZoneUpdateOutcome> refused(Rcode rcode, String reason) {
        return CompletableFuture.completedFuture(new ZoneUpdateOutcome(rcode, reason));
    }

    private CompletableFuture<ZoneUpdateOutcome> submit(
            Exchange exchange, UpdateMessage update, UpdateKey key) {
        Origin origin = origin(exchange);
        return door.update(new ZoneUpdate(update, key, origin));
    }
}

package io.holdfast.service.dnsupdate;

import io.holdfast.dns.BareReply;
import io.holdfast.dns.Name;
import io.holdfast.dns.Rcode;
import io.holdfast.dns.tsig.Tsig;
import io.holdfast.dns.tsig.TsigVerdict;
import io.holdfast.dns.tsig.TsigVerdict.Signed;
import io.holdfast.dns.update.ParsedUpdate;
import io.holdfast.dns.update.UpdateMessage;
import io.holdfast.dns.update.UpdateParser;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.Zones;
import io.holdfast.service.account.KeyRing;
import io.holdfast.service.account.UpdateKey;
import io.holdfast.service.change.Origin;
import io.holdfast.service.change.ZoneDoor;
import io.holdfast.service.change.ZoneUpdate;
import io.holdfast.service.change.ZoneUpdateOutcome;
import io.holdfast.service.listen.Exchange;
import io.holdfast.service.listen.ExchangeHandler;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Takes dynamic updates (RFC 2136), signed ones only.
///
/// What costs little is refused first, as other servers do it: no signature, no key, not our zone,
/// nothing that the key may change there; only then the door is asked. No thread waits for the
/// outcome: the one that is told of it signs and sends the reply. How many updates are on their way
/// is bounded by who listens and by the door.
public final class DnsUpdates implements ExchangeHandler {
    /// Not worth a line in the log: done, or something that the client required does not hold.
    private static final Set<Rcode> ORDINARY =
            Set.of(Rcode.NOERROR, Rcode.NXDOMAIN, Rcode.YXDOMAIN, Rcode.NXRRSET, Rcode.YXRRSET);

    private final KeyRing keys;
    private final ZoneDoor door;
    private final Published<Zones> zones;
    private final InstantSource clock;
    private final Replays replays = new Replays();
    private final Refusals refusals;

    public DnsUpdates(KeyRing keys, ZoneDoor door, Published<Zones> zones, InstantSource clock) {
        this.keys = keys;
        this.door = door;
        this.zones = zones;
        this.clock = clock;
        this.refusals = new Refusals(clock);
    }

    @Override
    public CompletionStage<?> handle(Exchange exchange) {
        byte[] message = exchange.message();
        long now = clock.instant().getEpochSecond();
        TsigVerdict verdict = Tsig.check(message, name -> keys.key(name).map(UpdateKey::key), now);
        return switch (verdict) {
            case TsigVerdict.Unsigned _ ->
                    refuse(exchange, message, Rcode.REFUSED, "it is not signed");
            case TsigVerdict.Malformed _ ->
                    refuse(exchange, message, Rcode.FORMERR, "it is malformed");
            case TsigVerdict.Failed(Name key, var error, byte[] reply) -> {
                refusals.update(exchange.client(), "key " + key, Rcode.NOTAUTH, error.toString());
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
        refusals.update(exchange.client(), "nobody we know", rcode, reason);
        return reply(exchange, new BareReply(message).with(rcode));
    }

    private CompletionStage<?> reply(Exchange exchange, byte[] reply) {
        try {
            exchange.reply(reply);
        } catch (IOException gone) {
            refusals.say("the reply to an update from " + exchange.client() + " is lost: " + gone);
        }
        return ExchangeHandler.over();
    }

    private void reply(Exchange exchange, Signed signed, ZoneUpdateOutcome outcome) {
        if (!ORDINARY.contains(outcome.rcode())) {
            String who = "key " + signed.key().name();
            refusals.update(exchange.client(), who, outcome.rcode(), outcome.reason());
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
        Origin origin = new Origin(exchange.client().getAddress(), "", "RFC 2136");
        return door.update(new ZoneUpdate(update, key, origin));
    }
}

package io.holdfast.service.dnsupdate;

import io.holdfast.dns.BareReply;
import io.holdfast.dns.MessageReader;
import io.holdfast.dns.Name;
import io.holdfast.dns.Rcode;
import io.holdfast.dns.Type;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.Zones;
import io.holdfast.service.listen.Exchange;
import io.holdfast.service.listen.ExchangeHandler;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/// Answers NOTIFY: those who tell us that a zone has changed (RFC 1996). We are the primary of
/// every zone we have: so it is no news for ours, and no business of ours for others. As BIND does.
public final class NotifyHandler implements ExchangeHandler {
    private static final int QUESTIONS_AT = 4;

    private final SignedReplies signedReplies;
    private final Published<Zones> zones;

    public NotifyHandler(Published<Zones> zones, InstantSource clock) {
        this.signedReplies = new SignedReplies(clock);
        this.zones = zones;
    }

    @Override
    public CompletionStage<?> handle(Exchange exchange) {
        signedReplies.reply(exchange, (message, _) -> new BareReply(message).with(rcode(message)));
        return ExchangeHandler.over();
    }

    private Rcode rcode(byte[] message) {
        MessageReader in = new MessageReader(message);
        in.moveTo(QUESTIONS_AT);
        int questions = in.u16();
        in.moveTo(MessageReader.HEADER);
        Name zone = in.name();
        int type = in.u16();
        if (in.isBroken() || questions != 1) {
            return Rcode.FORMERR;
        }
        if (type != Type.SOA.value()) {
            return Rcode.NOTIMP;
        }
        return zones.current().isApex(zone) ? Rcode.NOERROR : Rcode.NOTAUTH;
    }
}

package io.holdfast.service.dnsupdate;

import io.holdfast.dns.BareReply;
import io.holdfast.dns.answer.Answerer;
import io.holdfast.dns.answer.Answerer.Others;
import io.holdfast.dns.answer.Answerer.Transport;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.Zones;
import io.holdfast.service.listen.Exchange;
import io.holdfast.service.listen.ExchangeHandler;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;

/// Answers signed queries, signed: what the answer path says, for whoever wants to know that it is
/// us who say it (certbot asks for the SOA so). They are rare; nothing is spared here.
public final class SignedQueryHandler implements ExchangeHandler {
    private static final int LONGEST = 0xFFFF;

    private final SignedReplies signedReplies;
    private final Published<Zones> zones;

    public SignedQueryHandler(Published<Zones> zones, InstantSource clock) {
        this.signedReplies = new SignedReplies(clock);
        this.zones = zones;
    }

    @Override
    public CompletionStage<?> handle(Exchange exchange) {
        signedReplies.reply(
                exchange, (message, room) -> answer(message, room, exchange.transport()));
        return ExchangeHandler.over();
    }

    private byte[] answer(byte[] message, int room, Transport transport) {
        byte[] reply = new byte[LONGEST];
        Answerer answerer = new Answerer(zones, Others.NONE);
        int length = answerer.answer(message, message.length, reply, transport);
        BareReply bare = new BareReply(message);
        int most =
                switch (transport) {
                    case DATAGRAM -> bare.mostPayload();
                    case STREAM -> LONGEST;
                };
        // RFC 8945 §5.3: where the signature does not fit, nothing but the question is left.
        return length + room > most ? bare.truncated() : Arrays.copyOf(reply, length);
    }
}

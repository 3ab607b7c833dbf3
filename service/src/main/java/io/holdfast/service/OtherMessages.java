package io.holdfast.service;

import io.holdfast.dns.BareReply;
import io.holdfast.dns.BigEndian;
import io.holdfast.dns.MessageReader;
import io.holdfast.dns.tsig.Tsig;
import io.holdfast.dns.tsig.TsigVerdict;
import io.holdfast.service.account.KeyRing;
import io.holdfast.service.account.UpdateKey;
import io.holdfast.service.listen.Exchange;
import io.holdfast.service.listen.ExchangeHandler;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/// Which part of the service gets what the answer path leaves to others.
///
/// @param keys those that a message may be signed with
/// @param clock what is signed now is signed in time
/// @param updates UPDATE (RFC 2136)
/// @param notifications NOTIFY (RFC 1996)
/// @param transfers questions for AXFR and IXFR
/// @param questions every other question: signed ones; and whatever is signed and speaks an unknown
///   version of EDNS, to be told so (RFC 6891 §6.1.3)
record OtherMessages(
        KeyRing keys,
        InstantSource clock,
        ExchangeHandler updates,
        ExchangeHandler notifications,
        ExchangeHandler transfers,
        ExchangeHandler questions)
        implements ExchangeHandler {
    private static final int NOTIFY = 4;
    private static final int UPDATE = 5;
    private static final int IXFR = 251;
    private static final int AXFR = 252;

    @Override
    public CompletionStage<?> handle(Exchange exchange) {
        return part(exchange.message()).handle(exchange);
    }

    @Override
    public TsigVerdict check(byte[] message) {
        long now = clock.instant().getEpochSecond();
        return Tsig.check(message, name -> keys.key(name).map(UpdateKey::key), now);
    }

    private ExchangeHandler part(byte[] message) {
        if (new BareReply(message).isOfUnknownVersion()) {
            return questions;
        }
        int opcode = BigEndian.u16(message, 2) >>> 11 & 0xF;
        return switch (opcode) {
            case UPDATE -> updates;
            case NOTIFY -> notifications;
            default ->
                    switch (questionType(message)) {
                        case AXFR, IXFR -> transfers;
                        default -> questions;
                    };
        };
    }

    private static int questionType(byte[] message) {
        MessageReader in = new MessageReader(message);
        in.moveTo(MessageReader.HEADER);
        in.skipName();
        return in.u16();
    }
}

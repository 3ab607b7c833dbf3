package io.holdfast.service.dnsupdate;

import io.holdfast.dns.BareReply;
import io.holdfast.dns.Name;
import io.holdfast.dns.Rcode;
import io.holdfast.dns.tsig.TsigSigner;
import io.holdfast.dns.tsig.TsigVerdict;
import io.holdfast.dns.tsig.TsigVerdict.Signed;
import io.holdfast.service.listen.Exchange;
import java.io.IOException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers what anybody may ask: signed if it was signed, and an error if the signature is wrong
/// (RFC 8945 §5.2).
final class SignedReplies {
    private static final Logger LOG = LoggerFactory.getLogger(SignedReplies.class);

    private final InstantSource clock;

    SignedReplies(InstantSource clock) {
        this.clock = clock;
    }

    /// What is said to a message.
    interface Answer {
        /// @param message without signature
        /// @param room octets that a signature is going to take; 0 if the message had none
        byte[] to(byte[] message, int room);
    }

    void reply(Exchange exchange, Answer answer) {
        byte[] message = exchange.message();
        long now = clock.instant().getEpochSecond();
        byte[] reply =
                switch (exchange.signature()) {
                    case TsigVerdict.Unsigned _ -> answer.to(message, 0);
                    case TsigVerdict.Malformed _ -> new BareReply(message).with(Rcode.FORMERR);
                    case TsigVerdict.Failed(Name _, var _, byte[] told) -> told;
                    case Signed signed -> {
                        TsigSigner signer = signed.replies();
                        yield signer.sign(answer.to(signed.message(), signer.room()), now);
                    }
                };
        try {
            exchange.reply(reply);
        } catch (IOException gone) {
            LOG.debug("the reply to {} is lost", exchange.client(), gone);
        }
    }
}

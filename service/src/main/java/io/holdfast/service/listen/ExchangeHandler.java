package io.holdfast.service.listen;

import io.holdfast.dns.tsig.TsigVerdict;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Takes what the answer path leaves to others.
@FunctionalInterface
public interface ExchangeHandler {
    /// Called on a virtual thread of its own for each message; may wait. Several messages of one
    /// client may be handled at the same time, and answered in any order (RFC 7766 §7). What it
    /// does not reply to stays unanswered; what it throws is logged.
    ///
    /// @return ends when nothing more will be replied, which may be later than this returns
    CompletionStage<?> handle(Exchange exchange);

    /// What the signature of a message is worth, which its [Exchange] says then. Called for each
    /// message before anything else is done for it, over UDP on the thread that reads the socket:
    /// takes microseconds, and never waits.
    default TsigVerdict check(byte[] message) {
        return new TsigVerdict.Unsigned();
    }

    /// The end of an exchange that is over.
    static CompletionStage<?> over() {
        return CompletableFuture.completedStage(null);
    }
}

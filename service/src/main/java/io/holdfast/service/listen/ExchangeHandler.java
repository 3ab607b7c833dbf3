package io.holdfast.service.listen;

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

    /// Whether a message says that it is signed with a key that is known here, true or not. Called
    /// on the thread that reads the socket, for each message: cheap, and never waits.
    default boolean claimsKnownKey(byte[] message) {
        return false;
    }

    /// The end of an exchange that is over.
    static CompletionStage<?> over() {
        return CompletableFuture.completedStage(null);
    }
}

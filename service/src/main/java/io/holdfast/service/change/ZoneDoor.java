package io.holdfast.service.change;

import java.util.concurrent.CompletableFuture;

/// Where dynamic updates (RFC 2136) go in: the one door as that front sees it.
public interface ZoneDoor {
    /// Queues a dynamic update. Never blocks.
    ///
    /// @return complete once everything it changes is durable and served; never exceptionally: our
    ///   own faults are SERVFAIL
    CompletableFuture<ZoneUpdateOutcome> update(ZoneUpdate update);
}

package io.holdfast.service.change;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Where every change goes in.
public interface Door {
    /// Queues the requests of one client request. Never blocks.
    ///
    /// @return one outcome a request, in order; complete once everything that was changed is
    ///   durable and served. It never completes exceptionally: our own faults are
    ///   [UpdateOutcome.Failed].
    CompletableFuture<List<UpdateOutcome>> submit(List<ChangeRequest> requests);
}

package io.holdfast.service.change;

import io.holdfast.dns.Name;
import java.util.Set;

/// Something queued for the writer's thread.
sealed interface Job permits UpdateJob, ZoneUpdateJob, Task {
    /// How many updates it holds; jobs with any share a transaction. 0 for one that has a
    /// transaction of its own.
    int size();

    /// Puts what it wants into the batch. If it throws, it may have put half of it there, and the
    /// batch is worth nothing any more.
    void stage(Batch batch);

    /// What it staged is durable, and served if it could be.
    ///
    /// @param unserved zones of which DNS does not serve yet what is committed
    void done(Set<Name> unserved);

    /// Nothing it staged was kept.
    ///
    /// @param incident what our log calls the reason
    void failed(String incident);
}

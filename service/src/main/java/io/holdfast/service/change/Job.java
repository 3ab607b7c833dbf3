package io.holdfast.service.change;

/// Something queued for the writer's thread.
sealed interface Job permits UpdateJob, ZoneUpdateJob, Task {
    /// How many updates it holds; jobs with any share a transaction. 0 for one that has a
    /// transaction of its own.
    int size();

    /// Puts what it wants into the batch. Throws nothing; a failure is its own.
    void stage(Batch batch);

    /// What it staged is durable, and served if it could be.
    ///
    /// @param published false if DNS does not serve yet what is committed
    void done(boolean published);

    /// Nothing it staged was kept.
    ///
    /// @param incident what our log calls the reason
    void failed(String incident);
}

package io.holdfast.service.transfer;

import java.time.Duration;

/// Has things done later.
@FunctionalInterface
interface Timer {
    /// Never runs the task before it returns.
    ///
    /// @param delay zero or more; zero means at once, by another thread
    void after(Duration delay, Runnable task);
}

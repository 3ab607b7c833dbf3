package io.holdfast.net;

import java.io.IOException;
import java.util.List;

/// A subscription to network events; read by one thread, closed by any.
public interface NetworkEvents extends AutoCloseable {
    /// Waits, without a time-out, until something happens. Occupies the thread it is called on:
    /// give it a platform thread.
    ///
    /// @return at least one event, in the kernel's order; an empty list once closed
    /// @throws IOException the subscription is broken and of no more use
    List<NetworkEvent> next() throws IOException;

    /// Ends a waiting [#next]; may be called more than once.
    @Override
    void close();
}

package io.holdfast.service.store;

import io.holdfast.dns.Name;
import io.holdfast.service.host.Host;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is late: rows of hosts that their history, or counts, have left behind, and what nobody
/// asks for any more.
///
/// @param hosts to be written as they are now
/// @param settled entries of history up to this id are then all in the rows of their hosts; 0 if
///   that is not known to be further than before
/// @param sweep how many old entries to look at, for those that nobody asks for any more
/// @param trim what to let go of at the beginning of the log, if anything
/// @param forgotten for each zone the number of the commit up to which its steps are not kept
public record Checkpoint(
        Collection<Host> hosts,
        long settled,
        int sweep,
        Optional<Trim> trim,
        Map<Name, Long> forgotten) {
    public static final Checkpoint NONE =
            new Checkpoint(List.of(), 0, 0, Optional.empty(), Map.of());

    /// @param commits how many of the oldest to look at
    public record Trim(int commits, Instant now) {}

    public Checkpoint forgetting(Map<Name, Long> steps) {
        return new Checkpoint(hosts, settled, sweep, trim, steps);
    }
}

package io.holdfast.service.host;

import java.net.InetAddress;
import java.time.Instant;

/// Something that happened to a host: a change of address, or of whether it is blocked.
///
/// Updates that changed nothing are counted ([Activity]), not listed: they would push out what the
/// owner wants to know. The newest [#KEPT] of each host are kept.
///
/// @param change the number of the commit it was part of; the same for all of one commit
/// @param source the client's address
/// @param agent what the client called itself; may be empty
/// @param front by which way it came, such as `dyndns2` or `command line`
/// @param answered `good` or `abuse`; `blocked` and `unblocked` for what the operator did
public record HistoryEntry(
        long change,
        Instant at,
        Addresses before,
        Addresses after,
        InetAddress source,
        String agent,
        String front,
        String answered) {
    /// How many entries of a host are kept.
    public static final int KEPT = 100;
}

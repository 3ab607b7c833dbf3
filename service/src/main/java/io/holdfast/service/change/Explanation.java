package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.service.host.AbuseLimits;
import io.holdfast.service.host.Block;
import io.holdfast.service.host.HistoryEntry;
import io.holdfast.service.host.Host;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is known of a host, enough to say what its address is, why, and what happens next.
///
/// @param account the name of the account it belongs to
/// @param ttl of its address records, in seconds
/// @param limits its zone's
/// @param unchangedInHand needless updates until it is blocked
/// @param changedInHand changes until it is blocked; [Integer#MAX_VALUE] without a limit
/// @param oldSecretUntil when the secret it had before ends at the latest, if it is still good
/// @param block in force now
/// @param history newest first
/// @param refused updates since the service was started, newest first
/// @param at when all this held
public record Explanation(
        Host host,
        String account,
        Name zone,
        int ttl,
        AbuseLimits limits,
        int unchangedInHand,
        int changedInHand,
        Optional<Instant> oldSecretUntil,
        Optional<Block> block,
        List<HistoryEntry> history,
        List<RefusedUpdates.Refused> refused,
        Instant at) {}

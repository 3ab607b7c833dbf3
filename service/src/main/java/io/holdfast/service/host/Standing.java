package io.holdfast.service.host;

import io.holdfast.runtime.StoredTime;
import io.holdfast.service.host.Block.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a host has behaved, and what follows from it. Pure: time comes in, a new value comes out.
///
/// Needless updates and real changes have a bucket each. Whoever finds one empty is blocked: 24
/// hours the first time, twice as long each further time, 32 days at the most, until the operator
/// unblocks it, which also forgets the earlier times.
///
/// @param block the last block, in force or over
/// @param blocks how often it was blocked for abuse since the operator last unblocked it
/// @param lastChange when its address last changed
/// @param lastRepeat when it last sent a needless update that was counted, or was let pass as its
///   monthly one
public record Standing(
        Bucket unchanged,
        Bucket changed,
        Optional<Block> block,
        int blocks,
        @Nullable Instant lastChange,
        @Nullable Instant lastRepeat) {

    /// A host that has not been heard of.
    public static final Standing FRESH =
            new Standing(Bucket.FULL, Bucket.FULL, Optional.empty(), 0, null, null);

    private static final Duration FIRST_BLOCK = Duration.ofHours(24);
    private static final int MOST_DOUBLINGS = 5;

    /// The most patient clients say after 25 to 31 days that they are still there.
    private static final Duration KEEP_ALIVE = Duration.ofDays(25);

    /// What follows from one update.
    ///
    /// @param next the standing from now on
    /// @param counted whether the update was taken from a bucket
    /// @param refused whether it is refused; `next` then says until when
    public record Judgement(Standing next, boolean counted, boolean refused) {}

    /// The block in force now, if any.
    public Optional<Block> blockedAt(Instant now) {
        return block.filter(b -> b.isInForce(now));
    }

    /// How many needless updates are in hand.
    public int unchangedInHand(Instant now, AbuseLimits limits) {
        return unchanged.level(now, limits.unchangedAllowed(), AbuseLimits.UNCHANGED_REFILL);
    }

    /// How many changes are in hand; [Integer#MAX_VALUE] without a limit.
    public int changedInHand(Instant now, AbuseLimits limits) {
        return limits.changedAllowed() == 0
                ? Integer.MAX_VALUE
                : changed.level(now, limits.changedAllowed(), AbuseLimits.CHANGED_REFILL);
    }

    /// An update that changes nothing.
    ///
    /// @param owed whether our last answer to this host was that we failed: then asking again is
    ///   what we told it to do
    public Judgement repeated(Instant now, AbuseLimits limits, boolean owed) {
        if (blockedAt(now).isPresent()) {
            return new Judgement(this, false, true);
        }
        if (owed || isWithinGrace(now, limits)) {
            return new Judgement(this, false, false);
        }
        if (isKeepAlive(now)) {
            return new Judgement(withRepeat(unchanged, now), false, false);
        }
        int allowed = limits.unchangedAllowed();
        if (unchanged.isEmpty(now, allowed, AbuseLimits.UNCHANGED_REFILL)) {
            return new Judgement(blocked(Cause.NEEDLESS_UPDATES, now), true, true);
        }
        Bucket left = unchanged.take(now, allowed, AbuseLimits.UNCHANGED_REFILL);
        return new Judgement(withRepeat(left, now), true, false);
    }

    /// An update that gives the host another address.
    public Judgement changed(Instant now, AbuseLimits limits) {
        if (blockedAt(now).isPresent()) {
            return new Judgement(this, false, true);
        }
        int allowed = limits.changedAllowed();
        if (allowed == 0) {
            return new Judgement(withChange(changed, now), false, false);
        }
        if (changed.isEmpty(now, allowed, AbuseLimits.CHANGED_REFILL)) {
            return new Judgement(blocked(Cause.TOO_MANY_CHANGES, now), true, true);
        }
        Bucket left = changed.take(now, allowed, AbuseLimits.CHANGED_REFILL);
        return new Judgement(withChange(left, now), true, false);
    }

    /// Its address changed by the operator's hand: no bucket is touched.
    public Standing changedByOperator(Instant now) {
        return withChange(changed, now);
    }

    /// The operator blocks the host until the operator unblocks it.
    public Standing blockedByOperator(Instant now) {
        Block byHand = new Block(Cause.OPERATOR, now, Optional.empty());
        return new Standing(
                unchanged, changed, Optional.of(byHand), blocks, lastChange, lastRepeat);
    }

    /// A clean sheet, given by the operator.
    public Standing unblocked() {
        return new Standing(Bucket.FULL, Bucket.FULL, Optional.empty(), 0, lastChange, lastRepeat);
    }

    private boolean isWithinGrace(Instant now, AbuseLimits limits) {
        Duration grace = limits.unchangedGrace();
        return lastChange != null && !StoredTime.isOver(lastChange.plus(grace), now, grace);
    }

    private boolean isKeepAlive(Instant now) {
        return lastRepeat != null
                && StoredTime.isOver(lastRepeat.plus(KEEP_ALIVE), now, KEEP_ALIVE);
    }

    private Standing withRepeat(Bucket left, Instant now) {
        return new Standing(left, changed, block, blocks, lastChange, now);
    }

    private Standing withChange(Bucket left, Instant now) {
        return new Standing(unchanged, left, block, blocks, now, lastRepeat);
    }

    /// After the block both buckets are full again: what comes then is judged afresh.
    private Standing blocked(Cause cause, Instant now) {
        Duration length = FIRST_BLOCK.multipliedBy(1L << Math.min(blocks, MOST_DOUBLINGS));
        Block block = new Block(cause, now, Optional.of(now.plus(length)));
        return new Standing(
                Bucket.FULL,
                Bucket.FULL,
                Optional.of(block),
                blocks + 1,
                lastChange,
                cause == Cause.NEEDLESS_UPDATES ? now : lastRepeat);
    }
}

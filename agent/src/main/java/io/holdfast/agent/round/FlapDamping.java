package io.holdfast.agent.round;

import io.holdfast.agent.memory.Entry.Damping;
import io.holdfast.agent.provider.Addresses;
import io.holdfast.runtime.StoredTime;
import java.time.Duration;
import java.time.Instant;

/// Keeps a line that flaps from sending each of its addresses, after RFC 2439. Pure.
///
/// Each change adds one to a penalty, and every two minutes take one away. The next change is sent
/// no sooner than (penalty - 1)² / 8 seconds after the last: the first ones at once or nearly so, a
/// tenth in a row after 10 s; a line that never settles is updated every two minutes. That is half
/// of what Holdfast's own service allows before it blocks a name: 60 changes in hand, one more a
/// minute. A line that was quiet for longer than the gap is updated at once again.
final class FlapDamping {
    private static final Duration DECAY = Duration.ofMinutes(2);
    private static final int GAP_DIVISOR = 8;

    /// The gap then is as long as the decay takes, so no line gets further.
    private static final double MOST = Math.sqrt((double) DECAY.toSeconds() * GAP_DIVISOR) + 2;

    private FlapDamping() {}

    /// When the next change may be sent; at `now` at the earliest.
    static Instant notBefore(Damping damping, Instant now) {
        Duration gap = gap(damping.penalty());
        return now.plus(StoredTime.left(damping.at().plus(gap), now, gap));
    }

    /// The damping after a change was sent.
    static Damping after(Damping before, Addresses sent, Instant now) {
        Duration quiet = Duration.between(before.at(), now);
        double decayed = quiet.isNegative() ? 0 : (double) quiet.toMillis() / DECAY.toMillis();
        double penalty = Math.max(0, before.penalty() - decayed) + 1;
        return new Damping(now, Math.min(penalty, MOST), sent);
    }

    private static Duration gap(double penalty) {
        double steps = Math.max(0, penalty - 1);
        return Duration.ofMillis((long) (steps * steps * 1000 / GAP_DIVISOR));
    }
}

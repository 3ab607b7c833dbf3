package io.holdfast.cli.trial;

import java.time.Duration;
import java.util.Optional;

/// One thing that happened in the play, and whether it went as it must.
///
/// @param what for people, as in `moves to 203.0.113.11`
/// @param hops the way of an address from the host to the DNS; empty where the point is that there
///   was none
/// @param held whether it went as it must
/// @param note what was seen
record Row(String what, Optional<Hops> hops, boolean held, String note) {

    /// The time each hop took, after the one before.
    ///
    /// @param noticed from the host's move to the agent's look
    /// @param decided from there to the decision
    /// @param answered from there to the service's reply in the agent's hands: sent, checked,
    ///   written to disk, published
    /// @param served from there to the first DNS answer with the new address
    record Hops(Duration noticed, Duration decided, Duration answered, Duration served) {
        Duration inAll() {
            return noticed.plus(decided).plus(answered).plus(served);
        }
    }

    static Row of(String what, Hops hops) {
        return new Row(what, Optional.of(hops), true, "held");
    }

    static Row held(String what, String note) {
        return new Row(what, Optional.empty(), true, note);
    }

    static Row failed(String what, String note) {
        return new Row(what, Optional.empty(), false, note);
    }
}

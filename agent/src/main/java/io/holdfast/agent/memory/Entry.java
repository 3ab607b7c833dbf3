package io.holdfast.agent.memory;

import io.holdfast.agent.address.Family;
import io.holdfast.agent.provider.Addresses;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// All that is remembered about one name.
///
/// @param target whom this was told, and as whom
/// @param told the last addresses the target is known to publish
/// @param doubt a telling whose end we have not seen
/// @param retry the target is to be left alone for a while
/// @param stop the target is to be left alone until a person acts
/// @param unneeded how many tellings in a row the target called needless
public record Entry(
        Target target,
        Map<Family, Told> told,
        Optional<Doubt> doubt,
        Optional<Retry> retry,
        Optional<Stop> stop,
        int unneeded) {

    public Entry {
        told = told.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(told));
    }

    /// Nothing was ever told.
    public static Entry fresh(Target target) {
        return new Entry(target, Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), 0);
    }

    /// Something may have been told, and nobody knows what.
    public static Entry lost(Target target, Instant now) {
        return fresh(target).withDoubt(Optional.of(Doubt.about(Addresses.NONE, now)));
    }

    /// The address a family was last told.
    public Optional<InetAddress> told(Family family) {
        return Optional.ofNullable(told.get(family)).map(Told::address);
    }

    public Entry withTold(Addresses confirmed, Instant at, String by) {
        Map<Family, Told> more = new EnumMap<>(Family.class);
        more.putAll(told);
        confirmed
                .byFamily()
                .forEach((family, address) -> more.put(family, new Told(address, at, by)));
        return new Entry(target, more, doubt, retry, stop, unneeded);
    }

    public Entry withTarget(Target newTarget) {
        return new Entry(newTarget, told, doubt, retry, stop, unneeded);
    }

    public Entry withDoubt(Optional<Doubt> newDoubt) {
        return new Entry(target, told, newDoubt, retry, stop, unneeded);
    }

    public Entry withRetry(Optional<Retry> newRetry) {
        return new Entry(target, told, doubt, newRetry, stop, unneeded);
    }

    public Entry withStop(Optional<Stop> newStop) {
        return new Entry(target, told, doubt, retry, newStop, unneeded);
    }

    public Entry withUnneeded(int times) {
        return new Entry(target, told, doubt, retry, stop, times);
    }

    /// One address the target publishes.
    ///
    /// @param by how we know: `good` and `nochg` it said itself, `dns` was looked up
    public record Told(InetAddress address, Instant at, String by) {}

    /// A telling that was begun, and whose end we have not seen: it may have taken effect. Written
    /// before the request is sent, so that being killed in between leaves a trace.
    ///
    /// @param about what was being told; none if even that is lost
    /// @param since when it was begun
    /// @param asked when the DNS last gave an answer that settled it as "not published"
    /// @param unanswered how often the DNS could not be asked
    /// @param askAfter not to ask before
    /// @param cached whether an answer out of a cache agreed, which is believed the second time
    ///   only
    public record Doubt(
            Addresses about,
            Instant since,
            Optional<Instant> asked,
            int unanswered,
            Optional<Instant> askAfter,
            boolean cached) {

        public static Doubt about(Addresses addresses, Instant since) {
            return new Doubt(addresses, since, Optional.empty(), 0, Optional.empty(), false);
        }
    }

    /// @param notBefore when the target may be told again
    /// @param failures how many of this kind in a row
    /// @param first the first pause of this kind; another one begins a new count
    /// @param why for people
    public record Retry(Instant notBefore, int failures, Duration first, String why) {}

    /// @param word what the target said
    /// @param meaning for people, to follow the provider's name
    /// @param mend what a person can do
    public record Stop(Instant since, String word, String meaning, String mend) {}
}

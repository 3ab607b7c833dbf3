package io.holdfast.agent.memory;

import io.holdfast.agent.address.Family;
import io.holdfast.agent.provider.Addresses;
import io.holdfast.agent.provider.Pause;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// All that is remembered about one name.
///
/// @param target where this was sent, and as whom
/// @param sent the last addresses the target is known to publish
/// @param pending an update whose end we have not seen
/// @param retry the target is to be left alone for a while
/// @param stop the target is to be left alone until a person acts, or for a long while
/// @param rejections what the target refused because of the address, oldest first
/// @param damping how often the address changed lately
/// @param unneeded how many updates in a row the target called needless
public record Entry(
        Target target,
        Map<Family, Sent> sent,
        Optional<PendingConfirmation> pending,
        Optional<Retry> retry,
        Optional<Stop> stop,
        List<Rejection> rejections,
        Damping damping,
        int unneeded) {

    /// More are forgotten, the oldest first: a line that flaps between more refused addresses than
    /// that asks about one of them again.
    private static final int MOST_REJECTIONS = 16;

    public Entry {
        sent = sent.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(sent));
        rejections = List.copyOf(rejections);
    }

    /// Nothing was ever sent.
    public static Entry fresh(Target target) {
        return new Entry(
                target,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Damping.NONE,
                0);
    }

    /// Something may have been sent, and nobody knows what.
    public static Entry lost(Target target, Instant now) {
        return fresh(target)
                .withPending(Optional.of(PendingConfirmation.about(Addresses.NONE, now)));
    }

    /// The address a family was last sent.
    public Optional<InetAddress> sent(Family family) {
        return Optional.ofNullable(sent.get(family)).map(Sent::address);
    }

    /// Whether exactly these addresses, in one request, were refused because of them.
    public Optional<Rejection> rejection(Addresses addresses) {
        return rejections.stream().filter(one -> one.about().equals(addresses)).findFirst();
    }

    /// An address that the target takes is no longer one that it refused.
    public Entry withSent(Addresses confirmed, Instant at, String by) {
        Map<Family, Sent> more = new EnumMap<>(Family.class);
        more.putAll(sent);
        confirmed
                .byFamily()
                .forEach((family, address) -> more.put(family, new Sent(address, at, by)));
        List<Rejection> left =
                rejections.stream().filter(one -> !confirmed.containsAll(one.about())).toList();
        return new Entry(target, more, pending, retry, stop, left, damping, unneeded);
    }

    /// What the target publishes of these families is not known any more.
    public Entry withoutSent(Addresses families) {
        Map<Family, Sent> fewer = new EnumMap<>(Family.class);
        fewer.putAll(sent);
        fewer.keySet().removeAll(families.byFamily().keySet());
        return new Entry(target, fewer, pending, retry, stop, rejections, damping, unneeded);
    }

    public Entry withTarget(Target newTarget) {
        return new Entry(newTarget, sent, pending, retry, stop, rejections, damping, unneeded);
    }

    public Entry withPending(Optional<PendingConfirmation> newPending) {
        return new Entry(target, sent, newPending, retry, stop, rejections, damping, unneeded);
    }

    public Entry withRetry(Optional<Retry> newRetry) {
        return new Entry(target, sent, pending, newRetry, stop, rejections, damping, unneeded);
    }

    public Entry withStop(Optional<Stop> newStop) {
        return new Entry(target, sent, pending, retry, newStop, rejections, damping, unneeded);
    }

    public Entry withRejection(Rejection newest) {
        List<Rejection> all =
                Stream.concat(
                                rejections.stream()
                                        .filter(one -> !one.about().equals(newest.about())),
                                Stream.of(newest))
                        .toList();
        List<Rejection> kept = all.subList(Math.max(0, all.size() - MOST_REJECTIONS), all.size());
        return new Entry(target, sent, pending, retry, stop, kept, damping, unneeded);
    }

    public Entry withoutRejections() {
        return new Entry(target, sent, pending, retry, stop, List.of(), damping, unneeded);
    }

    public Entry withDamping(Damping newDamping) {
        return new Entry(target, sent, pending, retry, stop, rejections, newDamping, unneeded);
    }

    public Entry withUnneeded(int times) {
        return new Entry(target, sent, pending, retry, stop, rejections, damping, times);
    }

    /// One address the target publishes.
    ///
    /// @param by how we know: `good` and `nochg` it said itself, `dns` was looked up
    public record Sent(InetAddress address, Instant at, String by) {}

    /// An update that was begun, and whose end we have not seen: it may have taken effect. Written
    /// before the request is sent, so that being killed in between leaves a trace.
    ///
    /// @param about what was being sent; none if even that is lost
    /// @param since when it was begun
    /// @param asked when the DNS last gave an answer that settled it as "not published"
    /// @param unanswered how often the DNS could not be asked
    /// @param askAfter not to ask before
    /// @param cached whether an answer out of a cache agreed, which is believed the second time
    ///   only
    public record PendingConfirmation(
            Addresses about,
            Instant since,
            Optional<Instant> asked,
            int unanswered,
            Optional<Instant> askAfter,
            boolean cached) {

        public static PendingConfirmation about(Addresses addresses, Instant since) {
            return new PendingConfirmation(
                    addresses, since, Optional.empty(), 0, Optional.empty(), false);
        }
    }

    /// A wait before the next update to the target.
    ///
    /// @param notBefore when the target may be sent an update again
    /// @param failures how many of this kind in a row
    /// @param first the first pause of this kind; another one begins a new count
    /// @param length how long this wait was when it began
    /// @param ends what ends it before its time
    /// @param about what was sent in vain
    /// @param route the default routes at that time
    /// @param why for people
    public record Retry(
            Instant notBefore,
            int failures,
            Duration first,
            Duration length,
            Pause.Ends ends,
            Addresses about,
            String route,
            String why) {}

    /// @param word what the target said
    /// @param meaning for people, to follow the provider's name
    /// @param mend what a person can do
    /// @param until when the target may be sent an update again; empty if not before a person acts
    public record Stop(
            Instant since, String word, String meaning, String mend, Optional<Instant> until) {}

    /// A refusal that holds for an address and not for the name.
    ///
    /// @param about one address; two if they were refused together, and maybe only one of them, or
    ///   only both in one request, is not taken
    /// @param word what the target said
    /// @param meaning for people, to follow the provider's name
    /// @param mend what a person can do
    public record Rejection(
            Addresses about, Instant at, String word, String meaning, String mend) {}

    /// Damping of a line that flaps, after RFC 2439: each change adds to a penalty, and time takes
    /// away from it.
    ///
    /// @param at when the last change was sent
    /// @param penalty what it was then
    /// @param last what was sent then
    public record Damping(Instant at, double penalty, Addresses last) {
        public static final Damping NONE = new Damping(Instant.EPOCH, 0, Addresses.NONE);
    }
}

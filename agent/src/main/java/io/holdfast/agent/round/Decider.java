package io.holdfast.agent.round;

import io.holdfast.agent.address.AddressSource.Observation;
import io.holdfast.agent.address.Family;
import io.holdfast.agent.memory.Entry;
import io.holdfast.agent.memory.Entry.PendingConfirmation;
import io.holdfast.agent.memory.Entry.Retry;
import io.holdfast.agent.memory.Entry.Sent;
import io.holdfast.agent.memory.Entry.Stop;
import io.holdfast.agent.provider.Addresses;
import io.holdfast.agent.round.Decision.Reason;
import io.holdfast.net.address.AddressKind;
import io.holdfast.net.address.AddressText;
import io.holdfast.runtime.StoredTime;
import io.holdfast.runtime.TimeText;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The decision: what one name needs now, from what is seen and what is remembered. Pure.
///
/// In this order, the first that holds: stopped; nothing that may be sent; nothing new; the way out
/// just moved; pending, so the DNS is asked before anything is sent; to be left alone for a while;
/// changed too often lately; to be sent.
///
/// When one family changes, the other is sent with it: there are providers that drop the family
/// that a request leaves out.
public final class Decider {
    private final Entry entry;
    private final Rules rules;
    private final Situation situation;
    private final Instant now;

    /// Why a family's address is not sent though it is seen.
    private final Map<Family, String> obstacles = new EnumMap<>(Family.class);

    /// What is configured for the name.
    ///
    /// @param keepAlive how long after an update an unchanged address is sent again; never if empty
    /// @param together whether both families go in one request
    /// @param takesPrivate whether private addresses may be sent
    /// @param damped whether a line that flaps is held back
    public record Rules(
            Optional<Duration> keepAlive, boolean together, boolean takesPrivate, boolean damped) {}

    /// How things are at the host.
    ///
    /// @param observations of every family that is watched
    /// @param moving of the families whose way out just moved to another link, when that counts as
    ///   settled
    /// @param route the default routes as text; empty if they are not known
    public record Situation(
            Map<Family, Observation> observations,
            Map<Family, Instant> moving,
            String route,
            Instant now) {

        /// The same a moment later.
        Situation at(Instant later) {
            return new Situation(observations, moving, route, later);
        }
    }

    private Decider(Entry entry, Rules rules, Situation situation) {
        this.entry = entry;
        this.rules = rules;
        this.situation = situation;
        this.now = situation.now();
    }

    /// @param entry what is remembered, under the settings and in the situation of now
    ///   ([EntryChanges#underSettings], [EntryChanges#inSituation])
    public static Decision decide(Entry entry, Rules rules, Situation situation) {
        return new Decider(entry, rules, situation).decide();
    }

    /// The stop that holds now, if any.
    static Optional<Stop> stopInForce(Entry entry, Instant now) {
        return entry.stop()
                .filter(stop ->
                        stop.until()
                                .filter(end ->
                                        StoredTime.isOver(
                                                end, now, Duration.between(stop.since(), end)))
                                .isEmpty());
    }

    /// Whether a private address is seen anywhere.
    public static boolean seesPrivate(Situation situation) {
        return seen(situation.observations()).byFamily().values().stream()
                .anyMatch(Decider::isPrivate);
    }

    private Decision decide() {
        Optional<Stop> stop = stopInForce(entry, now);
        if (stop.isPresent()) {
            Stop why = stop.get();
            return new Decision.Stopped(why.word(), why.meaning(), why.mend(), why.until());
        }
        Addresses seen = seen(situation.observations());
        Addresses allowed = allowed(seen);
        Addresses changed = unsettled(allowed);
        Addresses onTheMove = onTheMove(changed);
        Addresses settled = changed.without(onTheMove);
        if (!settled.isEmpty()) {
            return decide(settled, allowed, false);
        }
        if (!onTheMove.isEmpty()) {
            Instant until =
                    onTheMove.byFamily().keySet().stream()
                            .map(situation.moving()::get)
                            .max(Instant::compareTo)
                            .orElse(now);
            return new Decision.Wait(onTheMove, until, "the default route just moved", true);
        }
        Addresses fading =
                rules.keepAlive().map(every -> fading(allowed, every)).orElse(Addresses.NONE);
        return fading.isEmpty() ? nothing(seen) : decide(fading, allowed, true);
    }

    /// @param cause what has to be sent
    /// @param allowed what may be sent with it
    private Decision decide(Addresses cause, Addresses allowed, boolean keepAlive) {
        Addresses request = request(cause, allowed);
        Optional<PendingConfirmation> pending =
                entry.pending().filter(one -> !keepAlive && isAbout(one, cause));
        if (pending.isPresent() && isToBeAsked(pending.get(), cause)) {
            return ask(cause, pending.get());
        }
        Optional<Retry> retry = entry.retry();
        Duration left = retry.map(this::left).orElse(Duration.ZERO);
        if (left.isPositive()) {
            return new Decision.Wait(request, now.plus(left), retry.map(Retry::why).orElse(""));
        }
        Reason reason = keepAlive ? Reason.KEEP_ALIVE : reason(request);
        if (reason == Reason.CHANGE && rules.damped()) {
            Instant calm = FlapDamping.notBefore(entry.damping(), now);
            if (calm.isAfter(now)) {
                return new Decision.Wait(request, calm, "the address changes too often", true);
            }
        }
        return new Decision.Send(request, reason, why(cause, keepAlive), warning(cause));
    }

    private static Addresses seen(Map<Family, Observation> observations) {
        Addresses seen = Addresses.NONE;
        for (Observation observation : observations.values()) {
            seen =
                    switch (observation) {
                        case Observation.Seen(InetAddress address, _) -> seen.with(address);
                        case Observation.NoAddress _, Observation.Unavailable _ -> seen;
                    };
        }
        return seen;
    }

    /// Those that may be sent; of the others the obstacle is noted. What was sent already is no
    /// matter any more.
    private Addresses allowed(Addresses seen) {
        Addresses allowed = Addresses.NONE;
        for (Map.Entry<Family, InetAddress> one : seen.byFamily().entrySet()) {
            InetAddress address = one.getValue();
            boolean sent = entry.sent(one.getKey()).filter(address::equals).isPresent();
            Optional<String> obstacle = sent ? Optional.empty() : obstacle(address);
            if (obstacle.isEmpty()) {
                allowed = allowed.with(address);
            } else {
                obstacles.put(one.getKey(), obstacle.get());
            }
        }
        return allowed;
    }

    private Optional<String> obstacle(InetAddress address) {
        AddressKind kind = AddressKind.of(address);
        String text = AddressText.of(address) + " is " + kind.noun();
        if (!kind.mayBePublished()) {
            return Optional.of(text + ", which no provider takes");
        }
        if (isPrivate(address) && !rules.takesPrivate()) {
            return Optional.of(
                    text
                            + ", which nobody outside reaches and a public provider refuses;"
                            + " if it is to be sent, write private = true");
        }
        return entry.rejection(Addresses.of(address))
                .map(no ->
                        AddressText.of(address)
                                + " was refused: the provider "
                                + no.meaning()
                                + "; "
                                + no.mend());
    }

    private static boolean isPrivate(InetAddress address) {
        return AddressKind.of(address).isLocal();
    }

    /// Those that are not known to be published: never sent, sent differently, or pending. A
    /// pending confirmation about the very address that was sent counts too: it may have taken the
    /// place of another.
    private Addresses unsettled(Addresses allowed) {
        Addresses unsettled = Addresses.NONE;
        for (Map.Entry<Family, InetAddress> one : allowed.byFamily().entrySet()) {
            InetAddress address = one.getValue();
            boolean unconfirmed =
                    entry.pending()
                            .flatMap(pending -> pending.about().get(one.getKey()))
                            .isPresent();
            boolean settled =
                    !unconfirmed && entry.sent(one.getKey()).filter(address::equals).isPresent();
            unsettled = settled ? unsettled : unsettled.with(address);
        }
        return unsettled;
    }

    private Addresses onTheMove(Addresses changed) {
        Addresses moving = Addresses.NONE;
        for (Map.Entry<Family, InetAddress> one : changed.byFamily().entrySet()) {
            Instant settled = situation.moving().get(one.getKey());
            moving =
                    settled == null || !settled.isAfter(now) ? moving : moving.with(one.getValue());
        }
        return moving;
    }

    private Addresses fading(Addresses allowed, Duration every) {
        Addresses fading = Addresses.NONE;
        for (Map.Entry<Family, InetAddress> one : allowed.byFamily().entrySet()) {
            Sent sent = entry.sent().get(one.getKey());
            if (sent != null && StoredTime.isOver(sent.at().plus(every), now, every)) {
                fading = fading.with(one.getValue());
            }
        }
        return fading;
    }

    /// The addresses of one request: the cause, and the other family's where both go together. What
    /// the provider did not take in one request it gets one by one.
    private Addresses request(Addresses cause, Addresses allowed) {
        Addresses all = cause;
        for (Map.Entry<Family, Observation> one : situation.observations().entrySet()) {
            Family family = one.getKey();
            if (cause.get(family).isEmpty()) {
                Optional<InetAddress> known = known(family, one.getValue(), allowed);
                all = known.isPresent() ? all.with(known.get()) : all;
            }
        }
        boolean together = rules.together() && entry.rejection(all).isEmpty();
        return together ? all : Addresses.of(cause.byFamily().values().iterator().next());
    }

    /// What is right for a family that has not changed. While its source cannot be asked, or its
    /// way out just moved, that is what was sent last.
    private Optional<InetAddress> known(Family family, Observation observation, Addresses allowed) {
        return switch (observation) {
            case Observation.Seen(InetAddress address, _)
                    when allowed.get(family).isPresent()
                            && (!situation.moving().containsKey(family)
                                    || entry.sent(family).filter(address::equals).isPresent()) ->
                    Optional.of(address);
            case Observation.Seen _ ->
                    allowed.get(family).isPresent() ? entry.sent(family) : Optional.empty();
            case Observation.Unavailable _ -> entry.sent(family);
            case Observation.NoAddress _ -> Optional.empty();
        };
    }

    /// A pending confirmation about nothing in particular is about everything.
    private static boolean isAbout(PendingConfirmation pending, Addresses cause) {
        return pending.about().isEmpty()
                || cause.byFamily().keySet().stream()
                        .anyMatch(family -> pending.about().get(family).isPresent());
    }

    /// Once when the pending confirmation arises, once more after each wait, since somebody may
    /// have cleared it up, and for each address that the last question was not about.
    private boolean isToBeAsked(PendingConfirmation pending, Addresses cause) {
        // An answer of the future was got while the clock was ahead.
        Optional<Instant> asked = pending.asked().filter(at -> !at.isAfter(now));
        boolean another =
                cause.byFamily().entrySet().stream()
                        .anyMatch(one ->
                                pending.about()
                                        .get(one.getKey())
                                        .filter(about -> !about.equals(one.getValue()))
                                        .isPresent());
        if (asked.isEmpty() || another) {
            return true;
        }
        // A wait that is over because it began while the clock was ahead ends after any question.
        return entry.retry()
                .map(Retry::notBefore)
                .filter(end -> asked.get().isBefore(end) && !end.isAfter(now))
                .isPresent();
    }

    private Decision ask(Addresses cause, PendingConfirmation pending) {
        Duration left =
                pending.askAfter()
                        .map(end -> StoredTime.left(end, now, EntryChanges.LONGEST_ASK_AFTER))
                        .orElse(Duration.ZERO);
        if (left.isPositive()) {
            String why =
                    pending.cached()
                            ? "the DNS answer may be an old one out of a cache"
                            : "the DNS could not be asked what is published";
            return new Decision.Wait(cause, now.plus(left), why);
        }
        // A family that is pending and has no address now is asked for as well.
        Addresses wanted = cause;
        for (InetAddress address : pending.about().without(cause).byFamily().values()) {
            wanted = wanted.with(address);
        }
        return new Decision.Confirm(
                wanted,
                pending.about().isEmpty()
                        ? "what was sent before this start is not certain"
                        : pending.about()
                                + " may have been sent at "
                                + TimeText.of(pending.since()));
    }

    private Duration left(Retry retry) {
        return StoredTime.left(retry.notBefore(), now, retry.length());
    }

    /// A wait that ended before its time, because the address or the way out changed, is no
    /// ordinary retry: a line that flaps would end one after the other.
    private Reason reason(Addresses request) {
        boolean endedEarly = entry.retry().filter(retry -> retry.failures() == 0).isPresent();
        boolean sameChange = entry.damping().last().containsAll(request);
        return sameChange && !endedEarly ? Reason.AGAIN : Reason.CHANGE;
    }

    private Decision nothing(Addresses seen) {
        List<String> reasons = new ArrayList<>();
        seen.without(ofFamilies(obstacles.keySet(), seen)).byFamily().keySet().stream()
                .map(family -> entry.sent().get(family))
                .map(one ->
                        "%s was sent at %s (%s)"
                                .formatted(
                                        AddressText.of(one.address()),
                                        TimeText.of(one.at()),
                                        one.by()))
                .forEach(reasons::add);
        boolean right = seen.byFamily().size() == situation.observations().size();
        String sent = String.join(", ", reasons);
        String missing =
                Stream.concat(whyNone().stream(), obstacles.values().stream())
                        .collect(Collectors.joining("; "));
        if (right && obstacles.isEmpty()) {
            return new Decision.Nothing(true, sent);
        }
        return new Decision.Nothing(
                false,
                sent.isEmpty() ? missing : sent + "; " + missing,
                String.join("; ", obstacles.values()));
    }

    private static Addresses ofFamilies(Iterable<Family> families, Addresses addresses) {
        Addresses some = Addresses.NONE;
        for (Family family : families) {
            Optional<InetAddress> address = addresses.get(family);
            some = address.isPresent() ? some.with(address.get()) : some;
        }
        return some;
    }

    private List<String> whyNone() {
        List<String> reasons = new ArrayList<>();
        situation
                .observations()
                .forEach((family, observation) -> {
                    switch (observation) {
                        case Observation.Seen _ -> {}
                        case Observation.NoAddress(String why) ->
                                reasons.add("no " + family + " address: " + why);
                        case Observation.Unavailable(String why) ->
                                reasons.add(family + " address not known: " + why);
                    }
                });
        return reasons;
    }

    private String why(Addresses cause, boolean keepAlive) {
        if (keepAlive) {
            return "sent last so long ago that the provider might forget the name";
        }
        return cause.byFamily().entrySet().stream()
                .map(one -> change(entry.sent(one.getKey()), one.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String change(Optional<InetAddress> before, InetAddress now) {
        return before.filter(old -> !old.equals(now))
                .map(old -> AddressText.of(now) + " (was " + AddressText.of(old) + ")")
                .orElse(AddressText.of(now));
    }

    /// A private address after a global one is hardly what is wanted, even where it is allowed: a
    /// modem without its line gives such.
    private String warning(Addresses cause) {
        return cause.byFamily().entrySet().stream()
                .filter(one -> isPrivate(one.getValue()))
                .filter(one ->
                        entry.sent(one.getKey()).filter(before -> !isPrivate(before)).isPresent())
                .map(one ->
                        "%s is %s, which nobody outside reaches; before, %s was sent"
                                .formatted(
                                        AddressText.of(one.getValue()),
                                        AddressKind.of(one.getValue()).noun(),
                                        entry.sent(one.getKey()).map(AddressText::of).orElse("")))
                .collect(Collectors.joining("; "));
    }
}

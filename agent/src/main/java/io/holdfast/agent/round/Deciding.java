package io.holdfast.agent.round;

import io.holdfast.agent.address.AddressSource.Sighting;
import io.holdfast.agent.address.AddressText;
import io.holdfast.agent.address.Family;
import io.holdfast.agent.memory.Entry;
import io.holdfast.agent.memory.Entry.Doubt;
import io.holdfast.agent.memory.Entry.Retry;
import io.holdfast.agent.provider.Addresses;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The decision: what one name needs now, from what is seen and what is remembered. Pure.
///
/// In this order, the first that holds: stopped; no address; nothing new; to be left alone for a
/// while; in doubt, so the DNS is asked before anything is told; to be told.
public final class Deciding {
    private Deciding() {}

    /// @param entry what is remembered, under the settings that are in force
    ///   ([Remembering#underSettings])
    /// @param sightings of every family that is watched
    /// @param keepAlive how long after a telling an unchanged address is told again
    public static Decision decide(
            Entry entry,
            Map<Family, Sighting> sightings,
            Optional<Duration> keepAlive,
            Instant now) {
        if (entry.stop().isPresent()) {
            Entry.Stop stop = entry.stop().get();
            return new Decision.Stopped(stop.word(), stop.meaning(), stop.mend());
        }
        Addresses seen = seen(sightings);
        if (seen.isEmpty()) {
            return new Decision.Nothing(false, whyNone(sightings));
        }
        Addresses changed = unsettled(entry, seen);
        boolean onlyKeepAlive = changed.isEmpty();
        Addresses due =
                onlyKeepAlive
                        ? keepAlive
                                .map(every -> fading(entry, seen, every, now))
                                .orElse(Addresses.NONE)
                        : changed;
        if (due.isEmpty()) {
            return nothingNew(entry, sightings, seen);
        }
        Optional<Retry> retry = entry.retry();
        Optional<Doubt> doubt = onlyKeepAlive ? Optional.empty() : entry.doubt();
        if (doubt.isPresent() && toBeAsked(doubt.get(), retry, now)) {
            return ask(due, doubt.get(), now);
        }
        if (retry.isPresent() && retry.get().notBefore().isAfter(now)) {
            return new Decision.Wait(due, retry.get().notBefore(), retry.get().why());
        }
        return new Decision.Tell(due, onlyKeepAlive, whyTell(entry, due, onlyKeepAlive));
    }

    private static Addresses seen(Map<Family, Sighting> sightings) {
        Addresses seen = Addresses.NONE;
        for (Sighting sighting : sightings.values()) {
            seen =
                    switch (sighting) {
                        case Sighting.Seen(InetAddress address, _) -> seen.with(address);
                        case Sighting.NoAddress _, Sighting.Unavailable _ -> seen;
                    };
        }
        return seen;
    }

    /// Those that are not known to be published: never told, told differently, or in doubt. A doubt
    /// about the very address that was told counts too: it may have taken the place of another.
    private static Addresses unsettled(Entry entry, Addresses seen) {
        Addresses unsettled = Addresses.NONE;
        for (Map.Entry<Family, InetAddress> one : seen.byFamily().entrySet()) {
            InetAddress address = one.getValue();
            boolean doubted =
                    entry.doubt().flatMap(doubt -> doubt.about().get(one.getKey())).isPresent();
            boolean settled =
                    !doubted && entry.told(one.getKey()).filter(address::equals).isPresent();
            unsettled = settled ? unsettled : unsettled.with(address);
        }
        return unsettled;
    }

    private static Addresses fading(Entry entry, Addresses seen, Duration every, Instant now) {
        Addresses fading = Addresses.NONE;
        for (Map.Entry<Family, InetAddress> one : seen.byFamily().entrySet()) {
            Entry.Told told = entry.told().get(one.getKey());
            if (told != null && !told.at().plus(every).isAfter(now)) {
                fading = fading.with(one.getValue());
            }
        }
        return fading;
    }

    /// Once when the doubt arises, and once more after each wait: somebody may have cleared it up.
    private static boolean toBeAsked(Doubt doubt, Optional<Retry> retry, Instant now) {
        if (doubt.asked().isEmpty()) {
            return true;
        }
        Instant asked = doubt.asked().get();
        return retry.map(Retry::notBefore)
                .filter(end -> asked.isBefore(end) && !end.isAfter(now))
                .isPresent();
    }

    private static Decision ask(Addresses due, Doubt doubt, Instant now) {
        Optional<Instant> askAfter = doubt.askAfter().filter(now::isBefore);
        if (askAfter.isPresent()) {
            String why =
                    doubt.cached()
                            ? "the DNS answer may be an old one out of a cache"
                            : "the DNS could not be asked what is published";
            return new Decision.Wait(due, askAfter.get(), why);
        }
        return new Decision.Confirm(
                due,
                doubt.about().isEmpty()
                        ? "what was told before is lost"
                        : doubt.about() + " may have been told at " + doubt.since());
    }

    private static Decision nothingNew(
            Entry entry, Map<Family, Sighting> sightings, Addresses seen) {
        String told =
                seen.byFamily().keySet().stream()
                        .map(family -> entry.told().get(family))
                        .map(one ->
                                "%s was told at %s (%s)"
                                        .formatted(
                                                AddressText.of(one.address()), one.at(), one.by()))
                        .collect(Collectors.joining(", "));
        boolean all = seen.byFamily().size() == sightings.size();
        return new Decision.Nothing(all, all ? told : told + "; " + whyNone(sightings));
    }

    private static String whyNone(Map<Family, Sighting> sightings) {
        return sightings.entrySet().stream()
                .flatMap(one ->
                        switch (one.getValue()) {
                            case Sighting.Seen _ -> Optional.<String>empty().stream();
                            case Sighting.NoAddress(String why) ->
                                    Optional.of("no " + one.getKey() + " address: " + why).stream();
                            case Sighting.Unavailable(String why) ->
                                    Optional.of(one.getKey() + " address not known: " + why)
                                            .stream();
                        })
                .collect(Collectors.joining("; "));
    }

    private static String whyTell(Entry entry, Addresses due, boolean onlyKeepAlive) {
        if (onlyKeepAlive) {
            return "told last so long ago that the provider might forget the name";
        }
        return due.byFamily().entrySet().stream()
                .map(one -> change(entry.told(one.getKey()), one.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String change(Optional<InetAddress> before, InetAddress now) {
        return before.filter(old -> !old.equals(now))
                .map(old -> AddressText.of(now) + " (was " + AddressText.of(old) + ")")
                .orElse(AddressText.of(now));
    }
}

package io.holdfast.agent;

import io.holdfast.agent.NameStatus.FamilyStatus;
import io.holdfast.agent.NameStatus.State;
import io.holdfast.agent.address.AddressSource;
import io.holdfast.agent.address.AddressSource.Observation;
import io.holdfast.agent.address.Family;
import io.holdfast.agent.memory.Entry;
import io.holdfast.agent.memory.Memory;
import io.holdfast.agent.memory.Memory.Recall;
import io.holdfast.agent.memory.Target;
import io.holdfast.agent.provider.Addresses;
import io.holdfast.agent.round.Decider;
import io.holdfast.agent.round.Decision;
import io.holdfast.agent.round.EntryChanges;
import io.holdfast.net.address.AddressText;
import io.holdfast.runtime.TimeText;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How one name stands: what a round would decide now, without doing it and without writing.
final class StatusBuilder {
    private final NameConfig config;
    private final Instant now;

    StatusBuilder(NameConfig config, Instant now) {
        this.config = config;
        this.now = now;
    }

    /// @param lookAtAll whether sources that ask others or run programs are looked at too; if not,
    ///   what was sent last stands for what they would say
    NameStatus of(Memory memory, boolean lookAtAll) throws IOException {
        return of(entry(memory.recall(config.name())), lookAtAll);
    }

    /// @param remembered in place of what the memory says
    NameStatus of(Entry remembered, boolean lookAtAll) {
        Entry entry =
                EntryChanges.underSettings(
                        remembered, Target.of(config.provider().id(), config.host()));
        Map<Family, Observation> observations = new EnumMap<>(Family.class);
        config.sources()
                .forEach((family, source) ->
                        look(source, entry.sent(family), lookAtAll)
                                .ifPresent(observation -> observations.put(family, observation)));
        Decider.Situation situation = new Decider.Situation(observations, Map.of(), "", now);
        Decider.Rules rules =
                new Decider.Rules(
                        config.keepAlive(),
                        config.together(),
                        Decider.seesPrivate(situation) && config.takesPrivate(),
                        config.habits().damped());
        Entry here = EntryChanges.inSituation(entry, situation);
        return status(here, observations, Decider.decide(here, rules, situation));
    }

    private Entry entry(Recall recall) {
        Target target = Target.of(config.provider().id(), config.host());
        return switch (recall) {
            case Recall.Remembered(Entry entry) -> entry;
            case Recall.Nothing _ -> Entry.fresh(target);
            case Recall.Damaged _ -> Entry.lost(target, now);
        };
    }

    private static Optional<Observation> look(
            AddressSource source, Optional<InetAddress> sent, boolean lookAtAll) {
        if (lookAtAll || source.pace().isCheap()) {
            return Optional.of(source.look(sent.orElse(null)));
        }
        return sent.map(
                address -> new Observation.Seen(address, "as sent last; not looked at now"));
    }

    private NameStatus status(
            Entry entry, Map<Family, Observation> observations, Decision decision) {
        List<FamilyStatus> families = new ArrayList<>();
        for (Family family : Family.values()) {
            AddressSource source = config.sources().get(family);
            if (source != null) {
                families.add(family(family, source, observations.get(family), entry));
            }
        }
        return switch (decision) {
            case Decision.Nothing(boolean right, String why, String warning) ->
                    right && observations.size() == config.sources().size()
                            ? status(State.RIGHT, families, why, "sent when it changes")
                            : status(
                                            State.NO_ADDRESS,
                                            families,
                                            why.isEmpty()
                                                    ? "not looked at now, and never sent"
                                                    : named(why),
                                            "sent when there is an address")
                                    .withWarning(named(warning));
            case Decision.Send(Addresses addresses, _, String why, String warning) ->
                    status(State.DUE, families, why, "sends " + addresses + " now")
                            .withWarning(warning);
            case Decision.Confirm(Addresses addresses, String why) ->
                    status(
                            State.UNCONFIRMED,
                            families,
                            why,
                            "asks the DNS whether " + addresses + " is published");
            case Decision.Wait(Addresses addresses, Instant until, String why, boolean settling) ->
                    status(
                                    State.WAITING,
                                    families,
                                    settling ? why : server() + ": " + why,
                                    "tries " + addresses + " again at " + TimeText.of(until))
                            .withNextAt(until);
            case Decision.Stopped(_, String why, String mend, Optional<Instant> until) ->
                    until.map(end ->
                                    status(
                                                    State.STOPPED,
                                                    families,
                                                    server() + " " + why,
                                                    "nothing until "
                                                            + TimeText.of(end)
                                                            + ", then an address that changed: "
                                                            + named(mend))
                                            .withNextAt(end))
                            .orElseGet(() ->
                                    status(
                                            State.STOPPED,
                                            families,
                                            server() + " " + why,
                                            "nothing until the settings change: " + named(mend)));
        };
    }

    private String server() {
        return config.host().server().getHost();
    }

    private String named(String text) {
        return text.replace("NAME", config.name());
    }

    private NameStatus status(State state, List<FamilyStatus> families, String why, String next) {
        return new NameStatus(
                config.name(),
                config.provider().id(),
                config.host().server().toString(),
                state,
                families,
                why,
                next,
                Optional.empty(),
                List.of());
    }

    private static FamilyStatus family(
            Family family, AddressSource source, @Nullable Observation observation, Entry entry) {
        Optional<Entry.Sent> sent = Optional.ofNullable(entry.sent().get(family));
        Optional<InetAddress> seen = Optional.empty();
        String how = "not looked at now";
        if (observation != null) {
            how =
                    switch (observation) {
                        case Observation.Seen(_, String text) -> text;
                        case Observation.NoAddress(String why) -> why;
                        case Observation.Unavailable(String why) -> why;
                    };
            seen =
                    observation instanceof Observation.Seen(InetAddress address, _)
                            ? Optional.of(address)
                            : Optional.empty();
        }
        return new FamilyStatus(
                family,
                source.describe(),
                seen.map(AddressText::of),
                how,
                sent.map(Entry.Sent::address).map(AddressText::of),
                sent.map(Entry.Sent::at),
                sent.map(Entry.Sent::by).orElse(""));
    }
}

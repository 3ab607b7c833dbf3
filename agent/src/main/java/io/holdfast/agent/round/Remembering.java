package io.holdfast.agent.round;

import io.holdfast.agent.address.Family;
import io.holdfast.agent.memory.Entry;
import io.holdfast.agent.memory.Entry.Doubt;
import io.holdfast.agent.memory.Entry.Retry;
import io.holdfast.agent.memory.Entry.Stop;
import io.holdfast.agent.memory.Target;
import io.holdfast.agent.provider.Addresses;
import io.holdfast.agent.provider.Pause;
import io.holdfast.agent.provider.ProviderReply;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is to be remembered after each step. Pure.
public final class Remembering {
    /// How many changes in a row a provider may call needless before we stop: one is ordinary
    /// (another client was quicker), more mean that two clients tell the name, or that ours is
    /// broken (update-protocol.md §8: "repeated nochg: stop").
    static final int MOST_UNNEEDED = 3;

    /// How often the DNS is asked in vain before the address is told without its answer: at worst
    /// the provider answers `nochg`, and the name must not stay wrong for ever.
    static final int MOST_UNANSWERED = 3;

    /// The first wait after the DNS could not be asked; doubles.
    static final Duration ASK_AGAIN = Duration.ofSeconds(5);

    /// The longest a cache is waited for.
    static final Duration LONGEST_CACHED = Duration.ofHours(1);

    /// The most that chance adds to a pause, as a part of it: clients that failed together come
    /// back apart.
    static final double JITTER = 0.2;

    private Remembering() {}

    /// The entry under the settings that are in force now. Another user or password ends a stop and
    /// a wait; another place was never told anything.
    public static Entry underSettings(Entry entry, Target target) {
        if (entry.target().equals(target)) {
            return entry;
        }
        if (!entry.target().place().equals(target.place())) {
            return Entry.fresh(target);
        }
        return entry.withTarget(target)
                .withStop(Optional.empty())
                .withRetry(Optional.empty())
                .withUnneeded(0);
    }

    /// To be written before the request is sent, so that a crash in between leaves a doubt.
    public static Entry beforeTelling(Entry entry, Addresses addresses, Instant now) {
        Addresses about = entry.doubt().map(Doubt::about).orElse(Addresses.NONE);
        for (InetAddress address : addresses.byFamily().values()) {
            about = about.with(address);
        }
        return entry.withDoubt(Optional.of(Doubt.about(about, now)));
    }

    /// After a reply, or what came in its place.
    ///
    /// @param before the entry as it was before [#beforeTelling]
    /// @param tell what was told
    /// @param luck from 0 to 1, spreads the retries
    public static Entry afterReply(
            Entry before, Decision.Tell tell, ProviderReply reply, Instant now, double luck) {
        return switch (reply) {
            case ProviderReply.Accepted(Addresses confirmed) ->
                    succeeded(before, confirmed, now, "good").withUnneeded(0);
            case ProviderReply.AlreadyRight(Addresses confirmed) ->
                    unneeded(before, tell, succeeded(before, confirmed, now, "nochg"), now);
            case ProviderReply.Refused(String word, String meaning, String mend) ->
                    before.withRetry(Optional.empty())
                            .withStop(Optional.of(new Stop(now, word, meaning, mend)));
            case ProviderReply.Later(String meaning, Pause pause) ->
                    paused(before, meaning, pause, now, luck);
            case ProviderReply.NotSent(String detail, Pause pause) ->
                    paused(before, detail, pause, now, luck);
            case ProviderReply.Unconfirmed(String detail, Pause pause) ->
                    paused(beforeTelling(before, tell.addresses(), now), detail, pause, now, luck);
        };
    }

    /// After the DNS was asked.
    ///
    /// @param wanted what the name should have
    public static Entry afterLookup(
            Entry entry, Addresses wanted, Published published, Instant now) {
        Doubt doubt = entry.doubt().orElseGet(() -> Doubt.about(Addresses.NONE, now));
        return switch (published) {
            case Published.Unknown _ -> notAsked(entry, doubt, now);
            case Published.Answer answer -> asked(entry, doubt, wanted, answer, now);
        };
    }

    private static Entry succeeded(Entry before, Addresses confirmed, Instant now, String by) {
        return before.withTold(confirmed, now, by)
                .withDoubt(before.doubt().flatMap(doubt -> without(doubt, confirmed)))
                .withRetry(Optional.empty());
    }

    /// What is left of a doubt; the other family's outlives a success of this one.
    private static Optional<Doubt> without(Doubt doubt, Addresses known) {
        return Optional.of(except(doubt, known)).filter(left -> !left.about().isEmpty());
    }

    private static Doubt except(Doubt doubt, Addresses known) {
        return new Doubt(
                doubt.about().without(known),
                doubt.since(),
                doubt.asked(),
                doubt.unanswered(),
                doubt.askAfter(),
                doubt.cached());
    }

    /// Counts only what should not have been needless: a change, told without any doubt, to a
    /// provider that knew another address from us.
    private static Entry unneeded(Entry before, Decision.Tell tell, Entry after, Instant now) {
        boolean change =
                tell.addresses().byFamily().keySet().stream().allMatch(before.told()::containsKey);
        if (tell.keepAlive() || before.doubt().isPresent() || !change) {
            return after;
        }
        int times = before.unneeded() + 1;
        if (times < MOST_UNNEEDED) {
            return after.withUnneeded(times);
        }
        return after.withUnneeded(0)
                .withStop(
                        Optional.of(
                                new Stop(
                                        now,
                                        "nochg",
                                        "knew each of the last "
                                                + times
                                                + " addresses before it was told (nochg)",
                                        "another client updates this name as well; keep one of"
                                                + " them, then: holdfast agent forget NAME")));
    }

    private static Entry paused(Entry entry, String why, Pause pause, Instant now, double luck) {
        int failures =
                entry.retry()
                        .filter(retry -> retry.first().equals(pause.first()))
                        .map(retry -> retry.failures() + 1)
                        .orElse(1);
        Duration length = pause.after(failures);
        Duration chance = Duration.ofMillis((long) (length.toMillis() * JITTER * luck));
        return entry.withRetry(
                Optional.of(
                        new Retry(now.plus(length).plus(chance), failures, pause.first(), why)));
    }

    private static Entry asked(
            Entry entry, Doubt doubt, Addresses wanted, Published.Answer answer, Instant now) {
        Addresses there = published(wanted, answer);
        if (!there.isEmpty() && !answer.authoritative() && !doubt.cached()) {
            // What a cache says may be older than what was told since. Once it has let go of this
            // answer, its next one is younger than our doubt.
            Duration left =
                    answer.ttl().compareTo(LONGEST_CACHED) < 0 ? answer.ttl() : LONGEST_CACHED;
            return entry.withDoubt(
                    Optional.of(
                            new Doubt(
                                    doubt.about(),
                                    doubt.since(),
                                    doubt.asked(),
                                    0,
                                    Optional.of(now.plus(left).plusSeconds(1)),
                                    true)));
        }
        Entry told = entry.withTold(there, now, "dns");
        if (there.equals(wanted)) {
            return told.withDoubt(without(doubt, there)).withRetry(Optional.empty());
        }
        return told.withDoubt(Optional.of(settled(doubt, now)).map(left -> except(left, there)));
    }

    private static Entry notAsked(Entry entry, Doubt doubt, Instant now) {
        int unanswered = doubt.unanswered() + 1;
        if (unanswered >= MOST_UNANSWERED) {
            return entry.withDoubt(Optional.of(settled(doubt, now)));
        }
        Duration pause = ASK_AGAIN.multipliedBy(1L << (unanswered - 1));
        return entry.withDoubt(
                Optional.of(
                        new Doubt(
                                doubt.about(),
                                doubt.since(),
                                doubt.asked(),
                                unanswered,
                                Optional.of(now.plus(pause)),
                                doubt.cached())));
    }

    /// Asked, and not seen to be published: may be told, once no wait stands against it.
    private static Doubt settled(Doubt doubt, Instant now) {
        return new Doubt(
                doubt.about(), doubt.since(), Optional.of(now), 0, Optional.empty(), false);
    }

    /// Those of the wanted that the DNS has, each alone in its family.
    private static Addresses published(Addresses wanted, Published.Answer answer) {
        Addresses there = Addresses.NONE;
        for (Map.Entry<Family, InetAddress> one : wanted.byFamily().entrySet()) {
            Set<InetAddress> set = answer.addresses().getOrDefault(one.getKey(), Set.of());
            if (set.equals(Set.of(one.getValue()))) {
                there = there.with(one.getValue());
            }
        }
        return there;
    }
}

package io.holdfast.agent.round;

import io.holdfast.agent.address.AddressSource.Observation;
import io.holdfast.agent.address.Family;
import io.holdfast.agent.memory.Entry;
import io.holdfast.agent.memory.Entry.PendingConfirmation;
import io.holdfast.agent.memory.Entry.Rejection;
import io.holdfast.agent.memory.Entry.Retry;
import io.holdfast.agent.memory.Entry.Sent;
import io.holdfast.agent.memory.Entry.Stop;
import io.holdfast.agent.memory.Target;
import io.holdfast.agent.provider.Addresses;
import io.holdfast.agent.provider.Pause;
import io.holdfast.agent.provider.ProviderReply;
import io.holdfast.agent.round.Decider.Situation;
import io.holdfast.agent.round.Decision.Reason;
import io.holdfast.runtime.StoredTime;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is to be remembered after each step. Pure.
public final class EntryChanges {
    /// How many changes in a row a provider may call needless before we stop: one is ordinary
    /// (another client was quicker), more mean that two clients update the name, or that ours is
    /// broken (update-protocol.md §8: "repeated nochg: stop").
    static final int MOST_UNNEEDED = 3;

    /// How often the DNS is asked in vain before the address is sent without its answer: at worst
    /// the provider answers `nochg`, and the name must not stay wrong for ever.
    static final int MOST_UNANSWERED = 3;

    /// The first wait after the DNS could not be asked; doubles.
    static final Duration ASK_AGAIN = Duration.ofSeconds(5);

    /// The longest a cache is waited for.
    static final Duration LONGEST_CACHED = Duration.ofHours(1);

    /// The longest that a pending confirmation's next question is put off.
    static final Duration LONGEST_ASK_AFTER = LONGEST_CACHED.plusSeconds(1);

    /// The most that chance adds to a pause, as a part of it: clients that failed together come
    /// back apart.
    static final double JITTER = 0.2;

    private EntryChanges() {}

    /// The entry under the settings that are in force now. Another user or password ends a stop and
    /// a wait; another place was never sent anything.
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
                .withoutRejections()
                .withUnneeded(0);
    }

    /// The entry after a person asked to try again: no stop, no wait and no refusal holds any more.
    /// What was sent stays, and what is pending stays so.
    public static Entry triedAgain(Entry entry, Instant now) {
        Entry open =
                entry.withStop(Optional.empty())
                        .withRetry(entry.retry().map(retry -> ended(retry, now)))
                        .withPending(entry.pending().map(EntryChanges::askedNow))
                        .withoutRejections()
                        .withUnneeded(0);
        for (Rejection one : entry.rejections()) {
            open = isRefusal(one) ? open : open.withRejection(one);
        }
        return open;
    }

    /// Whether [#triedAgain] would change anything but a time.
    public static boolean isHeldBack(Entry entry) {
        return entry.stop().isPresent()
                || entry.retry().isPresent()
                || entry.pending().flatMap(PendingConfirmation::askAfter).isPresent()
                || entry.rejections().stream().anyMatch(EntryChanges::isRefusal);
    }

    /// That one of two was taken is no refusal: it tells that the two go apart.
    private static boolean isRefusal(Rejection one) {
        return !one.word().equals("good") && !one.word().equals("nochg");
    }

    /// A cache is waited for in any case: it does not answer better for being asked.
    private static PendingConfirmation askedNow(PendingConfirmation pending) {
        return pending.cached()
                ? pending
                : new PendingConfirmation(
                        pending.about(),
                        pending.since(),
                        pending.asked(),
                        pending.unanswered(),
                        Optional.empty(),
                        false);
    }

    /// The entry in the situation of now. A wait that the provider did not name itself ends when
    /// there is another address to send, or another way to the provider.
    public static Entry inSituation(Entry entry, Situation situation) {
        return entry.retry()
                .filter(retry -> isOvertaken(retry, entry, situation))
                .map(retry -> entry.withRetry(Optional.of(ended(retry, situation.now()))))
                .orElse(entry);
    }

    private static boolean isOvertaken(Retry retry, Entry entry, Situation situation) {
        Instant now = situation.now();
        if (StoredTime.isOver(retry.notBefore(), now, retry.length())) {
            return false; // over anyway
        }
        boolean address = isAnotherSeen(retry, entry, situation);
        boolean route =
                !situation.route().isEmpty()
                        && !retry.route().isEmpty()
                        && !situation.route().equals(retry.route());
        return switch (retry.ends()) {
            case AT_ITS_TIME -> false;
            case WITH_THE_ADDRESS -> address;
            case WITH_ADDRESS_OR_ROUTE -> address || route;
        };
    }

    private static boolean isAnotherSeen(Retry retry, Entry entry, Situation situation) {
        return situation.observations().entrySet().stream()
                .anyMatch(one ->
                        one.getValue() instanceof Observation.Seen(InetAddress address, _)
                                && retry.about().get(one.getKey()).filter(address::equals).isEmpty()
                                && entry.sent(one.getKey()).filter(address::equals).isEmpty());
    }

    /// No failures is the mark of a wait that ended early; the next failure is the first again.
    private static Retry ended(Retry retry, Instant now) {
        return new Retry(
                now,
                0,
                retry.first(),
                retry.length(),
                retry.ends(),
                retry.about(),
                retry.route(),
                retry.why());
    }

    /// To be written before the request is sent, so that a crash in between leaves a pending
    /// confirmation.
    public static Entry beforeSending(Entry entry, Decision.Send send, Instant now) {
        Entry begun =
                entry.withPending(
                        Optional.of(pendingAbout(entry.pending(), send.addresses(), now)));
        return send.reason() == Reason.CHANGE
                ? begun.withDamping(FlapDamping.after(entry.damping(), send.addresses(), now))
                : begun;
    }

    /// Whether something may be sent though the disk cannot be written first: an address that
    /// changed, and no other. Who sent nothing yet might be a process that is started again and
    /// again.
    static boolean maySendUnwritten(Entry before, Decision.Send send) {
        return send.reason() != Reason.KEEP_ALIVE && !before.sent().isEmpty();
    }

    /// Whether the DNS was asked about these addresses, and does not have them.
    static boolean isKnownToBeUnpublished(Entry before, Decision.Send send) {
        return before.pending()
                .filter(pending -> pending.asked().isPresent())
                .filter(pending ->
                        send.addresses().byFamily().entrySet().stream()
                                .allMatch(one ->
                                        before.sent(one.getKey())
                                                        .filter(one.getValue()::equals)
                                                        .isPresent()
                                                || pending.about()
                                                        .get(one.getKey())
                                                        .filter(one.getValue()::equals)
                                                        .isPresent()))
                .isPresent();
    }

    /// What a process finds at its start. The one before it may have sent what it could not write
    /// down, or the state folder may be one out of a backup. So the DNS is asked before the first
    /// change is sent.
    ///
    /// @param suspect whether there is a sign of that; without one, a DNS that cannot be asked
    ///   holds nothing up
    static Entry atStart(Entry entry, boolean suspect, Instant now) {
        int unanswered = suspect ? 0 : MOST_UNANSWERED - 1;
        return entry.pending().isPresent() || entry.sent().isEmpty()
                ? entry
                : entry.withPending(
                        Optional.of(
                                new PendingConfirmation(
                                        Addresses.NONE,
                                        now,
                                        Optional.empty(),
                                        unanswered,
                                        Optional.empty(),
                                        false)));
    }

    /// Something may have been sent, by somebody who could not write it down.
    static Entry unconfirmed(Entry entry, Addresses addresses, Instant now) {
        return entry.withPending(Optional.of(pendingAbout(entry.pending(), addresses, now)));
    }

    /// What a reply, or what came in its place, is judged by.
    ///
    /// @param together whether both families go in one request
    /// @param route the default routes as text
    /// @param jitter from 0 to 1, spreads the retries
    public record Circumstances(boolean together, String route, Instant now, double jitter) {}

    /// After a reply, or what came in its place.
    ///
    /// @param before the entry as it was before [#beforeSending]
    /// @param begun the entry that [#beforeSending] made of it
    /// @param send what was sent
    public static Entry afterReply(
            Entry before, Entry begun, Decision.Send send, ProviderReply reply, Circumstances at) {
        Entry entry = before.withDamping(begun.damping()).withStop(Optional.empty());
        Instant now = at.now();
        return switch (reply) {
            case ProviderReply.Accepted(Addresses confirmed) ->
                    succeeded(entry, send, confirmed, at, "good").withUnneeded(0);
            case ProviderReply.AlreadyRight(Addresses confirmed) ->
                    unneeded(entry, send, succeeded(entry, send, confirmed, at, "nochg"), now);
            case ProviderReply.Refused(String word, String meaning, String mend) ->
                    entry.withRetry(Optional.empty())
                            .withStop(
                                    Optional.of(
                                            new Stop(now, word, meaning, mend, Optional.empty())));
            case ProviderReply.AddressRefused refused -> addressRefused(entry, send, refused, now);
            case ProviderReply.Blocked blocked -> blocked(entry, send, blocked, now);
            case ProviderReply.Later(String meaning, Pause pause) ->
                    paused(entry, send, meaning, pause, at);
            case ProviderReply.NotSent(String detail, Pause pause) ->
                    paused(entry, send, detail, pause, at);
            case ProviderReply.Unconfirmed(String detail, Pause pause) ->
                    paused(
                            entry.withPending(
                                    Optional.of(
                                            pendingAbout(entry.pending(), send.addresses(), now))),
                            send,
                            detail,
                            pause,
                            at);
        };
    }

    /// After the DNS was asked.
    ///
    /// @param wanted what the name should have
    /// @param patient whether a cache is waited for also where it does not have that
    public static Entry afterLookup(
            Entry entry, Addresses wanted, Published published, boolean patient, Instant now) {
        PendingConfirmation pending =
                entry.pending().orElseGet(() -> PendingConfirmation.about(Addresses.NONE, now));
        return switch (published) {
            case Published.Unknown _ -> notAsked(entry, pending, wanted, now);
            case Published.Answer answer -> asked(entry, pending, wanted, answer, patient, now);
        };
    }

    private static Entry succeeded(
            Entry before, Decision.Send send, Addresses confirmed, Circumstances at, String by) {
        Entry after =
                before.withSent(confirmed, at.now(), by)
                        .withPending(
                                before.pending().flatMap(pending -> without(pending, confirmed)))
                        .withRetry(Optional.empty());
        if (send.addresses().byFamily().size() > confirmed.byFamily().size()) {
            // One family of two was taken. The other is sent by itself: this one was sent often
            // enough.
            after =
                    after.withRejection(
                            new Rejection(send.addresses(), at.now(), by, "took one of two", ""));
        }
        Addresses leftOut = at.together() ? leftOut(before, send.addresses()) : Addresses.NONE;
        return leftOut.isEmpty()
                ? after
                : after.withPending(Optional.of(pendingAbout(after.pending(), leftOut, at.now())));
    }

    /// The families that were sent to the provider before and not now, because there is no address.
    /// It may have dropped them, so the DNS is asked when they are back. Where the provider wants
    /// each family by itself it drops none.
    private static Addresses leftOut(Entry before, Addresses sent) {
        boolean apart =
                before.rejections().stream()
                        .anyMatch(no ->
                                no.about().byFamily().size() > 1 && no.about().containsAll(sent));
        Addresses leftOut = Addresses.NONE;
        for (Map.Entry<Family, Sent> one : before.sent().entrySet()) {
            if (!apart && sent.get(one.getKey()).isEmpty()) {
                leftOut = leftOut.with(one.getValue().address());
            }
        }
        return leftOut;
    }

    /// Holds for this address, or for these two in one request; each of those is sent by itself
    /// then.
    private static Entry addressRefused(
            Entry before, Decision.Send send, ProviderReply.AddressRefused no, Instant now) {
        Addresses replaced = send.addresses().without(send.addresses().without(no.instead()));
        Addresses refused = replaced.isEmpty() ? send.addresses() : replaced;
        return before.withRetry(Optional.empty())
                .withPending(before.pending().flatMap(pending -> without(pending, refused)))
                .withoutSent(no.instead())
                .withRejection(new Rejection(refused, now, no.word(), no.meaning(), no.mend()));
    }

    /// Blocked: the name is left alone for the time that the provider named, or for a day, and then
    /// sent only what is another address for the provider. One that it had refused without naming a
    /// time, or that may be the very one that it has, is not sent again.
    private static Entry blocked(
            Entry before, Decision.Send send, ProviderReply.Blocked no, Instant now) {
        Entry after =
                before.withRetry(Optional.empty())
                        .withStop(
                                Optional.of(
                                        new Stop(
                                                now,
                                                no.word(),
                                                no.meaning(),
                                                no.mend(),
                                                Optional.of(
                                                        now.plus(
                                                                no.named()
                                                                        .orElse(Pause.BLOCKED))))));
        for (Map.Entry<Family, InetAddress> one : send.addresses().byFamily().entrySet()) {
            Addresses address = Addresses.of(one.getValue());
            Optional<InetAddress> had = before.sent(one.getKey());
            if (had.isPresent() && no.named().isPresent()) {
                after = after.withPending(Optional.of(pendingAbout(after.pending(), address, now)));
            } else if (had.filter(one.getValue()::equals).isEmpty()) {
                after =
                        after.withRejection(
                                new Rejection(address, now, no.word(), no.meaning(), no.mend()));
            }
        }
        return after;
    }

    private static PendingConfirmation pendingAbout(
            Optional<PendingConfirmation> before, Addresses more, Instant now) {
        Addresses about = before.map(PendingConfirmation::about).orElse(Addresses.NONE);
        for (InetAddress address : more.byFamily().values()) {
            about = about.with(address);
        }
        return PendingConfirmation.about(about, now);
    }

    /// What is left of a pending confirmation; the other family's outlives a success of this one.
    private static Optional<PendingConfirmation> without(
            PendingConfirmation pending, Addresses known) {
        return Optional.of(except(pending, known)).filter(left -> !left.about().isEmpty());
    }

    private static PendingConfirmation except(PendingConfirmation pending, Addresses known) {
        return new PendingConfirmation(
                pending.about().without(known),
                pending.since(),
                pending.asked(),
                pending.unanswered(),
                pending.askAfter(),
                pending.cached());
    }

    /// Counts only what should not have been needless: a change, sent with nothing pending, to a
    /// provider that knew another address from us.
    private static Entry unneeded(Entry before, Decision.Send send, Entry after, Instant now) {
        boolean change =
                send.addresses().byFamily().keySet().stream().allMatch(before.sent()::containsKey);
        if (send.reason() == Reason.KEEP_ALIVE || before.pending().isPresent() || !change) {
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
                                                + " addresses before it was sent (nochg)",
                                        "another client updates this name as well; keep one of"
                                                + " them, then: holdfast agent retry NAME",
                                        Optional.empty())));
    }

    private static Entry paused(
            Entry entry, Decision.Send send, String why, Pause pause, Circumstances at) {
        int failures =
                entry.retry()
                        .filter(retry -> retry.first().equals(pause.first()))
                        .map(retry -> retry.failures() + 1)
                        .orElse(1);
        Duration least = pause.after(failures);
        Duration chance = Duration.ofMillis((long) (least.toMillis() * JITTER * at.jitter()));
        Duration length = least.plus(chance);
        return entry.withRetry(
                Optional.of(
                        new Retry(
                                at.now().plus(length),
                                failures,
                                pause.first(),
                                length,
                                pause.ends(),
                                send.addresses(),
                                at.route(),
                                why)));
    }

    private static Entry asked(
            Entry entry,
            PendingConfirmation pending,
            Addresses wanted,
            Published.Answer answer,
            boolean patient,
            Instant now) {
        Addresses there = published(wanted, answer);
        if ((patient || !there.isEmpty()) && !answer.authoritative() && !pending.cached()) {
            // What a cache says may be older than what was sent since. Once it has let go of this
            // answer, its next one is younger than the request.
            Duration left =
                    answer.ttl().compareTo(LONGEST_CACHED) < 0 ? answer.ttl() : LONGEST_CACHED;
            return entry.withPending(
                    Optional.of(
                            new PendingConfirmation(
                                    pending.about(),
                                    pending.since(),
                                    pending.asked(),
                                    0,
                                    Optional.of(now.plus(left).plusSeconds(1)),
                                    true)));
        }
        Entry sent = entry.withSent(there, now, "dns");
        if (there.equals(wanted)) {
            return sent.withPending(without(pending, there)).withRetry(Optional.empty());
        }
        PendingConfirmation left = settled(pending, wanted, now);
        return sent.withPending(
                pending.about().isEmpty() ? Optional.of(left) : without(left, there));
    }

    private static Entry notAsked(
            Entry entry, PendingConfirmation pending, Addresses wanted, Instant now) {
        int unanswered = pending.unanswered() + 1;
        if (unanswered >= MOST_UNANSWERED) {
            return entry.withPending(Optional.of(settled(pending, wanted, now)));
        }
        Duration pause = ASK_AGAIN.multipliedBy(1L << (unanswered - 1));
        return entry.withPending(
                Optional.of(
                        new PendingConfirmation(
                                pending.about(),
                                pending.since(),
                                pending.asked(),
                                unanswered,
                                Optional.of(now.plus(pause)),
                                pending.cached())));
    }

    /// Asked, and not seen to be published: may be sent, once no wait stands against it. From now
    /// on the pending confirmation is about what was asked for; one about everything stays so.
    private static PendingConfirmation settled(
            PendingConfirmation pending, Addresses wanted, Instant now) {
        Addresses about = pending.about();
        for (Map.Entry<Family, InetAddress> one : wanted.byFamily().entrySet()) {
            about = about.get(one.getKey()).isPresent() ? about.with(one.getValue()) : about;
        }
        return new PendingConfirmation(
                about, pending.since(), Optional.of(now), 0, Optional.empty(), false);
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

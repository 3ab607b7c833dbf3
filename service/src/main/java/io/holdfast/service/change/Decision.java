package io.holdfast.service.change;

import io.holdfast.net.address.AddressText;
import io.holdfast.runtime.TimeText;
import io.holdfast.service.account.Principal;
import io.holdfast.service.change.AddressIntent.Family;
import io.holdfast.service.host.Addresses;
import io.holdfast.service.host.Block;
import io.holdfast.service.host.Host;
import io.holdfast.service.host.Standing;
import io.holdfast.service.host.Standing.Judgement;
import io.holdfast.service.zone.ZonePolicy;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/// What one request does to one host. Pure: the same arguments give the same decision.
///
/// @param next the host from now on
/// @param outcome what to answer once that is durable and served
/// @param durable whether the answer must wait for the disk; if not, `next` differs only in counts
///   that may be lost
/// @param recorded the word its history keeps; empty if this is not worth an entry
record Decision(Host next, UpdateOutcome outcome, boolean durable, Optional<String> recorded) {

    /// @param excused whether our last answer to this host was that we failed
    static Decision on(
            Host host, ChangeRequest request, ZonePolicy policy, boolean excused, Instant now) {
        boolean byOperator = request.by() instanceof Principal.Operator;
        Optional<Block> block = host.standing().blockedAt(now);
        if (block.isPresent() && !byOperator) {
            return refused(host, Refusal.ABUSE, sentence(block.get()), now);
        }
        Optional<String> objection = objection(request.intent(), policy);
        if (objection.isPresent()) {
            return refused(host, Refusal.ADDRESS_NOT_ACCEPTABLE, objection.get(), now);
        }
        if (request.intent().leavesAll()) {
            // A router that has no address yet asks for nothing. To count that would block it.
            UpdateOutcome outcome = new UpdateOutcome.Unchanged(host.addresses());
            return new Decision(host, outcome, false, Optional.empty());
        }
        Addresses wanted = applied(request.intent(), host.addresses());
        boolean changes = !wanted.equals(host.addresses());
        if (byOperator) {
            return byOperator(host, wanted, changes, now);
        }
        return changes ? changed(host, wanted, policy, now) : repeated(host, policy, excused, now);
    }

    /// Whether who asks may change the host.
    static boolean covers(Principal by, Host host) {
        return switch (by) {
            case Principal.OfAccount account -> account.accountId() == host.accountId();
            case Principal.OfHost one -> one.hostId() == host.id();
            case Principal.OfKey _, Principal.Operator _ -> true;
        };
    }

    private static Decision changed(Host host, Addresses wanted, ZonePolicy policy, Instant now) {
        Judgement judgement = host.standing().changed(now, policy.limits());
        if (judgement.refused()) {
            return blockedNow(host, judgement.next(), now);
        }
        Host next = host.with(wanted).with(judgement.next()).with(host.activity().changed(now));
        return new Decision(next, new UpdateOutcome.Changed(wanted), true, Optional.of("good"));
    }

    private static Decision repeated(Host host, ZonePolicy policy, boolean excused, Instant now) {
        Judgement judgement = host.standing().repeated(now, policy.limits(), excused);
        if (judgement.refused()) {
            return blockedNow(host, judgement.next(), now);
        }
        Host next = host.with(judgement.next()).with(host.activity().repeated(now));
        // What a restart would forget must not be a block that was nearly there.
        boolean durable = !judgement.next().equals(host.standing());
        return new Decision(
                next, new UpdateOutcome.Unchanged(host.addresses()), durable, Optional.empty());
    }

    private static Decision byOperator(Host host, Addresses wanted, boolean changes, Instant now) {
        if (!changes) {
            UpdateOutcome outcome = new UpdateOutcome.Unchanged(wanted);
            return new Decision(host, outcome, false, Optional.empty());
        }
        Host next = host.with(wanted).with(host.standing().changedByOperator(now));
        return new Decision(next, new UpdateOutcome.Changed(wanted), true, Optional.of("good"));
    }

    private static Decision blockedNow(Host host, Standing blocked, Instant now) {
        String reason = blocked.blockedAt(now).map(Decision::sentence).orElseThrow();
        Host next = host.with(blocked).with(host.activity().refused(now));
        return new Decision(
                next,
                new UpdateOutcome.Refused(Refusal.ABUSE, reason),
                true,
                Optional.of(Refusal.ABUSE.word()));
    }

    private static Decision refused(Host host, Refusal why, String reason, Instant now) {
        Host next = host.with(host.activity().refused(now));
        return new Decision(next, new UpdateOutcome.Refused(why, reason), false, Optional.empty());
    }

    private static Optional<String> objection(AddressIntent intent, ZonePolicy policy) {
        return objection(intent.ipv4(), policy).or(() -> objection(intent.ipv6(), policy));
    }

    private static <A extends InetAddress> Optional<String> objection(
            Family<A> family, ZonePolicy policy) {
        return switch (family) {
            case Family.Keep<A> _, Family.Clear<A> _ -> Optional.empty();
            case Family.SetTo<A>(var address) ->
                    policy.accept()
                            .objection(address)
                            .map(text -> AddressText.of(address) + " " + text);
        };
    }

    private static Addresses applied(AddressIntent intent, Addresses current) {
        return new Addresses(
                applied(intent.ipv4(), current.ipv4()), applied(intent.ipv6(), current.ipv6()));
    }

    private static <A extends InetAddress> Optional<A> applied(
            Family<A> family, Optional<A> current) {
        return switch (family) {
            case Family.Keep<A> _ -> current;
            case Family.Clear<A> _ -> Optional.empty();
            case Family.SetTo<A>(var address) -> Optional.of(address);
        };
    }

    private static String sentence(Block block) {
        String why =
                switch (block.cause()) {
                    case NEEDLESS_UPDATES -> "too many updates that changed nothing";
                    case TOO_MANY_CHANGES -> "too many changes";
                    case OPERATOR -> "the operator blocked it";
                };
        return block.until()
                .map(end -> "blocked until " + TimeText.of(end) + ": " + why)
                .orElse("blocked until the operator unblocks it: " + why);
    }
}

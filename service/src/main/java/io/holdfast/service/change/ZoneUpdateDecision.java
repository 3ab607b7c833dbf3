package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rcode;
import io.holdfast.dns.Type;
import io.holdfast.dns.update.Prerequisites;
import io.holdfast.dns.update.UpdateApplication;
import io.holdfast.dns.update.UpdateStep;
import io.holdfast.dns.update.ZoneView;
import io.holdfast.dns.zone.RRsetChange;
import io.holdfast.dns.zone.Zone;
import io.holdfast.service.account.UpdateKey;
import io.holdfast.service.host.Host;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.RRsetKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What becomes of one dynamic update (RFC 2136 §3): prerequisites, permission, effect; all of it
/// or nothing.
///
/// An address of a host goes the way of every update of a host: the same history, the same account
/// of needless repeats. Every other record is the zone's, kept beside the operator's.
final class ZoneUpdateDecision {
    /// No is an answer, too.
    private static final class RefusedException extends Exception {
        final Rcode rcode;

        RefusedException(Rcode rcode, String reason) {
            super(reason, null, false, false);
            this.rcode = rcode;
        }

        RefusedException(String reason) {
            this(Rcode.REFUSED, reason);
        }
    }

    private final ZoneUpdate update;
    private final Name apex;
    private final UpdateKey key;
    private final Batch batch;
    private final ExcusedRetries excused;
    private final ZoneView view;
    private final Map<Name, HostWish> wishes = new LinkedHashMap<>();

    /// Looked up once: the batch stays as it is until all is decided.
    private final Map<Name, Optional<Host>> hosts = new HashMap<>();

    private final Map<Name, List<RRset>> rrsets = new HashMap<>();

    ZoneUpdateDecision(ZoneUpdate update, ExcusedRetries excused, Batch batch) {
        this.update = update;
        this.apex = update.message().zone();
        this.key = update.by();
        this.batch = batch;
        this.excused = excused;
        this.view =
                new ZoneView() {
                    @Override
                    public Optional<RRset> rrset(Name owner, Type type) {
                        for (RRset rrset : rrsets(owner)) {
                            if (rrset.type().equals(type)) {
                                return Optional.of(rrset);
                            }
                        }
                        return Optional.empty();
                    }

                    @Override
                    public List<RRset> rrsets(Name owner) {
                        return rrsets.computeIfAbsent(
                                owner, name -> batch.zones().rrsets(apex, name));
                    }
                };
    }

    /// Decides, and stages what is to be done.
    ZoneUpdateOutcome decide() {
        try {
            DeclaredZone zone =
                    batch.zones()
                            .at(apex)
                            .orElseThrow(() ->
                                    new RefusedException(Rcode.NOTAUTH, "no zone named " + apex));
            if (!batch.zones().isServed(apex)) {
                // Prerequisites would be compared with nothing.
                throw new RefusedException(
                        Rcode.SERVFAIL, apex + " cannot be served at the moment");
            }
            requirePermission();
            List<RRsetChange> changes = UpdateApplication.apply(update.message(), view).changes();
            for (RRsetChange change : changes) {
                requireAllowed(change, zone);
            }
            sortOut(changes);
            stageHosts(zone);
            stageRecords(changes);
            return ZoneUpdateOutcome.DONE;
        } catch (RefusedException refused) {
            return new ZoneUpdateOutcome(refused.rcode, String.valueOf(refused.getMessage()));
        }
    }

    /// The hosts whose addresses it is about.
    List<Name> hosts() {
        return List.copyOf(wishes.keySet());
    }

    /// The cheap questions first, as others do: a stranger learns nothing from prerequisites.
    private void requirePermission() throws RefusedException {
        if (!key.changesSomethingIn(apex)) {
            throw new RefusedException("key " + key.key().name() + " changes nothing in " + apex);
        }
        Rcode met = Prerequisites.check(update.message().prerequisites(), view);
        if (!met.equals(Rcode.NOERROR)) {
            throw new RefusedException(met, "a prerequisite does not hold");
        }
        for (UpdateStep step : update.message().steps()) {
            switch (step) {
                case UpdateStep.Add(Name owner, Type type, _, _) -> requireGrant(owner, type);
                case UpdateStep.DeleteRRset(Name owner, Type type) -> requireGrant(owner, type);
                case UpdateStep.DeleteRecord(Name owner, Type type, _) -> requireGrant(owner, type);
                case UpdateStep.DeleteName(Name owner) -> {
                    for (RRset rrset : view.rrsets(owner)) {
                        boolean stays =
                                owner.equals(apex)
                                        && (rrset.type().equals(Type.SOA)
                                                || rrset.type().equals(Type.NS));
                        if (!stays) {
                            requireGrant(owner, rrset.type());
                        }
                    }
                }
            }
        }
    }

    private int requireGrant(Name owner, Type type) throws RefusedException {
        return key.limit(owner, type)
                .or(() ->
                        isWildcardOfHost(owner)
                                ? key.limit(owner.parent(), type)
                                : Optional.empty())
                .orElseThrow(() ->
                        new RefusedException(
                                "key "
                                        + key.key().name()
                                        + " may not change "
                                        + type
                                        + " at "
                                        + owner));
    }

    /// Whether a host has a wildcard below it: a host of that name, of the same account. Who may
    /// change the one may change the other.
    private boolean isWildcardOfHost(Name owner) {
        return owner.isWildcard()
                && hostAt(owner)
                        .flatMap(wildcard ->
                                hostAt(owner.parent())
                                        .filter(host -> host.accountId() == wildcard.accountId()))
                        .isPresent();
    }

    private void requireAllowed(RRsetChange change, DeclaredZone zone) throws RefusedException {
        RRsetKey what = key(change);
        if (change instanceof RRsetChange.Put(RRset rrset)) {
            int limit = requireGrant(what.owner(), what.type());
            if (rrset.rdata().size() > limit) {
                throw new RefusedException(
                        "at most " + limit + " " + what.type() + " may stand at " + what.owner());
            }
            if (!Zone.canHold(rrset)) {
                throw new RefusedException(
                        what.type() + " at " + what.owner() + " would be too long for a message");
            }
            requireRoom(rrset);
        }
        if (zone.recordsFile().isPresent() && batch.isOperators(what, zone)) {
            throw new RefusedException(
                    what.type() + " at " + what.owner() + " stands in " + zone.recordsFile().get());
        }
    }

    /// No alias and no cut where hosts are, or above them.
    private void requireRoom(RRset rrset) throws RefusedException {
        Name owner = rrset.owner();
        Type type = rrset.type();
        if (type.equals(Type.CNAME) && hostAt(owner).isPresent()) {
            throw new RefusedException(owner + " is a host, and cannot be an alias");
        }
        boolean hides = type.equals(Type.DNAME) || (type.equals(Type.NS) && !owner.equals(apex));
        Optional<Name> hidden = hides ? batch.hostBelow(owner) : Optional.empty();
        if (hidden.isPresent()) {
            throw new RefusedException(
                    type + " at " + owner + " would hide the host " + hidden.get());
        }
    }

    /// Finds what concerns hosts, that which changes nothing included.
    private void sortOut(List<RRsetChange> changes) throws RefusedException {
        for (UpdateStep step : update.message().steps()) {
            if (step instanceof UpdateStep.Add(Name owner, Type type, int ttl, _)
                    && HostWish.isAbout(type)) {
                Optional<Host> host = hostAt(owner);
                if (host.isPresent()) {
                    wish(host.get()).add(type, view.rrset(owner, type), ttl);
                }
            }
        }
        for (RRsetChange change : changes) {
            RRsetKey what = key(change);
            Optional<Host> host =
                    HostWish.isAbout(what.type()) ? hostAt(what.owner()) : Optional.empty();
            if (host.isPresent()) {
                Optional<RRset> now = rrset(change);
                if (now.isPresent() && now.get().rdata().size() > 1) {
                    throw new RefusedException("a host has one address of each family");
                }
                wish(host.get()).set(what.type(), now);
            }
        }
    }

    private HostWish wish(Host host) {
        return wishes.computeIfAbsent(host.name(), _ -> new HostWish(host));
    }

    /// All hosts or none; but a refusal is put to the account of the host that earned it.
    private void stageHosts(DeclaredZone zone) throws RefusedException {
        Map<HostWish, Decision> decisions = new LinkedHashMap<>();
        List<String> reasons = new ArrayList<>();
        for (HostWish wish : wishes.values()) {
            Decision decision = wish.decide(update, zone.policy(), excused, batch.now());
            if (decision.outcome() instanceof UpdateOutcome.Refused(_, String reason)) {
                batch.decided(wish.host(), decision, update.origin());
                reasons.add(wish.host().name() + ": " + reason);
            } else {
                decisions.put(wish, decision);
            }
        }
        if (!reasons.isEmpty()) {
            throw new RefusedException(String.join("; ", reasons));
        }
        decisions.forEach(
                (wish, decision) -> batch.decided(wish.host(), decision, update.origin()));
    }

    private void stageRecords(List<RRsetChange> changes) {
        for (RRsetChange change : changes) {
            RRsetKey what = key(change);
            if (!HostWish.isAbout(what.type()) || !wishes.containsKey(what.owner())) {
                batch.zones().update(apex, what, rrset(change));
            }
        }
    }

    /// A host of this zone: one in a zone below is another's.
    private Optional<Host> hostAt(Name owner) {
        return hosts.computeIfAbsent(owner, this::findHostAt);
    }

    private Optional<Host> findHostAt(Name owner) {
        return batch.host(owner)
                .filter(_ ->
                        batch.zones()
                                .closest(owner)
                                .filter(zone -> zone.apex().equals(apex))
                                .isPresent());
    }

    private static RRsetKey key(RRsetChange change) {
        return switch (change) {
            case RRsetChange.Put(RRset rrset) -> RRsetKey.of(rrset);
            case RRsetChange.Remove(Name owner, Type type) -> new RRsetKey(owner, type);
            case RRsetChange.Reserve _, RRsetChange.Release _ ->
                    throw new IllegalStateException("an update reserves no names");
        };
    }

    private static Optional<RRset> rrset(RRsetChange change) {
        return change instanceof RRsetChange.Put(RRset rrset)
                ? Optional.of(rrset)
                : Optional.empty();
    }
}

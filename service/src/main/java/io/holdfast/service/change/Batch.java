package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.zone.Zone;
import io.holdfast.service.account.Account;
import io.holdfast.service.account.FormerSecret;
import io.holdfast.service.account.Grant;
import io.holdfast.service.account.HashedSecret;
import io.holdfast.service.account.UpdateKey;
import io.holdfast.service.event.Event;
import io.holdfast.service.event.HostEntry;
import io.holdfast.service.host.Directory;
import io.holdfast.service.host.HistoryEntry;
import io.holdfast.service.host.Host;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.DynamicRecord;
import io.holdfast.service.zone.RRsetKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// What one transaction is going to change: staged over what is committed, so that each request
/// sees those before it. Nothing leaves it until it is written.
final class Batch {
    private final Directory directory;
    private final DeclaredZones declared;
    private final StagedZones zones;
    private final Instant now;
    private long lastId;
    private LongConsumer progress = _ -> {};

    /// What happens, in order; what follows for zones comes when all is staged.
    private final List<Event> events = new ArrayList<>();

    private final Map<String, Account> addedAccounts = new LinkedHashMap<>();
    private final Set<String> removedAccounts = new HashSet<>();
    private final Map<Name, Host> addedHosts = new LinkedHashMap<>();
    private final Map<Name, Host> changedHosts = new LinkedHashMap<>();
    private final Set<Name> removedHosts = new HashSet<>();
    private final Set<FormerSecret> endedSecrets = new HashSet<>();
    private final Map<Name, UpdateKey> addedKeys = new LinkedHashMap<>();
    private final Set<Name> removedKeys = new HashSet<>();

    /// @param served the zone served now at an apex, if any
    Batch(
            Directory directory,
            DeclaredZones declared,
            Function<Name, @Nullable Zone> served,
            long lastId,
            Instant now) {
        this.directory = directory;
        this.declared = declared;
        this.zones = new StagedZones(declared, served);
        this.lastId = lastId;
        this.now = now;
    }

    /// When everything in the batch happens.
    Instant now() {
        return now;
    }

    long nextId() {
        return ++lastId;
    }

    Optional<Account> account(String name) {
        return removedAccounts.contains(name)
                ? Optional.empty()
                : Optional.ofNullable(addedAccounts.get(name)).or(() -> directory.account(name));
    }

    Optional<Host> host(Name name) {
        if (removedHosts.contains(name)) {
            return Optional.empty();
        }
        Host staged = changedHosts.get(name);
        staged = staged == null ? addedHosts.get(name) : staged;
        return staged == null ? directory.host(name) : Optional.of(staged);
    }

    Optional<UpdateKey> key(Name name) {
        return removedKeys.contains(name)
                ? Optional.empty()
                : Optional.ofNullable(addedKeys.get(name)).or(() -> directory.key(name));
    }

    /// The zones as they are going to be.
    StagedZones zones() {
        return zones;
    }

    /// Why a host cannot have a name that is in a zone; empty if it can.
    Optional<String> objectionTo(Name host, DeclaredZone zone) {
        return declared.ownRecords(zone)
                .objectionTo(host)
                .or(() -> declared.dynamic(zone.apex()).objectionTo(host));
    }

    /// Whether an RRset is one of those the operator wrote, or the zone cannot do without.
    boolean isOperators(RRsetKey key, DeclaredZone zone) {
        return declared.ownRecords(zone).rrset(key).isPresent();
    }

    /// Some host at or below a name.
    Optional<Name> hostBelow(Name top) {
        return directory.anyHostAtOrBelow(top).map(Host::name);
    }

    void add(Account account) {
        addedAccounts.put(account.name(), account);
        events.add(new Event.AccountAdded(account));
    }

    void remove(Account account) {
        removedAccounts.add(account.name());
        events.add(new Event.AccountRemoved(account.id()));
    }

    /// An account with another update key.
    ///
    /// @param until when the one it had ends, at the latest
    void rekey(Account before, Account after, Instant until) {
        keepFormer(before.id(), before.updateKey(), until);
        addedAccounts.put(after.name(), after);
        events.add(new Event.AccountKeyChanged(after));
    }

    /// A host with another secret.
    void rekey(Host before, Host after, Origin origin, Instant until) {
        keepFormer(before.id(), before.secret(), until);
        change(before, after, origin, "new secret", Event.SecretChanged::new);
    }

    /// A secret whose successor was used is good no more.
    void end(FormerSecret former) {
        if (endedSecrets.add(former)) {
            events.add(new Event.FormerSecretEnded(former));
        }
    }

    /// Before the change of secret: at no moment is a secret unknown that is good before and after.
    /// A client that is refused once may stop until a person acts.
    ///
    /// Where the one before is still there, its successor was never used: the device still has the
    /// one before, and nobody the successor.
    private void keepFormer(long owner, HashedSecret had, Instant until) {
        Optional<FormerSecret> before = directory.formerSecret(owner);
        if (until.isAfter(now)) {
            HashedSecret kept =
                    before.filter(f -> f.isGood(now)).map(FormerSecret::secret).orElse(had);
            events.add(new Event.FormerSecretKept(new FormerSecret(owner, kept, now, until)));
        } else {
            before.ifPresent(this::end);
        }
    }

    /// A key whose name is free.
    void add(UpdateKey key) {
        addedKeys.put(key.key().name(), key);
        events.add(new Event.KeyAdded(key));
    }

    void remove(UpdateKey key) {
        removedKeys.add(key.key().name());
        events.add(new Event.KeyRemoved(key.key().name()));
    }

    /// A host whose name is free.
    void add(Host host) {
        addedHosts.put(host.name(), host);
        events.add(new Event.HostAdded(host));
        serve(null, host);
    }

    /// With the keys that are its own, and what they put at its name: the next host of that name
    /// begins anew.
    void remove(Host host) {
        removedHosts.add(host.name());
        changedHosts.remove(host.name());
        events.add(new Event.HostRemoved(host));
        serve(host, null);
        directory.keys().stream().filter(key -> key.isOf(host.name())).forEach(this::remove);
        zones.closest(host.name())
                .ifPresent(zone -> {
                    for (Name owner : Grant.self(host.name()).names()) {
                        for (DynamicRecord one : declared.dynamic(zone.apex()).at(owner)) {
                            zones.update(zone.apex(), one.key(), Optional.empty());
                        }
                    }
                });
    }

    /// What was decided about a host, with an entry in its history if it is worth one.
    void decided(Host before, Decision decision, Origin origin) {
        Host next = decision.next();
        if (decision.recorded().isPresent()) {
            boolean refused = decision.outcome() instanceof UpdateOutcome.Refused;
            change(
                    before,
                    next,
                    origin,
                    decision.recorded().get(),
                    refused ? Event.Blocked::new : Event.AddressesChanged::new);
        } else if (!next.ttl().equals(before.ttl())) {
            change(before, next, origin, "new TTL", Event.TtlChanged::new);
        } else if (decision.durable()) {
            events.add(new Event.RepeatCounted(next));
            stage(before, next);
        } else {
            changedHosts.put(next.name(), next); // counts alone: written when there is time
        }
    }

    /// A host that differs, with an entry in its history.
    ///
    /// @param answered the word the entry keeps
    /// @param event makes of the entry what happened
    void change(
            Host before,
            Host after,
            Origin origin,
            String answered,
            Function<HostEntry, Event> event) {
        Host next = after.with(after.activity().recorded(nextId()));
        // The number of the commit is known only when it is written.
        HistoryEntry entry =
                new HistoryEntry(
                        0,
                        now,
                        before.addresses(),
                        after.addresses(),
                        origin.source(),
                        origin.agent(),
                        origin.front(),
                        answered);
        events.add(event.apply(new HostEntry(next, before.activity().lastEntry(), entry)));
        stage(before, next);
    }

    void onProgress(LongConsumer told) {
        progress = told;
    }

    LongConsumer progress() {
        return progress;
    }

    /// What is to be committed, in the order in which it is to be applied; nothing if there are
    /// only counts, which may be lost.
    ///
    /// @param upToDate the zone served at an apex, if it is what is committed
    List<Event> events(Function<Name, @Nullable Zone> upToDate) {
        List<Event> all = new ArrayList<>(events);
        all.addAll(zones.events(upToDate));
        return all;
    }

    long lastId() {
        return lastId;
    }

    /// Hosts that differ, as they are going to be; their rows may be left behind by this.
    Collection<Host> changedHosts() {
        return changedHosts.values();
    }

    private void stage(Host before, Host after) {
        changedHosts.put(after.name(), after);
        serve(before, after);
    }

    private void serve(@Nullable Host before, @Nullable Host after) {
        Host host = after == null ? before : after;
        if (host == null) {
            return;
        }
        zones.closest(host.name())
                .ifPresent(zone ->
                        zones.serve(
                                zone.apex(),
                                HostRecords.between(before, after, zone.policy().ttlSeconds())));
        zones.point(before, after);
    }
}

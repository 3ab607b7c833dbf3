package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.zone.Zone;
import io.holdfast.service.account.Account;
import io.holdfast.service.account.FormerSecret;
import io.holdfast.service.account.Grant;
import io.holdfast.service.account.HashedSecret;
import io.holdfast.service.account.UpdateKey;
import io.holdfast.service.host.Directory;
import io.holdfast.service.host.HistoryEntry;
import io.holdfast.service.host.Host;
import io.holdfast.service.store.Changes;
import io.holdfast.service.store.Changes.Recorded;
import io.holdfast.service.store.Changes.Settlement;
import io.holdfast.service.store.ZoneVersion;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.DynamicRecord;
import io.holdfast.service.zone.RRsetKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private boolean durable;
    private LongConsumer progress = _ -> {};

    private final Map<String, Account> addedAccounts = new LinkedHashMap<>();
    private final Map<String, Account> removedAccounts = new LinkedHashMap<>();
    private final List<Account> rekeyedAccounts = new ArrayList<>();
    private final List<Host> rekeyedHosts = new ArrayList<>();
    private final List<FormerSecret> formerSecrets = new ArrayList<>();
    private final Set<FormerSecret> endedSecrets = new LinkedHashSet<>();
    private final Map<Name, Host> addedHosts = new LinkedHashMap<>();
    private final Map<Name, Host> changedHosts = new LinkedHashMap<>();
    private final Map<Name, Host> removedHosts = new LinkedHashMap<>();
    private final Map<Name, UpdateKey> addedKeys = new LinkedHashMap<>();
    private final Map<Name, UpdateKey> removedKeys = new LinkedHashMap<>();
    private final List<Recorded> history = new ArrayList<>();

    /// Those of the changed hosts of which history does not say all.
    private final Set<Name> unrecorded = new HashSet<>();

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
        return removedAccounts.containsKey(name)
                ? Optional.empty()
                : Optional.ofNullable(addedAccounts.get(name)).or(() -> directory.account(name));
    }

    Optional<Host> host(Name name) {
        if (removedHosts.containsKey(name)) {
            return Optional.empty();
        }
        Host staged = changedHosts.get(name);
        staged = staged == null ? addedHosts.get(name) : staged;
        return staged == null ? directory.host(name) : Optional.of(staged);
    }

    Optional<UpdateKey> key(Name name) {
        return removedKeys.containsKey(name)
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
        durable = true;
        addedAccounts.put(account.name(), account);
    }

    void remove(Account account) {
        durable = true;
        removedAccounts.put(account.name(), account);
    }

    /// An account with another update key.
    ///
    /// @param until when the one it had ends, at the latest
    void rekey(Account before, Account after, Instant until) {
        durable = true;
        rekeyedAccounts.add(after);
        keepFormer(before.id(), before.updateKey(), until);
    }

    /// A host with another secret.
    void rekey(Host before, Host after, Instant until) {
        rekeyedHosts.add(after);
        keepFormer(before.id(), before.secret(), until);
    }

    /// A secret whose successor was used is good no more.
    void end(FormerSecret former) {
        durable = true;
        endedSecrets.add(former);
    }

    /// Where the one before is still there, its successor was never used: the device still has the
    /// one before, and nobody the successor.
    private void keepFormer(long owner, HashedSecret had, Instant until) {
        Optional<FormerSecret> before = directory.formerSecret(owner);
        before.ifPresent(endedSecrets::add);
        if (until.isAfter(now)) {
            HashedSecret kept =
                    before.filter(f -> f.isGood(now)).map(FormerSecret::secret).orElse(had);
            formerSecrets.add(new FormerSecret(owner, kept, now, until));
        }
    }

    /// A key whose name is free.
    void add(UpdateKey key) {
        durable = true;
        addedKeys.put(key.key().name(), key);
    }

    void remove(UpdateKey key) {
        durable = true;
        removedKeys.put(key.key().name(), key);
    }

    /// A host whose name is free.
    void add(Host host) {
        durable = true;
        addedHosts.put(host.name(), host);
        serve(null, host);
    }

    /// With the keys that are its own, and what they put at its name: the next host of that name
    /// begins anew.
    void remove(Host host) {
        durable = true;
        removedHosts.put(host.name(), host);
        changedHosts.remove(host.name());
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
        if (decision.recorded().isPresent()) {
            change(before, decision.next(), origin, decision.recorded().get());
        } else if (decision.durable()) {
            change(before, decision.next());
        } else {
            note(decision.next());
        }
    }

    /// A host of which only counts differ: written when there is time.
    void note(Host after) {
        changedHosts.put(after.name(), after);
    }

    /// A host that differs in what must outlive a crash.
    void change(Host before, Host after) {
        unrecorded.add(after.name());
        stage(before, after);
    }

    /// The same, with an entry in its history.
    void change(Host before, Host after, Origin origin, String answered) {
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
        history.add(new Recorded(next, before.activity().lastEntry(), entry));
        stage(before, next);
    }

    /// Something about zones differs that must outlive a crash.
    void zonesChange() {
        durable = true;
    }

    void onProgress(LongConsumer told) {
        progress = told;
    }

    LongConsumer progress() {
        return progress;
    }

    /// Whether anything in it must be on disk before it is answered.
    boolean isDurable() {
        return durable;
    }

    /// What to write.
    ///
    /// @param settlement what earlier batches left for later
    /// @param versions the steps between versions of zones that this makes
    /// @param forgotten up to which commit's steps nobody asks any more
    Changes changes(Settlement settlement, List<ZoneVersion> versions, Map<Name, Long> forgotten) {
        List<Host> rewritten =
                unrecorded.stream().map(changedHosts::get).filter(Objects::nonNull).toList();
        List<DeclaredZone> serials = new ArrayList<>();
        List<DeclaredZone> replaced = new ArrayList<>();
        for (StagedZone zone : zones.all()) {
            (zone.own() == null ? serials : replaced).add(zone.next());
        }
        return new Changes(
                lastId,
                addedAccounts.values(),
                removedAccounts.values(),
                addedHosts.values(),
                rewritten,
                removedHosts.values(),
                history,
                settlement,
                serials,
                replaced,
                zones.removed(),
                addedKeys.values(),
                removedKeys.values(),
                new Changes.Secrets(rekeyedAccounts, rekeyedHosts, formerSecrets, endedSecrets),
                zones.dynamicChanges(),
                versions,
                forgotten);
    }

    /// Makes memory what the disk now is.
    void apply() {
        // Before the hosts and accounts: at no moment is a secret unknown that is good before and
        // after. A client that is refused once may stop until a person acts.
        formerSecrets.forEach(directory::put);
        removedAccounts.values().forEach(directory::remove);
        addedAccounts.values().forEach(directory::put);
        removedKeys.values().forEach(directory::remove);
        addedKeys.values().forEach(directory::put);
        removedHosts.values().forEach(directory::remove);
        addedHosts.values().forEach(directory::put);
        changedHosts.values().forEach(directory::put);
        rekeyedAccounts.forEach(directory::put);
        // What was put above may be equal to what ended: the same secret, good until the same time.
        endedSecrets.stream()
                .filter(ended -> !formerSecrets.contains(ended))
                .forEach(directory::remove);
        zones.apply();
        declared.reverse()
                .index(directory.hosts(), zones.newReverseZones(), declared.reverseZones());
    }

    long lastId() {
        return lastId;
    }

    /// Hosts that differ; their rows may be left behind by this.
    Collection<Host> changedHosts() {
        return changedHosts.values();
    }

    /// Hosts with another entry in their history, once for each.
    List<Host> recorded() {
        return history.stream().map(Recorded::host).toList();
    }

    private void stage(Host before, Host after) {
        durable = true;
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

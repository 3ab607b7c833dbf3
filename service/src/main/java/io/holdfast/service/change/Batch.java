package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.Serial;
import io.holdfast.dns.zone.RRsetChange;
import io.holdfast.service.account.Account;
import io.holdfast.service.host.Addresses;
import io.holdfast.service.host.Directory;
import io.holdfast.service.host.HistoryEntry;
import io.holdfast.service.host.Host;
import io.holdfast.service.store.Changes;
import io.holdfast.service.store.Changes.Recorded;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.OwnRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// What one transaction is going to change: staged over what is committed, so that each request
/// sees those before it. Nothing leaves it until it is written.
final class Batch {
    private final Directory directory;
    private final DeclaredZones zones;
    private final Instant now;
    private long lastId;
    private boolean durable;
    private LongConsumer progress = _ -> {};

    private final Map<String, Account> addedAccounts = new LinkedHashMap<>();
    private final Map<String, Account> removedAccounts = new LinkedHashMap<>();
    private final Map<Name, Host> addedHosts = new LinkedHashMap<>();
    private final Map<Name, Host> changedHosts = new LinkedHashMap<>();
    private final Map<Name, Host> removedHosts = new LinkedHashMap<>();
    private final List<Recorded> history = new ArrayList<>();
    private final Map<Name, StagedZone> stagedZones = new LinkedHashMap<>();

    Batch(Directory directory, DeclaredZones zones, long lastId, Instant now) {
        this.directory = directory;
        this.zones = zones;
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

    /// The zone a name belongs to, as it is going to be.
    Optional<DeclaredZone> zoneOf(Name name) {
        return zones.closest(name)
                .map(zone -> {
                    StagedZone staged = stagedZones.get(zone.apex());
                    return staged == null ? zone : staged.next();
                });
    }

    void add(Account account) {
        durable = true;
        addedAccounts.put(account.name(), account);
    }

    void remove(Account account) {
        durable = true;
        removedAccounts.put(account.name(), account);
    }

    /// A host whose name is free.
    void add(Host host) {
        durable = true;
        addedHosts.put(host.name(), host);
        serve(null, host);
    }

    void remove(Host host) {
        durable = true;
        removedHosts.put(host.name(), host);
        changedHosts.remove(host.name());
        serve(host, null);
    }

    /// A host of which only counts differ: written with the next transaction there is.
    void note(Host after) {
        changedHosts.put(after.name(), after);
    }

    /// A host that differs in what must outlive a crash.
    void change(Host before, Host after) {
        durable = true;
        changedHosts.put(after.name(), after);
        serve(before, after);
    }

    /// The same, with an entry in its history.
    void change(Host before, Host after, Origin origin, String answered) {
        long number = after.activity().historyLength();
        Addresses was = before.addresses();
        // The number of the commit is known only when it is written.
        HistoryEntry entry =
                new HistoryEntry(
                        0,
                        now,
                        was,
                        after.addresses(),
                        origin.source(),
                        origin.agent(),
                        origin.front(),
                        answered);
        history.add(new Recorded(after.id(), number, entry));
        change(before, after.with(after.activity().recorded()));
    }

    /// Declares a zone that is not there yet; its hosts are published with it.
    void declare(DeclaredZone zone, OwnRecords own) {
        durable = true;
        StagedZone staged = new StagedZone(zone, true);
        staged.declare(zone, own);
        stagedZones.put(zone.apex(), staged);
    }

    /// Declares a zone anew.
    ///
    /// @param changes what readers see of it; if none, the serial stays
    /// @param serial of the next version, unless `changes` is empty
    void redeclare(DeclaredZone zone, OwnRecords own, List<RRsetChange> changes, int serial) {
        durable = true;
        StagedZone staged = new StagedZone(zone, false);
        staged.declare(changes.isEmpty() ? zone : zone.withSerial(serial), own);
        staged.changes().addAll(changes);
        stagedZones.put(zone.apex(), staged);
    }

    /// Changes what a zone serves; once in a batch this gives it a new serial.
    void serve(Name apex, List<RRsetChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        StagedZone staged = stagedZones.get(apex);
        if (staged == null) {
            staged = new StagedZone(zones.at(apex).orElseThrow(), false);
            staged.serial(Serial.next(staged.next().serial()));
            stagedZones.put(apex, staged);
        }
        staged.changes().addAll(changes);
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
    /// @param unsaved hosts with counts that earlier batches left to this one
    Changes changes(Collection<Host> unsaved) {
        Map<Name, Host> changed = new LinkedHashMap<>();
        unsaved.forEach(host -> changed.put(host.name(), host));
        changed.keySet().removeAll(removedHosts.keySet());
        changed.putAll(changedHosts);
        List<DeclaredZone> serials = new ArrayList<>();
        List<DeclaredZone> declared = new ArrayList<>();
        for (StagedZone zone : stagedZones.values()) {
            (zone.own() == null ? serials : declared).add(zone.next());
        }
        return new Changes(
                lastId,
                addedAccounts.values(),
                removedAccounts.values(),
                addedHosts.values(),
                changed.values(),
                removedHosts.values(),
                history,
                serials,
                declared);
    }

    /// Makes memory what the disk now is.
    void apply() {
        removedAccounts.values().forEach(directory::remove);
        addedAccounts.values().forEach(directory::put);
        removedHosts.values().forEach(directory::remove);
        addedHosts.values().forEach(directory::put);
        changedHosts.values().forEach(directory::put);
        for (StagedZone zone : stagedZones.values()) {
            OwnRecords own = zone.own();
            if (own == null) {
                zones.put(zone.next());
            } else {
                zones.put(zone.next(), own);
            }
        }
    }

    long lastId() {
        return lastId;
    }

    /// Hosts that were staged as changed; written if the batch was durable.
    Collection<Host> changedHosts() {
        return changedHosts.values();
    }

    Collection<StagedZone> stagedZones() {
        return stagedZones.values();
    }

    private void serve(@Nullable Host before, @Nullable Host after) {
        Host host = after == null ? before : after;
        if (host == null) {
            return;
        }
        zoneOf(host.name())
                .ifPresent(zone ->
                        serve(
                                zone.apex(),
                                HostRecords.between(before, after, zone.policy().ttlSeconds())));
    }
}

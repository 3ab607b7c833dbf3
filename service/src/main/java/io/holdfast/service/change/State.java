package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.service.event.Commit;
import io.holdfast.service.event.Event;
import io.holdfast.service.host.Directory;
import io.holdfast.service.host.Host;
import io.holdfast.service.zone.DynamicRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// All that is in memory of what is committed: who there is, what they have, and the zones that
/// follow from it.
///
/// It changes by [#apply] and in no other way; what only counts may come ahead of its commit by
/// [#counted]. One thread writes; who reads sees everything of a commit that concerns one host, or
/// one name of a zone, or nothing of it.
final class State {
    private final Directory directory;
    private final DeclaredZones zones;
    private final Publication publication;

    State(Directory directory, DeclaredZones zones, Publication publication) {
        this.directory = directory;
        this.zones = zones;
        this.publication = publication;
    }

    /// Makes memory, and what DNS serves, what a commit says. Its number is that after the last one
    /// that was applied.
    ///
    /// @return the zones of which DNS does not serve what is committed
    Set<Name> apply(Commit commit) {
        Set<Name> newReverseZones = new LinkedHashSet<>();
        Set<Name> declared = new LinkedHashSet<>();
        Set<Name> removed = new LinkedHashSet<>();
        List<Event.ZoneChanged> changed = new ArrayList<>();
        for (Event event : commit.events()) {
            switch (event) {
                case Event.ZoneDeclared(Name apex, var zone) -> {
                    Event.Declared now = zone.orElseThrow();
                    if (zones.at(apex).isEmpty() && ReverseNames.isReverse(apex)) {
                        newReverseZones.add(apex);
                    }
                    zones.put(now.zone(), now.own());
                    declared.add(apex);
                }
                case Event.ZoneRemoved(Name apex) -> {
                    zones.remove(apex);
                    removed.add(apex);
                }
                case Event.ZoneChanged one -> {
                    zones.at(one.apex())
                            .ifPresent(zone -> zones.put(zone.withSerial(one.serial())));
                    changed.add(one);
                }
                case Event.RecordsChanged(DynamicRecord now, boolean kept) -> {
                    if (kept) {
                        zones.dynamic(now.apex()).put(now);
                    } else {
                        zones.dynamic(now.apex()).remove(now.key());
                    }
                }
                case Event.ReverseNameChanged(Name apex, Name reverse, Set<Name> hosts) ->
                        zones.reverse().put(apex, reverse, hosts);
                default -> applyToDirectory(event);
            }
        }
        zones.reverse().index(directory.hosts(), newReverseZones, zones.reverseZones());
        publication.withdraw(removed);
        return publication.publish(declared, changed, commit.number(), commit.at());
    }

    /// Takes over counts of hosts that no commit says: a crash may lose them.
    void counted(Collection<Host> hosts) {
        hosts.forEach(directory::put);
    }

    private void applyToDirectory(Event event) {
        switch (event) {
            case Event.AccountAdded(_, var account) -> directory.put(account.orElseThrow());
            case Event.AccountRemoved(long id) ->
                    directory.account(id).ifPresent(directory::remove);
            case Event.AccountKeyChanged(_, var account) -> directory.put(account.orElseThrow());
            case Event.HostAdded(Host host) -> directory.put(host);
            case Event.HostRemoved(Host host) -> directory.remove(host);
            case Event.HostChanged change -> directory.put(change.entry().host());
            case Event.RepeatCounted(Host host) -> directory.put(host);
            case Event.FormerSecretKept(var former) -> directory.put(former);
            case Event.FormerSecretEnded(var former) -> directory.remove(former);
            case Event.KeyAdded(_, var key) -> directory.put(key.orElseThrow());
            case Event.KeyRemoved(Name name) -> directory.key(name).ifPresent(directory::remove);
            case Event.ZoneDeclared _,
                    Event.ZoneRemoved _,
                    Event.ZoneChanged _,
                    Event.RecordsChanged _,
                    Event.ReverseNameChanged _ ->
                    throw new IllegalArgumentException(event + " is about a zone");
        }
    }
}

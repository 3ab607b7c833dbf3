package io.holdfast.service.store;

import io.holdfast.dns.Name;
import io.holdfast.service.account.Account;
import io.holdfast.service.account.UpdateKey;
import io.holdfast.service.host.HistoryEntry;
import io.holdfast.service.host.Host;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.DynamicRecord;
import java.util.Collection;
import java.util.Map;

/// What one transaction writes: rows as they are to be from then on.
///
/// @param lastId the highest id given to anything so far
/// @param addedHosts hosts that were not there; their names must be free
/// @param changedHosts hosts that are there and whose addresses, standing or activity changed
/// @param removedHosts hosts to remove with their history
/// @param history entries of hosts that stand in `addedHosts` or `changedHosts`
/// @param zones zones with their new serial
/// @param replacedRecords zones of which policy and records are to be written as well
/// @param dynamic what updates made of RRsets; where nothing stands and nothing is hidden, no row
/// @param versions steps that this commit makes
/// @param forgotten for each zone the number of the commit up to which its steps are not kept
public record Changes(
        long lastId,
        Collection<Account> addedAccounts,
        Collection<Account> removedAccounts,
        Collection<Host> addedHosts,
        Collection<Host> changedHosts,
        Collection<Host> removedHosts,
        Collection<Recorded> history,
        Collection<DeclaredZone> zones,
        Collection<DeclaredZone> replacedRecords,
        Collection<UpdateKey> addedKeys,
        Collection<UpdateKey> removedKeys,
        Collection<DynamicChange> dynamic,
        Collection<ZoneVersion> versions,
        Map<Name, Long> forgotten) {

    /// What is to be kept about one RRset.
    ///
    /// @param kept false if the row is to go
    public record DynamicChange(DynamicRecord now, boolean kept) {}

    /// A history entry of a host.
    ///
    /// @param number counted for each host from 0; the entry takes the place of the one
    ///   [HistoryEntry#KEPT] before it
    public record Recorded(long hostId, long number, HistoryEntry entry) {}
}

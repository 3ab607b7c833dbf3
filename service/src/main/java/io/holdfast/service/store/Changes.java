package io.holdfast.service.store;

import io.holdfast.dns.Name;
import io.holdfast.service.account.Account;
import io.holdfast.service.account.FormerSecret;
import io.holdfast.service.account.UpdateKey;
import io.holdfast.service.host.HistoryEntry;
import io.holdfast.service.host.Host;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.DynamicRecord;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// What one transaction writes: rows as they are to be from then on.
///
/// @param lastId the highest id given to anything so far
/// @param addedHosts hosts that were not there; their names must be free
/// @param changedHosts hosts that are there, of which something changed that no entry of `history`
///   says
/// @param removedHosts hosts to remove with their history
/// @param history what happened to hosts; what those are from now on stands in it
/// @param settlement what is late
/// @param zones zones with their new serial
/// @param replacedRecords zones of which policy and records are to be written as well
/// @param removedZones zones to remove with all that is in them
/// @param secrets accounts and hosts with another one
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
        Settlement settlement,
        Collection<DeclaredZone> zones,
        Collection<DeclaredZone> replacedRecords,
        Collection<Name> removedZones,
        Collection<UpdateKey> addedKeys,
        Collection<UpdateKey> removedKeys,
        Secrets secrets,
        Collection<DynamicChange> dynamic,
        Collection<ZoneVersion> versions,
        Map<Name, Long> forgotten) {

    /// Accounts and hosts that have another secret from now on, and what they had before.
    ///
    /// @param former kept from now on
    /// @param ended not kept any more; written before those that are
    public record Secrets(
            Collection<Account> accounts,
            Collection<Host> hosts,
            Collection<FormerSecret> former,
            Collection<FormerSecret> ended) {
        public static final Secrets NONE = new Secrets(List.of(), List.of(), List.of(), List.of());
    }

    /// What is to be kept about one RRset.
    ///
    /// @param kept false if the row is to go
    public record DynamicChange(DynamicRecord now, boolean kept) {}

    /// A history entry of a host.
    ///
    /// @param host as it is from then on; its newest entry is this
    /// @param previous the id of its entry before; 0 if there is none
    public record Recorded(Host host, long previous, HistoryEntry entry) {}

    /// Rows of hosts that were left behind by their history, or by counts.
    ///
    /// @param hosts to be written as they are now
    /// @param settled entries up to this id are then all in the rows of their hosts; 0 if that is
    ///   not known to be further than before
    /// @param sweep how many old entries to look at, for those that nobody asks for any more
    public record Settlement(Collection<Host> hosts, long settled, int sweep) {
        public static final Settlement NONE = new Settlement(List.of(), 0, 0);
    }
}

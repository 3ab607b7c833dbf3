package io.holdfast.service.store;

import io.holdfast.service.event.HostEntry;
import io.holdfast.service.host.HistoryEntry;
import io.holdfast.service.host.Host;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/// History into rows, one after the other whichever hosts they are of.
///
/// What nobody asks for any more lies between the rest, and is swept out by and by: a walk over old
/// entries from the first to the last, and then from the first again.
final class HistoryRows {
    private final Row record;
    private final Row remove;
    private final Row settle;
    private final Row lastOfSweep;
    private final Row sweep;

    /// The last entry that was looked at.
    private long swept = 0;

    HistoryRows(Connection connection) throws SQLException {
        record =
                new Row(
                        connection,
                        """
                        INSERT INTO history (
                            ttl, ipv4, ipv6, unchanged_full_at, changed_full_at,
                            block_cause, blocked_at, blocked_until, blocks,
                            last_change_at, last_repeat_at, last_contact_at,
                            changes, repeats, refusals,
                            id, host_id, previous, number, change_number, at,
                            ipv4_before, ipv6_before, source, agent, front, answered)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                                ?, ?, ?, ?, ?)
                        """);
        remove =
                new Row(
                        connection,
                        RowReader.CHAIN + "DELETE FROM history WHERE id IN (SELECT id FROM chain)");
        settle = new Row(connection, "UPDATE clock SET settled = ?");
        lastOfSweep =
                new Row(
                        connection,
                        """
                        SELECT max(id) FROM (
                            SELECT id FROM history
                            WHERE id > ? AND id <= (SELECT settled FROM clock)
                            ORDER BY id LIMIT ?) AS oldest
                        """);
        sweep =
                new Row(
                        connection,
                        """
                        DELETE FROM history WHERE id > ? AND id <= ? AND NOT EXISTS (
                            SELECT 1 FROM host
                            WHERE host.id = history.host_id
                                AND history.number >= host.history_length - ?)
                        """);
    }

    /// @param number of the commit
    void record(HostEntry made, long number) throws SQLException {
        HistoryEntry entry = made.entry();
        Host host = made.host();
        RowWriter.withState(record, host)
                .with(host.activity().lastEntry())
                .with(host.id())
                .with(made.previous())
                .with(host.activity().historyLength() - 1)
                .with(number)
                .with(entry.at());
        RowWriter.withAddresses(record, entry.before());
        record.with(entry.source().getHostAddress())
                .with(entry.agent())
                .with(entry.front())
                .with(entry.answered())
                .execute();
    }

    void remove(Host host) throws SQLException {
        remove.with(host.activity().lastEntry()).execute();
    }

    /// All entries up to this one are in the rows of their hosts.
    void settle(long upTo) throws SQLException {
        settle.with(upTo).execute();
    }

    /// Looks at so many old entries, and lets go of those that are not among the newest of a host.
    void sweep(int entries) throws SQLException {
        long last = lastOfSweep(entries);
        if (last == 0) {
            swept = 0;
            return;
        }
        sweep.with(swept).with(last).with((long) HistoryEntry.KEPT).execute();
        swept = last;
    }

    /// 0 if there are none.
    private long lastOfSweep(int entries) throws SQLException {
        try (ResultSet row = lastOfSweep.with(swept).with((long) entries).query()) {
            row.next();
            return row.getLong(1);
        }
    }
}

package io.holdfast.service.store;

import io.holdfast.service.account.Account;
import io.holdfast.service.host.Activity;
import io.holdfast.service.host.Addresses;
import io.holdfast.service.host.Block;
import io.holdfast.service.host.Host;
import io.holdfast.service.host.Standing;
import io.holdfast.service.store.Changes.Recorded;
import io.holdfast.service.store.Changes.Settlement;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.LongConsumer;

/// Values into rows, within the transaction of its connection.
final class RowWriter {
    /// How many rows lie between two words about progress.
    static final int PROGRESS_STEP = 10_000;

    private final Row tick;
    private final Row addAccount;
    private final Row removeAccount;
    private final Row addHost;
    private final Row changeHost;
    private final Row removeHost;
    private final HistoryRows history;
    private final KeyRows keys;
    private final SecretRows secrets;
    private final ZoneRows zones;

    RowWriter(Connection connection) throws SQLException {
        tick =
                new Row(
                        connection,
                        """
                        UPDATE clock SET change_number = change_number + 1, last_id = ?
                        RETURNING change_number
                        """);
        addAccount =
                new Row(
                        connection,
                        """
                        INSERT INTO account (id, name, email, update_key_hash) VALUES (?, ?, ?, ?)
                        """);
        removeAccount = new Row(connection, "DELETE FROM account WHERE id = ?");
        addHost =
                new Row(
                        connection,
                        """
                        INSERT INTO host (
                            ttl, ipv4, ipv6, unchanged_full_at, changed_full_at,
                            block_cause, blocked_at, blocked_until, blocks,
                            last_change_at, last_repeat_at, last_contact_at,
                            changes, repeats, refusals, history_length, last_entry,
                            id, name, account_id, secret_hash, added_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """);
        changeHost =
                new Row(
                        connection,
                        """
                        UPDATE host SET
                            ttl = ?, ipv4 = ?, ipv6 = ?, unchanged_full_at = ?, changed_full_at = ?,
                            block_cause = ?, blocked_at = ?, blocked_until = ?, blocks = ?,
                            last_change_at = ?, last_repeat_at = ?, last_contact_at = ?,
                            changes = ?, repeats = ?, refusals = ?,
                            history_length = ?, last_entry = ?
                        WHERE id = ?
                        """);
        removeHost = new Row(connection, "DELETE FROM host WHERE id = ?");
        history = new HistoryRows(connection);
        keys = new KeyRows(connection);
        secrets = new SecretRows(connection);
        zones = new ZoneRows(connection);
    }

    /// @return the number of the change that the caller is to commit
    long write(Changes changes, LongConsumer progress) throws SQLException {
        long number = tick(changes.lastId());
        settle(changes.settlement()); // first: what follows is newer
        writeAccounts(changes);
        writeHosts(changes, progress);
        for (Recorded recorded : changes.history()) {
            history.record(recorded, number);
        }
        keys.write(changes);
        secrets.write(changes);
        zones.write(changes, number, progress);
        return number;
    }

    private long tick(long lastId) throws SQLException {
        try (ResultSet row = tick.with(lastId).query()) {
            row.next();
            return row.getLong(1);
        }
    }

    private void writeAccounts(Changes changes) throws SQLException {
        for (Account account : changes.removedAccounts()) {
            removeAccount.with(account.id()).execute();
        }
        for (Account account : changes.addedAccounts()) {
            addAccount
                    .with(account.id())
                    .with(account.name())
                    .with(account.email().orElse(null))
                    .with(account.updateKey().octets())
                    .execute();
        }
    }

    private void writeHosts(Changes changes, LongConsumer progress) throws SQLException {
        for (Host host : changes.removedHosts()) {
            history.remove(host);
            removeHost.with(host.id()).execute();
        }
        long added = 0;
        for (Host host : changes.addedHosts()) {
            withHistory(withState(addHost, host), host)
                    .with(host.id())
                    .with(host.name().toString())
                    .with(host.accountId())
                    .with(host.secret().octets())
                    .with(host.addedAt())
                    .execute();
            if (++added % PROGRESS_STEP == 0) {
                progress.accept(added);
            }
        }
        for (Host host : changes.changedHosts()) {
            change(host);
        }
    }

    private void change(Host host) throws SQLException {
        withHistory(withState(changeHost, host), host).with(host.id()).execute();
    }

    private void settle(Settlement settlement) throws SQLException {
        for (Host host : settlement.hosts()) {
            change(host);
        }
        if (settlement.settled() > 0) {
            history.settle(settlement.settled());
        }
        if (settlement.sweep() > 0) {
            history.sweep(settlement.sweep());
        }
    }

    private static Row withHistory(Row row, Host host) throws SQLException {
        return row.with(host.activity().historyLength()).with(host.activity().lastEntry());
    }

    /// The fifteen columns that say what a host is, with which all statements about them begin.
    static Row withState(Row row, Host host) throws SQLException {
        Standing standing = host.standing();
        Activity activity = host.activity();
        row.with(host.ttl().isPresent() ? Long.valueOf(host.ttl().getAsInt()) : null);
        withAddresses(row, host.addresses());
        row.with(standing.unchanged().fullAgainAt()).with(standing.changed().fullAgainAt());
        row.with(standing.block().map(block -> block.cause().name()).orElse(null))
                .with(standing.block().map(Block::since).orElse(null))
                .with(standing.block().flatMap(Block::until).orElse(null))
                .with((long) standing.blocks());
        row.with(standing.lastChange()).with(standing.lastRepeat()).with(activity.lastContact());
        return row.with(activity.changes()).with(activity.repeats()).with(activity.refusals());
    }

    static void withAddresses(Row row, Addresses addresses) throws SQLException {
        row.with(addresses.ipv4().map(InetAddress::getHostAddress).orElse(null))
                .with(addresses.ipv6().map(InetAddress::getHostAddress).orElse(null));
    }
}

package io.holdfast.service.store;

import io.holdfast.service.account.Account;
import io.holdfast.service.event.Commit;
import io.holdfast.service.event.Event;
import io.holdfast.service.host.Activity;
import io.holdfast.service.host.Addresses;
import io.holdfast.service.host.Block;
import io.holdfast.service.host.Host;
import io.holdfast.service.host.Standing;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.LongConsumer;

/// Values into rows, within the transaction of its connection.
final class RowWriter {
    /// How many rows lie between two words about progress.
    static final int PROGRESS_STEP = 10_000;

    private final Row tick;
    private final LogRows log;
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
                        "UPDATE clock SET change_number = ?, last_id = ? WHERE change_number = ?");
        log = new LogRows(connection);
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

    /// One commit: its place in the log, and the rows that follow from its events.
    ///
    /// @param lastId the highest id given to anything so far
    /// @param progress told now and then how many hosts, or records of a zone, were added so far
    void write(Commit commit, long lastId, LongConsumer progress) throws SQLException {
        long before = commit.number() - 1;
        if (tick.with(commit.number()).with(lastId).with(before).execute() != 1) {
            throw new SQLException("the last commit in the database is not number " + before);
        }
        log.append(commit);
        Progress hosts = new Progress(progress);
        for (Event event : commit.events()) {
            write(event, commit.number(), hosts);
        }
    }

    /// What was written is durable.
    void isDurable() {
        log.isDurable();
    }

    /// What is late; before what is newer.
    void write(Checkpoint checkpoint) throws SQLException {
        for (Host host : checkpoint.hosts()) {
            change(host);
        }
        if (checkpoint.settled() > 0) {
            history.settle(checkpoint.settled());
        }
        if (checkpoint.sweep() > 0) {
            history.sweep(checkpoint.sweep());
        }
        zones.forget(checkpoint.forgotten());
        if (checkpoint.trim().isPresent()) {
            log.trim(checkpoint.trim().get().commits(), checkpoint.trim().get().now());
        }
    }

    private void write(Event event, long number, Progress added) throws SQLException {
        switch (event) {
            case Event.AccountAdded(_, var account) -> add(account.orElseThrow());
            case Event.AccountRemoved(long id) -> {
                removeAccount.with(id).execute();
                secrets.remove(id);
            }
            case Event.AccountKeyChanged(_, var account) -> secrets.change(account.orElseThrow());
            case Event.HostAdded(Host host) -> {
                add(host);
                added.one();
            }
            case Event.HostRemoved(Host host) -> {
                history.remove(host);
                removeHost.with(host.id()).execute();
                secrets.remove(host.id());
            }
            case Event.HostChanged changed -> {
                history.record(changed.entry(), number);
                if (changed instanceof Event.SecretChanged(var entry)) {
                    secrets.change(entry.host());
                }
            }
            case Event.RepeatCounted(Host host) -> change(host);
            case Event.FormerSecretKept(var former) -> secrets.keep(former);
            case Event.FormerSecretEnded(var former) -> secrets.end(former);
            case Event.KeyAdded(_, var key) -> keys.add(key.orElseThrow());
            case Event.KeyRemoved(var name) -> keys.remove(name);
            case Event.ZoneDeclared(_, var zone) ->
                    zones.put(zone.orElseThrow().zone(), added.told);
            case Event.ZoneRemoved(var apex) -> zones.remove(apex);
            case Event.RecordsChanged(var now, boolean kept) -> zones.put(now, kept);
            case Event.ReverseNameChanged _ -> {
                // follows from the hosts
            }
            case Event.ZoneChanged changed -> zones.put(changed, number);
        }
    }

    private void add(Account account) throws SQLException {
        addAccount
                .with(account.id())
                .with(account.name())
                .with(account.email().orElse(null))
                .with(account.updateKey().octets())
                .execute();
    }

    private void add(Host host) throws SQLException {
        withHistory(withState(addHost, host), host)
                .with(host.id())
                .with(host.name().toString())
                .with(host.accountId())
                .with(host.secret().octets())
                .with(host.addedAt())
                .execute();
    }

    private void change(Host host) throws SQLException {
        withHistory(withState(changeHost, host), host).with(host.id()).execute();
    }

    /// How many hosts of a commit are added so far.
    private static final class Progress {
        final LongConsumer told;
        private long hosts;

        Progress(LongConsumer told) {
            this.told = told;
        }

        void one() {
            if (++hosts % PROGRESS_STEP == 0) {
                told.accept(hosts);
            }
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

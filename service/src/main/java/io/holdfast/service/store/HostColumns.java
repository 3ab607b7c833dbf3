package io.holdfast.service.store;

import io.holdfast.dns.Name;
import io.holdfast.service.account.HashedSecret;
import io.holdfast.service.host.Activity;
import io.holdfast.service.host.Block;
import io.holdfast.service.host.Bucket;
import io.holdfast.service.host.Host;
import io.holdfast.service.host.Standing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Hosts by their rows, or by entries of their history, one after the other; made for a million.
///
/// Columns are read by number: the driver looks a name up anew for each value. What most hosts
/// share is shared.
final class HostColumns {
    /// All columns, in the order of the constants below.
    static final String SELECT =
            """
            SELECT id, name, account_id, secret_hash, added_at, ttl, ipv4, ipv6,
                   unchanged_full_at, changed_full_at, block_cause, blocked_at, blocked_until, blocks,
                   last_change_at, last_repeat_at, last_contact_at,
                   changes, repeats, refusals, history_length, last_entry
            FROM host
            """;

    /// The same columns as the history after the rows has them, oldest first.
    static final String SELECT_NEWER =
            """
            SELECT host.id, host.name, host.account_id, host.secret_hash, host.added_at,
                   newer.ttl, newer.ipv4, newer.ipv6, newer.unchanged_full_at, newer.changed_full_at,
                   newer.block_cause, newer.blocked_at, newer.blocked_until, newer.blocks,
                   newer.last_change_at, newer.last_repeat_at, newer.last_contact_at,
                   newer.changes, newer.repeats, newer.refusals, newer.number + 1, newer.id
            FROM history AS newer JOIN host ON host.id = newer.host_id
            WHERE newer.id > (SELECT settled FROM clock) AND newer.id > host.last_entry
            ORDER BY newer.id
            """;

    private static final int ID = 1;
    private static final int NAME = 2;
    private static final int ACCOUNT_ID = 3;
    private static final int SECRET_HASH = 4;
    private static final int ADDED_AT = 5;
    private static final int TTL = 6;
    private static final int IPV4 = 7;
    private static final int IPV6 = 8;
    private static final int UNCHANGED_FULL_AT = 9;
    private static final int CHANGED_FULL_AT = 10;
    private static final int BLOCK_CAUSE = 11;
    private static final int BLOCKED_AT = 12;
    private static final int BLOCKED_UNTIL = 13;
    private static final int BLOCKS = 14;
    private static final int LAST_CHANGE_AT = 15;
    private static final int LAST_REPEAT_AT = 16;
    private static final int LAST_CONTACT_AT = 17;
    private static final int CHANGES = 18;
    private static final int REPEATS = 19;
    private static final int REFUSALS = 20;
    private static final int HISTORY_LENGTH = 21;
    private static final int LAST_ENTRY = 22;

    private final ResultSet row;

    HostColumns(ResultSet row) {
        this.row = row;
    }

    /// The host of the current row.
    Host host() throws SQLException {
        int ttl = row.getInt(TTL);
        return new Host(
                row.getLong(ID),
                Name.of(row.getString(NAME)),
                row.getLong(ACCOUNT_ID),
                HashedSecret.ofStored(row.getBytes(SECRET_HASH)),
                Instant.ofEpochMilli(row.getLong(ADDED_AT)),
                ttl == 0 ? OptionalInt.empty() : OptionalInt.of(ttl),
                RowReader.addresses(row.getString(IPV4), row.getString(IPV6)),
                standing(),
                activity());
    }

    private Standing standing() throws SQLException {
        Standing standing =
                new Standing(
                        bucket(UNCHANGED_FULL_AT),
                        bucket(CHANGED_FULL_AT),
                        block(),
                        row.getInt(BLOCKS),
                        instant(LAST_CHANGE_AT),
                        instant(LAST_REPEAT_AT));
        return standing.equals(Standing.FRESH) ? Standing.FRESH : standing;
    }

    private Activity activity() throws SQLException {
        Activity activity =
                new Activity(
                        row.getLong(CHANGES),
                        row.getLong(REPEATS),
                        row.getLong(REFUSALS),
                        instant(LAST_CONTACT_AT),
                        row.getLong(HISTORY_LENGTH),
                        row.getLong(LAST_ENTRY));
        return activity.equals(Activity.NONE) ? Activity.NONE : activity;
    }

    private Optional<Block> block() throws SQLException {
        String cause = row.getString(BLOCK_CAUSE);
        if (cause == null) {
            return Optional.empty();
        }
        return Optional.of(
                new Block(
                        Block.Cause.valueOf(cause),
                        Instant.ofEpochMilli(row.getLong(BLOCKED_AT)),
                        Optional.ofNullable(instant(BLOCKED_UNTIL))));
    }

    private Bucket bucket(int column) throws SQLException {
        long fullAgainAt = row.getLong(column);
        return fullAgainAt == 0 ? Bucket.FULL : new Bucket(Instant.ofEpochMilli(fullAgainAt));
    }

    private @Nullable Instant instant(int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}

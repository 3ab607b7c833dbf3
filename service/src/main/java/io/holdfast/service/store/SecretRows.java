package io.holdfast.service.store;

import io.holdfast.service.account.Account;
import io.holdfast.service.account.FormerSecret;
import io.holdfast.service.account.HashedSecret;
import io.holdfast.service.host.Host;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/// Secrets that take another's place, into rows.
final class SecretRows {
    private final Row changeAccount;
    private final Row changeHost;
    private final Row putFormer;
    private final Row endFormer;
    private final Row removeFormer;

    SecretRows(Connection connection) throws SQLException {
        changeAccount = new Row(connection, "UPDATE account SET update_key_hash = ? WHERE id = ?");
        changeHost = new Row(connection, "UPDATE host SET secret_hash = ? WHERE id = ?");
        putFormer =
                new Row(
                        connection,
                        """
                        INSERT INTO former_secret (owner_id, secret_hash, since, good_until)
                        VALUES (?, ?, ?, ?)
                        ON CONFLICT (owner_id) DO UPDATE SET
                            secret_hash = excluded.secret_hash, since = excluded.since,
                            good_until = excluded.good_until
                        """);
        endFormer =
                new Row(
                        connection,
                        """
                        DELETE FROM former_secret
                        WHERE owner_id = ? AND secret_hash = ? AND good_until = ?
                        """);
        removeFormer = new Row(connection, "DELETE FROM former_secret WHERE owner_id = ?");
    }

    void change(Account account) throws SQLException {
        changeAccount.with(account.updateKey().octets()).with(account.id()).execute();
    }

    void change(Host host) throws SQLException {
        changeHost.with(host.secret().octets()).with(host.id()).execute();
    }

    /// In place of what its owner had before that.
    void keep(FormerSecret former) throws SQLException {
        putFormer
                .with(former.owner())
                .with(former.secret().octets())
                .with(former.since())
                .with(former.until())
                .execute();
    }

    void end(FormerSecret former) throws SQLException {
        endFormer
                .with(former.owner())
                .with(former.secret().octets())
                .with(former.until())
                .execute();
    }

    /// Whatever an account or a host that is gone had before.
    void remove(long owner) throws SQLException {
        removeFormer.with(owner).execute();
    }

    static FormerSecret read(ResultSet row) throws SQLException {
        return new FormerSecret(
                row.getLong("owner_id"),
                HashedSecret.ofStored(row.getBytes("secret_hash")),
                Instant.ofEpochMilli(row.getLong("since")),
                Instant.ofEpochMilli(row.getLong("good_until")));
    }
}

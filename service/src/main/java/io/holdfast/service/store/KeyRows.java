package io.holdfast.service.store;

import io.holdfast.dns.Name;
import io.holdfast.dns.tsig.TsigAlgorithm;
import io.holdfast.dns.tsig.TsigKey;
import io.holdfast.service.account.Grant;
import io.holdfast.service.account.UpdateKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/// TSIG keys into rows, and back.
final class KeyRows {
    private final Row addKey;
    private final Row removeKey;

    KeyRows(Connection connection) throws SQLException {
        addKey =
                new Row(
                        connection,
                        "INSERT INTO tsig_key (name, algorithm, secret, grants) VALUES (?, ?, ?, ?)");
        removeKey = new Row(connection, "DELETE FROM tsig_key WHERE name = ?");
    }

    void add(UpdateKey key) throws SQLException {
        addKey.with(key.key().name().toString())
                .with(key.key().algorithm().toString())
                .with(key.key().secret())
                .with(key.grants().stream().map(Grant::text).collect(Collectors.joining("\n")))
                .execute();
    }

    void remove(Name name) throws SQLException {
        removeKey.with(name.toString()).execute();
    }

    static UpdateKey read(ResultSet row) throws SQLException {
        TsigKey key =
                new TsigKey(
                        Name.of(row.getString("name")),
                        TsigAlgorithm.of(row.getString("algorithm")),
                        row.getBytes("secret"));
        List<Grant> grants = row.getString("grants").lines().map(Grant::parse).toList();
        return new UpdateKey(key, grants);
    }
}

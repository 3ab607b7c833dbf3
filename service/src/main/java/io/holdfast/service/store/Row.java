package io.holdfast.service.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A prepared statement whose parameters are given in order, one by one.
final class Row {
    private final PreparedStatement statement;
    private int given = 0;

    Row(Connection connection, String sql) throws SQLException {
        statement = connection.prepareStatement(sql);
    }

    Row with(@Nullable String text) throws SQLException {
        statement.setString(++given, text);
        return this;
    }

    Row with(@Nullable Long number) throws SQLException {
        statement.setObject(++given, number);
        return this;
    }

    /// As milliseconds since 1970.
    Row with(@Nullable Instant time) throws SQLException {
        return with(time == null ? null : Long.valueOf(time.toEpochMilli()));
    }

    Row with(byte[] octets) throws SQLException {
        statement.setBytes(++given, octets);
        return this;
    }

    void execute() throws SQLException {
        given = 0;
        statement.executeUpdate();
    }

    ResultSet query() throws SQLException {
        given = 0;
        return statement.executeQuery();
    }
}

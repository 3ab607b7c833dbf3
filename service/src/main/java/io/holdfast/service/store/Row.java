package io.holdfast.service.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A prepared statement whose parameters are given in order, one by one.
final class Row {
    private interface Parameter<T> {
        void set(PreparedStatement statement, int at, @Nullable T value) throws SQLException;
    }

    private final PreparedStatement statement;
    private int given = 0;

    Row(Connection connection, String sql) throws SQLException {
        statement = connection.prepareStatement(sql);
    }

    Row with(@Nullable String text) throws SQLException {
        return with(text, PreparedStatement::setString);
    }

    Row with(@Nullable Long number) throws SQLException {
        return with(number, PreparedStatement::setObject);
    }

    /// As milliseconds since 1970.
    Row with(@Nullable Instant time) throws SQLException {
        return with(time == null ? null : Long.valueOf(time.toEpochMilli()));
    }

    Row with(byte[] octets) throws SQLException {
        return with(octets, PreparedStatement::setBytes);
    }

    /// The next statement begins with its first parameter, even if this one came to nothing.
    private <T> Row with(@Nullable T value, Parameter<T> parameter) throws SQLException {
        try {
            parameter.set(statement, ++given, value);
            return this;
        } catch (SQLException e) {
            given = 0;
            throw e;
        }
    }

    /// @return how many rows there are of which it changed something
    int execute() throws SQLException {
        given = 0;
        return statement.executeUpdate();
    }

    ResultSet query() throws SQLException {
        given = 0;
        return statement.executeQuery();
    }
}

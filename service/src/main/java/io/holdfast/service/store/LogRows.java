package io.holdfast.service.store;

import io.holdfast.service.event.Commit;
import io.holdfast.service.event.EventOctets;
import io.holdfast.service.event.UnknownEventException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The log: a row for each commit. Written at its end; what is too old, or too far back, is taken
/// from its beginning.
final class LogRows {
    /// How long a commit is kept.
    static final Duration KEPT = Duration.ofDays(30);

    /// How many octets of events are kept, whatever their age.
    static final long MOST_OCTETS = 1L << 30;

    private final Row append;
    private final Row trim;
    private final long mostOctets;

    /// Where the next commit's events begin.
    private long position;

    /// Of a commit that may yet be undone.
    private long appended;

    LogRows(Connection connection) throws SQLException {
        this(connection, MOST_OCTETS);
    }

    LogRows(Connection connection, long mostOctets) throws SQLException {
        this.mostOctets = mostOctets;
        append =
                new Row(
                        connection,
                        "INSERT INTO log (number, at, position, events) VALUES (?, ?, ?, ?)");
        trim =
                new Row(
                        connection,
                        """
                        DELETE FROM log WHERE number <= (
                            SELECT max(number) FROM (
                                SELECT number, at, position FROM log ORDER BY number LIMIT ?
                            ) AS oldest
                            WHERE at < ? OR position < ?)
                        """);
        position = end(connection);
    }

    private static long end(Connection connection) throws SQLException {
        String sql =
                "SELECT position + length(events) FROM log"
                        + " WHERE number = (SELECT max(number) FROM log)";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    void append(Commit commit) throws SQLException {
        byte[] events = EventOctets.write(commit.events());
        append.with(commit.number()).with(commit.at()).with(position).with(events).execute();
        appended = events.length;
    }

    /// What was appended is durable.
    void isDurable() {
        position += appended;
        appended = 0;
    }

    /// Lets go of commits at the beginning that are too old, or more than is kept.
    ///
    /// @param commits how many to look at
    void trim(int commits, Instant now) throws SQLException {
        trim.with((long) commits).with(now.minus(KEPT)).with(position - mostOctets).execute();
    }

    /// Commits after one, oldest first.
    ///
    /// @param most how many at the most
    static List<Commit> after(Connection connection, long number, int most)
            throws SQLException, StoreException {
        String sql = "SELECT number, at, events FROM log WHERE number > ? ORDER BY number LIMIT ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, number);
            statement.setInt(2, most);
            List<Commit> commits = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    commits.add(commit(row));
                }
            }
            return commits;
        }
    }

    private static Commit commit(ResultSet row) throws SQLException, StoreException {
        long number = row.getLong("number");
        Instant at = Instant.ofEpochMilli(row.getLong("at"));
        try {
            return new Commit(number, at, EventOctets.read(row.getBytes("events")));
        } catch (UnknownEventException | IllegalArgumentException e) {
            throw new StoreException(
                    "commit " + number + " of the log cannot be read: " + e.getMessage(), false, e);
        }
    }
}

package io.holdfast.service.store;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.RdataFormat;
import io.holdfast.dns.Serial;
import io.holdfast.dns.Type;
import io.holdfast.dns.zone.ZoneDelta;
import io.holdfast.runtime.OutsideText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Record data that was stored when nobody looked at its form, and that no server takes over: it
/// would freeze its whole zone on the secondaries.
///
/// Such records are named, with all their data, and taken out; the zone gets the next serial, so
/// that whoever has them fetches it anew.
final class MalformedRows {
    private static final Logger LOG = LoggerFactory.getLogger(MalformedRows.class);

    private final Connection connection;
    private final Set<String> zones = new LinkedHashSet<>();
    private final List<Found> records = new ArrayList<>();

    /// @param text which record, and what is wrong with it
    private record Found(String apex, String text) {}

    private MalformedRows(Connection connection) {
        this.connection = connection;
    }

    /// Takes them out of the database, durably; if it cannot be written, they stay and are named.
    ///
    /// @param into is told of each
    /// @throws SQLException if it cannot be read
    static void remove(Connection connection, Backend backend, Contents into) throws SQLException {
        MalformedRows rows = new MalformedRows(connection);
        String outcome = "taken out";
        try {
            rows.operators();
            rows.updated();
            rows.moveSerials();
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            if (!backend.isPassing(e)) {
                throw e;
            }
            outcome = "left in, as " + backend + " cannot be written (" + e.getMessage() + ")";
        }
        for (Found found : rows.records) {
            String what = "malformed record data is " + outcome + ": " + found.text;
            LOG.warn("{}", what);
            into.malformed(Name.of(found.apex), what);
        }
    }

    /// Whether a step says anything that a secondary would refuse.
    static boolean isIn(ZoneDelta delta) {
        return Stream.of(
                        List.of(delta.before()), List.of(delta.after()),
                        delta.removed(), delta.added())
                .flatMap(List::stream)
                .anyMatch(MalformedRows::isMalformed);
    }

    private static boolean isMalformed(RRset rrset) {
        return rrset.rdata().stream().anyMatch(data -> !isGood(rrset.type(), data));
    }

    private static boolean isGood(Type type, Rdata data) {
        return RdataFormat.check(type, data) instanceof RdataFormat.Result.Good;
    }

    private void operators() throws SQLException {
        List<Long> positions = new ArrayList<>();
        List<String> apexes = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT apex, position, owner, type, data FROM record")) {
            while (row.next()) {
                Type type = new Type(row.getInt("type"));
                Rdata data = Rdata.of(row.getBytes("data"));
                if (found(row.getString("apex"), row.getString("owner"), type, data)) {
                    apexes.add(row.getString("apex"));
                    positions.add(row.getLong("position"));
                }
            }
        }
        String delete = "DELETE FROM record WHERE apex = ? AND position = ?";
        for (int i = 0; i < apexes.size(); i++) {
            try (PreparedStatement statement = connection.prepareStatement(delete)) {
                statement.setString(1, apexes.get(i));
                statement.setLong(2, positions.get(i));
                statement.executeUpdate();
            }
        }
    }

    /// What is left of an RRset that an update made.
    private record Rest(String apex, String owner, int type, List<Rdata> data) {}

    private void updated() throws SQLException {
        List<Rest> rests = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT apex, owner, type, data FROM dynamic_record")) {
            while (row.next()) {
                String apex = row.getString("apex");
                String owner = row.getString("owner");
                Type type = new Type(row.getInt("type"));
                List<Rdata> all;
                try {
                    all = RdataOctets.read(row.getBytes("data"));
                } catch (RuntimeException e) {
                    continue; // RowReader says so, and has only this zone not served
                }
                List<Rdata> good = new ArrayList<>();
                for (Rdata data : all) {
                    if (!found(apex, owner, type, data)) {
                        good.add(data);
                    }
                }
                if (good.size() < all.size()) {
                    rests.add(new Rest(apex, owner, type.value(), good));
                }
            }
        }
        for (Rest rest : rests) {
            write(rest);
        }
    }

    private void write(Rest rest) throws SQLException {
        String key = " WHERE apex = ? AND owner = ? AND type = ?";
        boolean none = rest.data.isEmpty();
        String sql =
                none
                        ? "DELETE FROM dynamic_record" + key
                        : "UPDATE dynamic_record SET data = ?" + key;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int at = 1;
            if (!none) {
                statement.setBytes(at++, RdataOctets.write(rest.data));
            }
            statement.setString(at++, rest.apex);
            statement.setString(at++, rest.owner);
            statement.setInt(at, rest.type);
            statement.executeUpdate();
        }
    }

    private void moveSerials() throws SQLException {
        for (String apex : zones) {
            int serial;
            try (PreparedStatement zone =
                    connection.prepareStatement("SELECT serial FROM zone WHERE apex = ?")) {
                zone.setString(1, apex);
                try (ResultSet row = zone.executeQuery()) {
                    row.next();
                    serial = Serial.next((int) row.getLong(1));
                }
            }
            try (PreparedStatement zone =
                    connection.prepareStatement("UPDATE zone SET serial = ? WHERE apex = ?")) {
                zone.setLong(1, Integer.toUnsignedLong(serial));
                zone.setString(2, apex);
                zone.executeUpdate();
            }
        }
    }

    private boolean found(String apex, String owner, Type type, Rdata data) {
        return switch (RdataFormat.check(type, data)) {
            case RdataFormat.Result.Good _ -> false;
            case RdataFormat.Result.Malformed(String reason) -> {
                zones.add(apex);
                String text =
                        "%s %s %s in the zone %s: %s"
                                .formatted(OutsideText.printable(owner), type, data, apex, reason);
                records.add(new Found(apex, text));
                yield true;
            }
        };
    }
}

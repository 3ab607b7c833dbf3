package io.holdfast.service.store;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of table `record`, the operator's records of all zones; made for millions of them.
///
/// The records of an RRset follow each other, so each set is finished before the next begins.
/// Columns are read by number: the driver looks a name up anew for each value. What most records
/// share is shared.
final class RecordColumns {
    private static final String SELECT =
            "SELECT owner, type, ttl, data, apex FROM record ORDER BY apex, position";

    private static final int OWNER = 1;
    private static final int TYPE = 2;
    private static final int TTL = 3;
    private static final int DATA = 4;
    private static final int APEX = 5;

    /// The records of one zone.
    ///
    /// @param fault what is wrong with one of them, which then is missing
    record OfZone(List<RRset> rrsets, Optional<String> fault) {
        static final OfZone NONE = new OfZone(List.of(), Optional.empty());
    }

    private final Map<Integer, Type> types = new HashMap<>();
    private final List<RRset> finished = new ArrayList<>();

    private String owner = "";
    private int type;
    private int ttl;
    private final List<Rdata> data = new ArrayList<>();

    private @Nullable String fault;

    private RecordColumns() {}

    /// All of each zone, by its apex, in the order in which they were written.
    static Map<String, OfZone> read(Connection connection) throws SQLException {
        Map<String, OfZone> zones = new HashMap<>();
        RecordColumns columns = new RecordColumns();
        String apex = "";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SELECT)) {
            while (row.next()) {
                String next = row.getString(APEX);
                if (!next.equals(apex)) {
                    columns.finishZone(apex, zones);
                    apex = next;
                }
                columns.add(row);
            }
        }
        columns.finishZone(apex, zones);
        return zones;
    }

    private void finishZone(String apex, Map<String, OfZone> zones) {
        finish();
        if (!finished.isEmpty() || fault != null) {
            zones.put(apex, new OfZone(List.copyOf(finished), Optional.ofNullable(fault)));
        }
        finished.clear();
        fault = null;
    }

    private void add(ResultSet row) throws SQLException {
        String rowOwner = row.getString(OWNER);
        int rowType = row.getInt(TYPE);
        int rowTtl = row.getInt(TTL);
        if (rowType != type || rowTtl != ttl || !rowOwner.equals(owner)) {
            finish();
            owner = rowOwner;
            type = rowType;
            ttl = rowTtl;
        }
        data.add(Rdata.of(row.getBytes(DATA)));
    }

    private void finish() {
        if (data.isEmpty()) {
            return;
        }
        try {
            finished.add(
                    new RRset(Name.of(owner), types.computeIfAbsent(type, Type::new), ttl, data));
        } catch (RuntimeException e) {
            fault = "stored record at " + owner + " cannot be read: " + e.getMessage();
        }
        data.clear();
    }
}

package io.holdfast.service.store;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The rows of table `record`, the operator's records of one zone; made for millions of them.
///
/// The records of an RRset follow each other, so each set is finished before the next begins.
/// Columns are read by number: the driver looks a name up anew for each value. What most records
/// share is shared.
final class RecordColumns {
    private static final String SELECT =
            "SELECT owner, type, ttl, data FROM record WHERE apex = ? ORDER BY position";

    private static final int OWNER = 1;
    private static final int TYPE = 2;
    private static final int TTL = 3;
    private static final int DATA = 4;

    private final Map<Integer, Type> types = new HashMap<>();
    private final List<RRset> finished = new ArrayList<>();

    private String owner = "";
    private int type;
    private int ttl;
    private final List<Rdata> data = new ArrayList<>();

    private RecordColumns() {}

    /// All of a zone, in the order in which they were written.
    static List<RRset> ofZone(Connection connection, String apex) throws SQLException {
        RecordColumns columns = new RecordColumns();
        try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
            statement.setString(1, apex);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.add(row);
                }
            }
        }
        columns.finish();
        return columns.finished;
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
        if (!data.isEmpty()) {
            finished.add(
                    new RRset(Name.of(owner), types.computeIfAbsent(type, Type::new), ttl, data));
            data.clear();
        }
    }
}

package io.holdfast.service.store;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.service.store.Changes.DynamicChange;
import io.holdfast.service.zone.DeclaredZone;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/// Zones into rows: what the operator declared, what updates made of it, and the latest versions.
final class ZoneRows {
    private final Row putZone;
    private final Row putSerial;
    private final Row removeRecords;
    private final Row addRecord;
    private final Row putDynamic;
    private final Row removeDynamic;
    private final Row addVersion;
    private final Row forgetVersions;
    private final List<Row> removeZone;

    ZoneRows(Connection connection) throws SQLException {
        putZone =
                new Row(
                        connection,
                        """
                        INSERT INTO zone (
                            apex, serial, nameservers, ttl, accept,
                            unchanged_allowed, unchanged_grace, changed_allowed,
                            origin, records_file)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (apex) DO UPDATE SET
                            serial = excluded.serial, nameservers = excluded.nameservers,
                            ttl = excluded.ttl, accept = excluded.accept,
                            unchanged_allowed = excluded.unchanged_allowed,
                            unchanged_grace = excluded.unchanged_grace,
                            changed_allowed = excluded.changed_allowed,
                            origin = excluded.origin, records_file = excluded.records_file
                        """);
        putSerial = new Row(connection, "UPDATE zone SET serial = ? WHERE apex = ?");
        removeRecords = new Row(connection, "DELETE FROM record WHERE apex = ?");
        addRecord =
                new Row(
                        connection,
                        """
                        INSERT INTO record (apex, position, owner, type, ttl, data)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """);
        putDynamic =
                new Row(
                        connection,
                        """
                        INSERT INTO dynamic_record (apex, owner, type, ttl, data)
                        VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT (apex, owner, type) DO UPDATE SET
                            ttl = excluded.ttl, data = excluded.data
                        """);
        removeDynamic =
                new Row(
                        connection,
                        "DELETE FROM dynamic_record WHERE apex = ? AND owner = ? AND type = ?");
        addVersion =
                new Row(
                        connection,
                        "INSERT INTO zone_version (apex, change_number, delta) VALUES (?, ?, ?)");
        forgetVersions =
                new Row(
                        connection,
                        "DELETE FROM zone_version WHERE apex = ? AND change_number <= ?");
        removeZone =
                List.of( // the tables that refer to it come first
                        new Row(connection, "DELETE FROM dynamic_record WHERE apex = ?"),
                        new Row(connection, "DELETE FROM zone_version WHERE apex = ?"),
                        removeRecords,
                        new Row(connection, "DELETE FROM zone WHERE apex = ?"));
    }

    /// @param number of the commit
    /// @param progress told now and then how many of a zone's records are written
    void write(Changes changes, long number, LongConsumer progress) throws SQLException {
        for (DeclaredZone zone : changes.zones()) {
            putSerial
                    .with(Integer.toUnsignedLong(zone.serial()))
                    .with(zone.apex().toString())
                    .execute();
        }
        for (DeclaredZone zone : changes.replacedRecords()) {
            replace(zone, progress);
        }
        for (DynamicChange change : changes.dynamic()) {
            write(change);
        }
        for (ZoneVersion version : changes.versions()) {
            addVersion
                    .with(version.apex().toString())
                    .with(number)
                    .with(version.octets())
                    .execute();
        }
        for (Map.Entry<Name, Long> zone : changes.forgotten().entrySet()) {
            forgetVersions.with(zone.getKey().toString()).with(zone.getValue()).execute();
        }
        for (Name apex : changes.removedZones()) {
            for (Row row : removeZone) {
                row.with(apex.toString()).execute();
            }
        }
    }

    private void replace(DeclaredZone zone, LongConsumer progress) throws SQLException {
        String apex = zone.apex().toString();
        putZone.with(apex)
                .with(Integer.toUnsignedLong(zone.serial()))
                .with(
                        zone.policy().nameservers().stream()
                                .map(Object::toString)
                                .collect(Collectors.joining(" ")))
                .with((long) zone.policy().ttlSeconds())
                .with(zone.policy().accept().name())
                .with((long) zone.policy().limits().unchangedAllowed())
                .with(zone.policy().limits().unchangedGrace().toMillis())
                .with((long) zone.policy().limits().changedAllowed())
                .with(zone.origin().name())
                .with(zone.recordsFile().orElse(null))
                .execute();
        removeRecords.with(apex).execute();
        long position = 0;
        for (RRset rrset : zone.records()) {
            for (Rdata rdata : rrset.rdata()) {
                addRecord
                        .with(apex)
                        .with(position++)
                        .with(rrset.owner().toString())
                        .with((long) rrset.type().value())
                        .with((long) rrset.ttl())
                        .with(rdata.toWire())
                        .execute();
                if (position % RowWriter.PROGRESS_STEP == 0) {
                    progress.accept(position);
                }
            }
        }
    }

    private void write(DynamicChange change) throws SQLException {
        Row row = change.kept() ? putDynamic : removeDynamic;
        row.with(change.now().apex().toString())
                .with(change.now().key().owner().toString())
                .with((long) change.now().key().type().value());
        if (change.kept()) {
            row.with(change.now().rrset().map(rrset -> (long) rrset.ttl()).orElse(0L))
                    .with(
                            RdataOctets.write(
                                    change.now().rrset().map(RRset::rdata).orElse(List.of())));
        }
        row.execute();
    }
}

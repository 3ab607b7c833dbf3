package io.holdfast.service.store;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.service.event.Event;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.DynamicRecord;
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

    /// Another version of a zone.
    ///
    /// @param number of the commit
    void put(Event.ZoneChanged changed, long number) throws SQLException {
        putSerial
                .with(Integer.toUnsignedLong(changed.serial()))
                .with(changed.apex().toString())
                .execute();
        if (changed.step().isPresent()) {
            addVersion
                    .with(changed.apex().toString())
                    .with(number)
                    .with(changed.step().get().octets())
                    .execute();
        }
    }

    /// Steps between versions that nobody asks for any more.
    ///
    /// @param upTo for each zone the number of the last commit that is not needed
    void forget(Map<Name, Long> upTo) throws SQLException {
        for (Map.Entry<Name, Long> zone : upTo.entrySet()) {
            forgetVersions.with(zone.getKey().toString()).with(zone.getValue()).execute();
        }
    }

    /// With all that is in it.
    void remove(Name apex) throws SQLException {
        for (Row row : removeZone) {
            row.with(apex.toString()).execute();
        }
    }

    /// Its policy, its serial and the operator's records.
    ///
    /// @param progress told now and then how many records are written so far
    void put(DeclaredZone zone, LongConsumer progress) throws SQLException {
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

    /// What updates made of an RRset.
    ///
    /// @param kept false if there is nothing to say of it any more
    void put(DynamicRecord now, boolean kept) throws SQLException {
        Row row = kept ? putDynamic : removeDynamic;
        row.with(now.apex().toString())
                .with(now.key().owner().toString())
                .with((long) now.key().type().value());
        if (kept) {
            row.with(now.rrset().map(rrset -> (long) rrset.ttl()).orElse(0L))
                    .with(RdataOctets.write(now.rrset().map(RRset::rdata).orElse(List.of())));
        }
        row.execute();
    }
}

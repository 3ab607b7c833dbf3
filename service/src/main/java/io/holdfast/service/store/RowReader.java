package io.holdfast.service.store;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import io.holdfast.service.account.Account;
import io.holdfast.service.account.HashedSecret;
import io.holdfast.service.event.ZoneVersion;
import io.holdfast.service.host.AbuseLimits;
import io.holdfast.service.host.Addresses;
import io.holdfast.service.host.HistoryEntry;
import io.holdfast.service.host.Host;
import io.holdfast.service.zone.AcceptedAddresses;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.DynamicRecord;
import io.holdfast.service.zone.RRsetKey;
import io.holdfast.service.zone.ZoneOrigin;
import io.holdfast.service.zone.ZonePolicy;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Rows into values.
final class RowReader {
    /// An entry of history and those of the same host before it, newest first.
    static final String CHAIN =
            """
            WITH RECURSIVE chain AS (
                SELECT * FROM history WHERE id = ?
                UNION ALL
                SELECT history.* FROM history JOIN chain ON history.id = chain.previous)
            """;

    private static final Logger LOG = LoggerFactory.getLogger(RowReader.class);

    private RowReader() {}

    /// @return the highest id of anything that was read, or of an entry of history
    static long readAll(Connection connection, Contents into) throws SQLException {
        long highest = number(connection, "SELECT coalesce(max(id), 0) FROM history");
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT * FROM account")) {
                while (row.next()) {
                    Account account = account(row);
                    highest = Math.max(highest, account.id());
                    into.account(account);
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT * FROM tsig_key")) {
                while (row.next()) {
                    into.key(KeyRows.read(row));
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT * FROM former_secret")) {
                while (row.next()) {
                    into.formerSecret(SecretRows.read(row));
                }
            }
            readZones(connection, into);
            try (ResultSet row = statement.executeQuery("SELECT * FROM dynamic_record")) {
                while (row.next()) {
                    readDynamicRecord(row, into);
                }
            }
            String versions = "SELECT * FROM zone_version ORDER BY apex, change_number";
            try (ResultSet row = statement.executeQuery(versions)) {
                while (row.next()) {
                    readVersion(row, into);
                }
            }
            try (ResultSet row = statement.executeQuery(HostColumns.SELECT)) {
                HostColumns columns = new HostColumns(row);
                while (row.next()) {
                    Host host = columns.host();
                    highest = Math.max(highest, Math.max(host.id(), host.activity().lastEntry()));
                    into.host(host);
                }
            }
            try (ResultSet row = statement.executeQuery(HostColumns.SELECT_NEWER)) {
                HostColumns columns = new HostColumns(row);
                while (row.next()) {
                    into.newer(columns.host());
                }
            }
        }
        return highest;
    }

    static long lastId(Connection connection) throws SQLException {
        return number(connection, "SELECT last_id FROM clock");
    }

    /// The number of the last commit.
    static long lastCommit(Connection connection) throws SQLException {
        return number(connection, "SELECT change_number FROM clock");
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /// @param newest the id of the first to read
    static List<HistoryEntry> history(Connection connection, long newest) throws SQLException {
        String sql = CHAIN + "SELECT * FROM chain LIMIT " + HistoryEntry.KEPT;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, newest);
            List<HistoryEntry> entries = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    entries.add(historyEntry(row));
                }
            }
            return entries;
        }
    }

    static Addresses addresses(@Nullable String ipv4, @Nullable String ipv6) {
        if (ipv4 == null && ipv6 == null) {
            return Addresses.NONE; // one for all, there may be a million
        }
        return new Addresses(
                Optional.ofNullable(ipv4).map(text -> (Inet4Address) InetAddress.ofLiteral(text)),
                Optional.ofNullable(ipv6).map(text -> (Inet6Address) InetAddress.ofLiteral(text)));
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getLong("id"),
                row.getString("name"),
                Optional.ofNullable(row.getString("email")),
                HashedSecret.ofStored(row.getBytes("update_key_hash")));
    }

    private static void readZones(Connection connection, Contents into) throws SQLException {
        Map<String, RecordColumns.OfZone> all = RecordColumns.read(connection);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM zone")) {
            while (row.next()) {
                Name apex = Name.of(row.getString("apex"));
                RecordColumns.OfZone records =
                        all.getOrDefault(row.getString("apex"), RecordColumns.OfZone.NONE);
                into.zone(
                        new DeclaredZone(
                                apex,
                                policy(row),
                                ZoneOrigin.valueOf(row.getString("origin")),
                                Optional.ofNullable(row.getString("records_file")),
                                records.rrsets(),
                                (int) row.getLong("serial")));
                records.fault().ifPresent(fault -> into.faulty(apex, fault));
            }
        }
    }

    /// One that cannot be read is its zone's trouble alone.
    private static void readDynamicRecord(ResultSet row, Contents into) throws SQLException {
        DynamicRecord one;
        try {
            one = dynamicRecord(row);
        } catch (RuntimeException e) {
            into.faulty(
                    Name.of(row.getString("apex")),
                    "stored record at "
                            + row.getString("owner")
                            + " cannot be read: "
                            + e.getMessage());
            return;
        }
        into.dynamic(one);
    }

    /// Without a step that cannot be read or sent, the steps do not join, and secondaries take the
    /// zone whole.
    private static void readVersion(ResultSet row, Contents into) throws SQLException {
        long number = row.getLong("change_number");
        ZoneVersion version;
        try {
            version = ZoneVersion.ofStored(Name.of(row.getString("apex")), row.getBytes("delta"));
        } catch (RuntimeException e) {
            LOG.warn("{}: version {} cannot be read", row.getString("apex"), number, e);
            return;
        }
        if (!MalformedRows.isIn(version.delta())) {
            into.version(number, version);
        }
    }

    private static ZonePolicy policy(ResultSet row) throws SQLException {
        List<Name> nameservers =
                Arrays.stream(row.getString("nameservers").split(" "))
                        .filter(name -> !name.isEmpty())
                        .map(Name::of)
                        .toList();
        AbuseLimits limits =
                new AbuseLimits(
                        row.getInt("unchanged_allowed"),
                        Duration.ofMillis(row.getLong("unchanged_grace")),
                        row.getInt("changed_allowed"));
        return new ZonePolicy(
                nameservers,
                Duration.ofSeconds(row.getLong("ttl")),
                AcceptedAddresses.valueOf(row.getString("accept")),
                limits);
    }

    private static DynamicRecord dynamicRecord(ResultSet row) throws SQLException {
        Name owner = Name.of(row.getString("owner"));
        Type type = new Type(row.getInt("type"));
        List<Rdata> rdata = RdataOctets.read(row.getBytes("data"));
        Optional<RRset> rrset =
                rdata.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new RRset(owner, type, row.getInt("ttl"), rdata));
        return new DynamicRecord(Name.of(row.getString("apex")), new RRsetKey(owner, type), rrset);
    }

    private static HistoryEntry historyEntry(ResultSet row) throws SQLException {
        return new HistoryEntry(
                row.getLong("change_number"),
                Instant.ofEpochMilli(row.getLong("at")),
                addresses(row.getString("ipv4_before"), row.getString("ipv6_before")),
                addresses(row.getString("ipv4"), row.getString("ipv6")),
                InetAddress.ofLiteral(row.getString("source")),
                row.getString("agent"),
                row.getString("front"),
                row.getString("answered"));
    }
}

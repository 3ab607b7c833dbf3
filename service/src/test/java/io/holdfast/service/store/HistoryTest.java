package io.holdfast.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import io.holdfast.service.account.Account;
import io.holdfast.service.account.FormerSecret;
import io.holdfast.service.account.HashedSecret;
import io.holdfast.service.account.UpdateKey;
import io.holdfast.service.event.HostEntry;
import io.holdfast.service.event.ZoneVersion;
import io.holdfast.service.host.Activity;
import io.holdfast.service.host.Addresses;
import io.holdfast.service.host.HistoryEntry;
import io.holdfast.service.host.Host;
import io.holdfast.service.host.Standing;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.DynamicRecord;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happened to hosts, and what follows for what they are.
class HistoryTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Account ALICE =
            new Account(1, "alice", Optional.empty(), HashedSecret.of("alice"));

    @TempDir Path folder;
    private long lastId = 100;

    @Test
    void aHostIsWhatItsNewestEntrySaysThoughItsRowWasNotWritten() throws Exception {
        Host home = host(2, "home.dyn.test");
        try (Store store = Store.open(folder)) {
            add(store, home);
            home = change(store, home, "192.0.2.7");
            home = change(store, home, "192.0.2.8");
        }
        assertThat(texts("SELECT coalesce(ipv4, 'none') FROM host")).containsExactly("none");
        assertThat(stored()).usingRecursiveFieldByFieldElementComparator().containsExactly(home);
    }

    @Test
    void whatWasWrittenIntoTheRowLaterThanTheEntryIsNewer() throws Exception {
        Host home = host(2, "home.dyn.test");
        try (Store store = Store.open(folder)) {
            add(store, home);
            home = change(store, home, "192.0.2.7").withTtl(90);
            new Transaction(lastId).counts(home).commitTo(store);
        }
        assertThat(stored()).usingRecursiveFieldByFieldElementComparator().containsExactly(home);
    }

    @Test
    void settledEntriesAreNotReadAgain() throws Exception {
        Host home = host(2, "home.dyn.test");
        try (Store store = Store.open(folder)) {
            add(store, home);
            home = change(store, home, "192.0.2.7");
            settle(store, home, 0);
        }
        assertThat(texts("SELECT ipv4 FROM host")).containsExactly("192.0.2.7");
        try (Store store = Store.open(folder)) {
            Reading reading = new Reading();
            store.read(reading);
            assertThat(reading.hosts.values())
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactly(home);
            assertThat(reading.newer).isZero();
        }
    }

    @Test
    void aHostsHistoryLiesAmongThatOfOthers() throws Exception {
        Host home = host(2, "home.dyn.test");
        Host shed = host(3, "shed.dyn.test");
        try (Store store = Store.open(folder)) {
            add(store, home, shed);
            for (int i = 0; i < 3; i++) {
                home = change(store, home, "192.0.2." + i);
                shed = change(store, shed, "198.51.100." + i);
            }
            assertThat(addresses(store.reader().history(home)))
                    .containsExactly("192.0.2.2", "192.0.2.1", "192.0.2.0");
        }
    }

    @Test
    void aSweepLeavesTheNewestOfEachHost() throws Exception {
        Host home = host(2, "home.dyn.test");
        Host shed = host(3, "shed.dyn.test");
        try (Store store = Store.open(folder)) {
            add(store, home, shed);
            shed = change(store, shed, "198.51.100.7");
            for (int i = 0; i < HistoryEntry.KEPT + 50; i++) {
                home = change(store, home, "192.0.2." + i);
            }
            settle(store, home, 10);
            assertThat(texts("SELECT count(*) FROM history WHERE host_id = 2"))
                    .containsExactly(
                            String.valueOf(HistoryEntry.KEPT + 41)); // 9 of 10, 1 is shed's
            settle(store, home, 1_000);
            assertThat(texts("SELECT count(*) FROM history WHERE host_id = 2"))
                    .containsExactly(String.valueOf(HistoryEntry.KEPT));
            assertThat(addresses(store.reader().history(shed))).containsExactly("198.51.100.7");
            assertThat(addresses(store.reader().history(home)))
                    .hasSize(HistoryEntry.KEPT)
                    .first()
                    .isEqualTo("192.0.2.149");
        }
    }

    @Test
    void aHostTakesItsHistoryWithIt() throws Exception {
        Host home = host(2, "home.dyn.test");
        Host shed = host(3, "shed.dyn.test");
        try (Store store = Store.open(folder)) {
            add(store, home, shed);
            home = change(store, home, "192.0.2.7");
            shed = change(store, shed, "198.51.100.7");
            home = change(store, home, "192.0.2.8");
            new Transaction(lastId).removes(home).commitTo(store);
        }
        assertThat(texts("SELECT host_id FROM history")).containsExactly("3");
        assertThat(stored()).usingRecursiveFieldByFieldElementComparator().containsExactly(shed);
    }

    /// As version 2 kept it: a ring for each host.
    @Test
    void historyOfAnOlderVersionIsKept() throws Exception {
        Flyway.configure()
                .dataSource(url(), null, null)
                .locations("classpath:io/holdfast/service/store")
                .placeholders(Database.SQLITE_SPELLING)
                .target("2")
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE clock SET change_number = 9, last_id = 3");
            statement.execute("INSERT INTO account VALUES (1, 'alice', NULL, zeroblob(32))");
            for (String host :
                    List.of(
                            "2, 'home.dyn.test', 1, zeroblob(32), 0, NULL, '192.0.2.101'",
                            "3, 'shed.dyn.test', 1, zeroblob(32), 0, NULL, '192.0.2.9'")) {
                statement.execute(
                        "INSERT INTO host VALUES ("
                                + host
                                + ", NULL, 0, 0, NULL, NULL, NULL, 0, NULL, NULL, NULL, 0, 0, 0, 101)");
            }
            for (int number = 1; number <= 100; number++) {
                statement.execute(
                        "INSERT INTO history VALUES (2, %d, %d, %d, 0, NULL, NULL, '192.0.2.%d', NULL, '192.0.2.1', '', 'dyndns2', 'good')"
                                .formatted(number % HistoryEntry.KEPT, number, number, number));
            }
        }
        try (Store store = Store.open(folder)) {
            Reading reading = new Reading();
            store.read(reading);
            assertThat(addresses(store.reader().history(reading.host("home.dyn.test"))))
                    .hasSize(HistoryEntry.KEPT)
                    .startsWith("192.0.2.100", "192.0.2.99");
            assertThat(store.reader().history(reading.host("shed.dyn.test"))).isEmpty();
            assertThat(reading.newer).isZero();
            assertThat(store.lastId()).isEqualTo(103);
        }
    }

    private void add(Store store, Host... hosts) throws StoreException {
        new Transaction(lastId).adds(ALICE, hosts).commitTo(store);
    }

    /// Gives a host an address, with an entry in its history and nothing else.
    private Host change(Store store, Host before, String address) throws StoreException {
        Addresses after =
                new Addresses(
                        Optional.of((Inet4Address) InetAddress.ofLiteral(address)),
                        Optional.empty());
        Host next = before.with(after).with(before.activity().changed(NOW).recorded(++lastId));
        HistoryEntry entry =
                new HistoryEntry(
                        0,
                        NOW,
                        before.addresses(),
                        after,
                        InetAddress.ofLiteral("192.0.2.1"),
                        "",
                        "dyndns2",
                        "good");
        HostEntry made = new HostEntry(next, before.activity().lastEntry(), entry);
        new Transaction(lastId).records(made).commitTo(store);
        return next;
    }

    private void settle(Store store, Host host, int sweep) throws StoreException {
        store.write(new Checkpoint(List.of(host), lastId, sweep, Optional.empty(), Map.of()));
    }

    private static Host host(long id, String name) {
        return new Host(
                id,
                Name.of(name),
                ALICE.id(),
                HashedSecret.of(name),
                NOW,
                OptionalInt.empty(),
                Addresses.NONE,
                Standing.FRESH,
                Activity.NONE);
    }

    private List<Host> stored() throws StoreException {
        try (Store store = Store.open(folder)) {
            Reading reading = new Reading();
            store.read(reading);
            return List.copyOf(reading.hosts.values());
        }
    }

    private static List<String> addresses(List<HistoryEntry> entries) {
        return entries.stream()
                .map(entry -> entry.after().ipv4().orElseThrow().getHostAddress())
                .toList();
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }

    private String url() {
        return "jdbc:sqlite:" + folder.resolve("holdfast.db");
    }

    private static final class Reading implements Contents {
        final Map<Name, Host> hosts = new LinkedHashMap<>();
        int newer;

        Host host(String name) {
            return Objects.requireNonNull(hosts.get(Name.of(name)), name);
        }

        @Override
        public void faulty(Name apex, String fault) {
            throw new AssertionError(apex + ": " + fault);
        }

        @Override
        public void malformed(Name apex, String what) {
            throw new AssertionError(what);
        }

        @Override
        public void host(Host host) {
            hosts.put(host.name(), host);
        }

        @Override
        public void newer(Host host) {
            newer++;
            hosts.put(host.name(), host);
        }

        @Override
        public void account(Account account) {
            assertThat(account.name()).isEqualTo(ALICE.name());
        }

        @Override
        public void zone(DeclaredZone zone) {
            throw new AssertionError("no zone was stored: " + zone);
        }

        @Override
        public void formerSecret(FormerSecret former) {}

        @Override
        public void key(UpdateKey key) {
            throw new AssertionError("no key was stored: " + key);
        }

        @Override
        public void dynamic(DynamicRecord dynamicRecord) {
            throw new AssertionError("no record was stored: " + dynamicRecord);
        }

        @Override
        public void version(long number, ZoneVersion version) {
            throw new AssertionError("no version was stored");
        }
    }
}

package io.holdfast.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import io.holdfast.dns.tsig.TsigAlgorithm;
import io.holdfast.dns.tsig.TsigKey;
import io.holdfast.dns.zone.ZoneDelta;
import io.holdfast.service.account.Account;
import io.holdfast.service.account.FormerSecret;
import io.holdfast.service.account.Grant;
import io.holdfast.service.account.HashedSecret;
import io.holdfast.service.account.UpdateKey;
import io.holdfast.service.event.Commit;
import io.holdfast.service.event.Event;
import io.holdfast.service.event.HostEntry;
import io.holdfast.service.event.ZoneVersion;
import io.holdfast.service.host.Activity;
import io.holdfast.service.host.Addresses;
import io.holdfast.service.host.Block;
import io.holdfast.service.host.Bucket;
import io.holdfast.service.host.HistoryEntry;
import io.holdfast.service.host.Host;
import io.holdfast.service.host.Standing;
import io.holdfast.service.store.FaultyStores.Moment;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.DynamicRecord;
import io.holdfast.service.zone.RRsetKey;
import io.holdfast.service.zone.StaticRecords;
import io.holdfast.service.zone.ZoneOrigin;
import io.holdfast.service.zone.ZonePolicy;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds of a store whatever database is behind it. A class for each database runs it.
abstract class StoreContract {
    private static final Instant NOW = Transaction.NOW;
    private static final Account ALICE =
            new Account(1, "alice", Optional.empty(), HashedSecret.of("alice"));
    private static final Name ZONE = Name.of("dyn.test");

    /// Beyond 32 bits, and beyond 53.
    private static final long GREAT_ID = 9_000_000_000_000_000_001L;

    @TempDir Path folder;
    private long lastId = 100;

    /// Which call was made to fail last; empty if there was none.
    private String failed = "";

    /// Opens the store of this test, the same each time.
    ///
    /// @param around what stands between the store and its database
    abstract Store open(UnaryOperator<Backend> around) throws StoreException;

    /// A connection to its database beside it, in auto-commit mode.
    abstract Connection sql() throws SQLException;

    private Store open() throws StoreException {
        return open(backend -> backend);
    }

    @Test
    void aNewStoreIsEmpty() throws Exception {
        try (Store store = open()) {
            assertThat(store.lastCommit()).isZero();
            assertThat(store.lastId()).isZero();
            assertThat(store.reader().after(0, 10)).isEmpty();
            assertThat(read(store)).usingRecursiveComparison().isEqualTo(new StoredContents());
        }
    }

    @Test
    void whatWasCommittedIsThereAfterwards() throws Exception {
        Account bob =
                new Account(
                        GREAT_ID, "bob", Optional.of("bob@example.test"), HashedSecret.of("bob"));
        Host fresh = host(2, "home.dyn.test");
        Host lived = lived();
        UpdateKey key =
                new UpdateKey(
                        new TsigKey(
                                Name.of("key.dyn.test"), TsigAlgorithm.HMAC_SHA256, new byte[32]),
                        List.of(Grant.zone(ZONE), Grant.self(fresh.name())));
        FormerSecret former =
                new FormerSecret(
                        GREAT_ID, HashedSecret.of("before"), NOW, NOW.plus(Duration.ofDays(7)));
        try (Store store = open()) {
            commit(
                    store,
                    new Event.AccountAdded(ALICE),
                    new Event.AccountAdded(bob),
                    new Event.HostAdded(fresh),
                    new Event.HostAdded(lived),
                    new Event.KeyAdded(key),
                    new Event.FormerSecretKept(former));
        }
        try (Store store = open()) {
            StoredContents read = read(store);
            assertThat(read.accounts)
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactlyInAnyOrder(ALICE, bob);
            assertThat(read.hosts.values())
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactlyInAnyOrder(fresh, lived);
            UpdateKey kept = read.keys.getFirst();
            assertThat(kept.key().name()).isEqualTo(key.key().name());
            assertThat(kept.key().algorithm()).isEqualTo(key.key().algorithm());
            assertThat(kept.key().secret()).isEqualTo(key.key().secret());
            assertThat(kept.grants()).isEqualTo(key.grants());
            assertThat(read.formerSecrets)
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactly(former);
            assertThat(store.lastCommit()).isEqualTo(1);
            assertThat(store.lastId()).isEqualTo(GREAT_ID);
        }
    }

    @Test
    void anIdInUseThatIsHigherThanTheDatabaseSaysIsNotGivenAgain() throws Exception {
        try (Store store = open()) {
            add(store, host(700, "home.dyn.test"));
        }
        try (Store store = open()) {
            read(store);
            assertThat(store.lastId()).isEqualTo(700);
        }
    }

    @Test
    void aFormerSecretIsOneOfEachOwnerAndGoesWithIt() throws Exception {
        Host home = host(2, "home.dyn.test");
        FormerSecret first = new FormerSecret(2, HashedSecret.of("a"), NOW, NOW.plusSeconds(60));
        FormerSecret second = new FormerSecret(2, HashedSecret.of("b"), NOW, NOW.plusSeconds(90));
        FormerSecret alices = new FormerSecret(1, HashedSecret.of("c"), NOW, NOW.plusSeconds(90));
        try (Store store = open()) {
            add(store, home);
            commit(
                    store,
                    new Event.FormerSecretKept(first),
                    new Event.FormerSecretKept(second),
                    new Event.FormerSecretKept(alices));
            commit(store, new Event.FormerSecretEnded(first)); // was replaced already
            assertThat(read(store).formerSecrets)
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactlyInAnyOrder(second, alices);
            commit(store, new Event.HostRemoved(home), new Event.FormerSecretEnded(alices));
            assertThat(read(store).formerSecrets).isEmpty();
        }
    }

    @Test
    void aZoneIsKeptWithRecordsOfAllKindsAndGoesWithThem() throws Exception {
        DeclaredZone zone = zone();
        DynamicRecord put = dynamic("txt", Optional.of(txt("txt", "\u0000\u00ff'")));
        DynamicRecord gone = dynamic("www", Optional.empty());
        DynamicRecord released = dynamic("old", Optional.of(txt("old", "x")));
        ZoneVersion step = new ZoneVersion(ZONE, delta(-2, -1));
        try (Store store = open()) {
            commit(
                    store,
                    new Event.ZoneDeclared(ZONE, Optional.of(declared(zone))),
                    new Event.RecordsChanged(put, true),
                    new Event.RecordsChanged(gone, true),
                    new Event.RecordsChanged(released, true));
            commit(
                    store,
                    new Event.RecordsChanged(released, false),
                    new Event.ZoneChanged(ZONE, -1, false, List.of(), Optional.of(step)));
        }
        try (Store store = open()) {
            StoredContents read = read(store);
            assertThat(read.zones)
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactly(zone.withSerial(-1));
            assertThat(read.dynamic).containsExactlyInAnyOrder(put, gone);
            assertThat(read.versions.keySet()).containsExactly(2L);
            assertThat(read.versions.values())
                    .allSatisfy(version -> assertThat(version.octets()).isEqualTo(step.octets()));
            store.write(new Checkpoint(List.of(), 0, 0, Optional.empty(), Map.of(ZONE, 2L)));
            assertThat(read(store).versions).isEmpty();
            commit(store, new Event.ZoneRemoved(ZONE));
            assertThat(read(store)).usingRecursiveComparison().isEqualTo(new StoredContents());
        }
    }

    /// Of a million hosts and records progress is told while they are written.
    @Test
    void progressIsTold() throws Exception {
        List<Event> events = new ArrayList<>(List.of(new Event.AccountAdded(ALICE)));
        for (int i = 0; i < RowWriter.PROGRESS_STEP; i++) {
            events.add(new Event.HostAdded(host(1_000 + i, "h" + i + ".dyn.test")));
        }
        List<Long> told = new ArrayList<>();
        try (Store store = open()) {
            store.append(new Commit(1, NOW, events), 20_000, Checkpoint.NONE, told::add);
            assertThat(told).containsExactly((long) RowWriter.PROGRESS_STEP);
            assertThat(read(store).hosts).hasSize(RowWriter.PROGRESS_STEP);
        }
    }

    @Test
    void malformedRecordDataIsNamedAndTakenOut() throws Exception {
        RRset bad = new RRset(Name.of("bad.dyn.test"), Type.A, 60, List.of(Rdata.of(new byte[3])));
        List<RRset> records = new ArrayList<>(zone().records());
        records.add(bad);
        DynamicRecord worse = new DynamicRecord(ZONE, RRsetKey.of(bad), Optional.of(bad));
        try (Store store = open()) {
            commit(
                    store,
                    new Event.ZoneDeclared(
                            ZONE, Optional.of(declared(zone().withRecords(records)))),
                    new Event.RecordsChanged(worse, true));
            StoredContents read = read(store);
            assertThat(read.malformed).hasSize(2).allMatch(text -> text.contains("taken out"));
            assertThat(read.zones)
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactly(zone().withSerial(-1));
            assertThat(read.dynamic).isEmpty();
            assertThat(read(store).malformed).isEmpty();
        }
    }

    @Test
    void theLogSaysWhatHappenedInOrder() throws Exception {
        Host home = host(2, "home.dyn.test");
        try (Store store = open()) {
            add(store, home);
            commit(store, new Event.ReverseNameChanged(ZONE, ZONE, Set.of(ZONE)));
            commit(store, new Event.HostRemoved(home), new Event.AccountRemoved(1));
        }
        try (Store store = open()) {
            List<Commit> all = store.reader().after(0, 10);
            assertThat(all).extracting(Commit::number).containsExactly(1L, 2L, 3L);
            assertThat(all.getLast())
                    .usingRecursiveComparison()
                    .isEqualTo(
                            new Commit(
                                    3,
                                    NOW,
                                    List.of(
                                            new Event.HostRemoved(home),
                                            new Event.AccountRemoved(1))));
            assertThat(store.reader().after(1, 1)).extracting(Commit::number).containsExactly(2L);
            assertThat(store.reader().after(3, 10)).isEmpty();
        }
    }

    @Test
    void whatIsTooOldIsTakenFromTheBeginningOfTheLogAFewAtATime() throws Exception {
        try (Store store = open()) {
            for (int i = 0; i < 5; i++) {
                commit(store, new Event.ZoneRemoved(ZONE));
            }
            trim(store, 2, NOW.plus(LogRows.KEPT));
            assertThat(store.reader().after(0, 10)).hasSize(5);
            trim(store, 2, NOW.plus(LogRows.KEPT).plusSeconds(1));
            assertThat(store.reader().after(0, 10))
                    .extracting(Commit::number)
                    .containsExactly(3L, 4L, 5L);
            commit(store, new Event.ZoneRemoved(ZONE));
            assertThat(store.lastCommit()).isEqualTo(6);
        }
    }

    @Test
    void anEventOfANewerVersionIsRefusedAndNeverSkipped() throws Exception {
        try (Store store = open()) {
            commit(store, new Event.ZoneRemoved(ZONE));
            try (Connection beside = sql();
                    PreparedStatement log = beside.prepareStatement("UPDATE log SET events = ?")) {
                log.setBytes(1, new byte[] {99});
                log.executeUpdate();
            }
            assertThatThrownBy(() -> store.reader().after(0, 10))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("commit 1 of the log cannot be read");
            assertThat(store.reader().after(1, 10)).isEmpty();
        }
    }

    @Test
    void aStoreOfANewerVersionIsLeftAlone() throws Exception {
        open().close();
        try (Connection beside = sql();
                Statement statement = beside.createStatement()) {
            statement.execute(
                    "UPDATE flyway_schema_history SET version = '999' WHERE version = '7'");
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("was written by a newer Holdfast");
    }

    @Test
    void twoCannotWriteAtOnce() throws Exception {
        try (Store _ = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("in use by another holdfast process");
        }
        open().close();
    }

    /// Every call to the driver fails once, before and after it did its work, with everything that
    /// can be thrown.
    @Test
    void aCommitThatFailsHalfwayLeavesNothingBehind() throws Exception {
        List<Supplier<Throwable>> faults =
                List.of(
                        () -> new SQLException("injected"),
                        () -> new IllegalStateException("injected"),
                        () -> new OutOfMemoryError("injected"));
        FaultyStores faulty = new FaultyStores();
        Host home = host(2, "home.dyn.test");
        Host shed = host(3, "shed.dyn.test");
        int commits = 1;
        try (Store store = open(faulty::around)) {
            add(store, home);
            for (Supplier<Throwable> fault : faults) {
                for (Moment moment : Moment.values()) {
                    for (int call = 1; failsAt(faulty, call, moment, fault, store, shed); call++) {
                        boolean isThere = store.lastCommit() > commits;
                        if (!isThere) {
                            commit(store, new Event.HostAdded(shed));
                        }
                        assertThat(read(store).hosts).as(failed).hasSize(2);
                        commit(store, new Event.HostRemoved(shed));
                        commits += 2;
                        assertThat(read(store).hosts).as(failed).hasSize(1);
                        assertThat(store.lastCommit()).isEqualTo(commits);
                    }
                    commit(store, new Event.HostRemoved(shed)); // the one that did not fail
                    commits += 2;
                }
            }
            assertThat(store.reader().after(0, 10_000)).hasSize(commits);
        }
    }

    private boolean failsAt(
            FaultyStores faulty,
            int call,
            Moment moment,
            Supplier<Throwable> fault,
            Store store,
            Host host) {
        faulty.failAt(call, moment, fault);
        Checkpoint late =
                new Checkpoint(
                        List.of(),
                        1,
                        10,
                        Optional.of(new Checkpoint.Trim(10, NOW)),
                        Map.of(ZONE, 1L));
        Commit next = new Commit(store.lastCommit() + 1, NOW, List.of(new Event.HostAdded(host)));
        try {
            store.append(next, lastId, late, _ -> {});
        } catch (StoreException | IllegalStateException | OutOfMemoryError expected) {
            assertThat(faulty.failed()).as(expected.toString()).isNotEmpty();
        }
        failed = faulty.failed();
        faulty.failAt(0, moment, fault); // no more than that one
        return !failed.isEmpty();
    }

    @Test
    void aHostIsWhatItsNewestEntrySaysThoughItsRowWasNotWritten() throws Exception {
        Host home = host(2, "home.dyn.test");
        try (Store store = open()) {
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
        try (Store store = open()) {
            add(store, home);
            home = change(store, home, "192.0.2.7").withTtl(90);
            new Transaction(lastId).counts(home).commitTo(store);
        }
        assertThat(stored()).usingRecursiveFieldByFieldElementComparator().containsExactly(home);
    }

    @Test
    void settledEntriesAreNotReadAgain() throws Exception {
        Host home = host(2, "home.dyn.test");
        try (Store store = open()) {
            add(store, home);
            home = change(store, home, "192.0.2.7");
            settle(store, home, 0);
        }
        assertThat(texts("SELECT ipv4 FROM host")).containsExactly("192.0.2.7");
        try (Store store = open()) {
            StoredContents reading = new StoredContents();
            store.read(reading);
            assertThat(reading.hosts.values())
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactly(home);
            assertThat(reading.newer).isEmpty();
        }
    }

    @Test
    void aHostsHistoryLiesAmongThatOfOthers() throws Exception {
        Host home = host(2, "home.dyn.test");
        Host shed = host(3, "shed.dyn.test");
        try (Store store = open()) {
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
        try (Store store = open()) {
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
        try (Store store = open()) {
            add(store, home, shed);
            home = change(store, home, "192.0.2.7");
            shed = change(store, shed, "198.51.100.7");
            home = change(store, home, "192.0.2.8");
            new Transaction(lastId).removes(home).commitTo(store);
        }
        assertThat(texts("SELECT host_id FROM history")).containsExactly("3");
        assertThat(stored()).usingRecursiveFieldByFieldElementComparator().containsExactly(shed);
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
        try (Store store = open()) {
            StoredContents reading = new StoredContents();
            store.read(reading);
            return List.copyOf(reading.hosts.values());
        }
    }

    static List<String> addresses(List<HistoryEntry> entries) {
        return entries.stream()
                .map(entry -> entry.after().ipv4().orElseThrow().getHostAddress())
                .toList();
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = sql();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }

    private static Host lived() {
        return new Host(
                3_000_000_000L,
                Name.of("*.a.dyn.test"),
                ALICE.id(),
                HashedSecret.of("other"),
                Instant.EPOCH,
                OptionalInt.of(90),
                new Addresses(
                        Optional.of((Inet4Address) InetAddress.ofLiteral("192.0.2.7")),
                        Optional.of((Inet6Address) InetAddress.ofLiteral("2001:db8::7"))),
                new Standing(
                        new Bucket(NOW.plusSeconds(60)),
                        new Bucket(NOW.plusSeconds(61)),
                        Optional.of(
                                new Block(
                                        Block.Cause.TOO_MANY_CHANGES,
                                        NOW,
                                        Optional.of(NOW.plusSeconds(86_400)))),
                        3,
                        NOW.minusSeconds(1),
                        NOW.minusSeconds(2)),
                new Activity(1, 2, 3, NOW, 4, GREAT_ID));
    }

    private static DeclaredZone zone() {
        List<RRset> records = new ArrayList<>();
        records.add(
                new RRset(ZONE, Type.MX, 3_600, List.of(Rdata.of(new byte[] {0, 10, 1, 'm', 0}))));
        records.add(txt("a", "one"));
        records.add(
                new RRset(
                        Name.of("a.dyn.test"),
                        Type.A,
                        Integer.MAX_VALUE,
                        List.of(
                                Rdata.of(new byte[] {(byte) 192, 0, 2, 1}),
                                Rdata.of(new byte[] {(byte) 192, 0, 2, 2}))));
        records.add(new RRset(ZONE, new Type(65_280), 0, List.of(Rdata.of(new byte[0]))));
        return new DeclaredZone(
                ZONE,
                ZonePolicy.DEFAULT,
                ZoneOrigin.FILE,
                Optional.of("dyn.test.zone"),
                records,
                -2);
    }

    private static Event.Declared declared(DeclaredZone zone) {
        return new Event.Declared(zone, StaticRecords.of(zone()));
    }

    private static RRset txt(String label, String text) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] data =
                ByteBuffer.allocate(octets.length + 1)
                        .put((byte) octets.length)
                        .put(octets)
                        .array();
        return new RRset(Name.of(label + ".dyn.test"), Type.TXT, 60, List.of(Rdata.of(data)));
    }

    private static DynamicRecord dynamic(String label, Optional<RRset> rrset) {
        return new DynamicRecord(ZONE, new RRsetKey(Name.of(label + ".dyn.test"), Type.TXT), rrset);
    }

    private static ZoneDelta delta(int from, int to) {
        return new ZoneDelta(soa(from), List.of(), soa(to), List.of(txt("txt", "x")));
    }

    private static RRset soa(int serial) {
        byte[] data = ByteBuffer.allocate(22).put((byte) 0).put((byte) 0).putInt(serial).array();
        return new RRset(ZONE, Type.SOA, 60, List.of(Rdata.of(data)));
    }

    private void commit(Store store, Event... events) throws StoreException {
        Commit next = new Commit(store.lastCommit() + 1, NOW, List.of(events));
        store.append(next, lastId, Checkpoint.NONE, _ -> {});
    }

    private static void trim(Store store, int commits, Instant now) throws StoreException {
        Optional<Checkpoint.Trim> trim = Optional.of(new Checkpoint.Trim(commits, now));
        store.write(new Checkpoint(List.of(), 0, 0, trim, Map.of()));
    }

    private static StoredContents read(Store store) throws StoreException {
        StoredContents read = new StoredContents();
        store.read(read);
        return read;
    }
}

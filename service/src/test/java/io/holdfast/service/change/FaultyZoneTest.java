package io.holdfast.service.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.holdfast.dns.Name;
import io.holdfast.dns.Rcode;
import io.holdfast.dns.update.Prerequisite;
import io.holdfast.dns.update.UpdateMessage;
import io.holdfast.dns.update.UpdateStep;
import io.holdfast.dns.zone.Zone;
import io.holdfast.service.account.Grant;
import io.holdfast.service.host.Directory;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.ZoneOrigin;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is stored of one zone makes no zone. The others are served.
class FaultyZoneTest {
    private static final Name OTHER = Name.of("other.test");
    private static final Name BAD = Name.of("bad.test");

    @TempDir Path folder;
    private Scene scene;

    @BeforeEach
    void open() throws Exception {
        scene = Scene.in(folder);
        scene.registry().declaredZones().declare(OTHER, Scene.POLICY, Optional.empty());
        scene.registry().declaredZones().declare(BAD, Scene.POLICY, Optional.empty());
        scene.host("home.other.test");
        scene.host("home.bad.test");
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void anRRsetTooLongForAMessageStopsNoStart() throws Exception {
        restartWith(dynamic(BAD, "long.bad.test", 65280, new byte[40_000], new byte[40_000]));
        othersAreServed();
        badIsOursButCannotBeAnswered("too long");
    }

    @Test
    void recordsOutsideTheirZoneStopNoStart() throws Exception {
        restartWith(record(BAD, "www.elsewhere.test", 1, new byte[] {1, 2, 3, 4}));
        othersAreServed();
        badIsOursButCannotBeAnswered("www.elsewhere.test is not in the zone bad.test");
    }

    @Test
    void aNameThatIsNoneStopsNoStart() throws Exception {
        restartWith(record(BAD, "a..bad.test", 1, new byte[] {1, 2, 3, 4}));
        othersAreServed();
        badIsOursButCannotBeAnswered("stored record at a..bad.test cannot be read");
    }

    @Test
    void aDynamicRecordThatCannotBeReadStopsNoStart() throws Exception {
        restartWith(
                "INSERT INTO dynamic_record VALUES ('bad.test', 'x.bad.test', 1, 60, X'00FF01')");
        othersAreServed();
        badIsOursButCannotBeAnswered("stored record at x.bad.test cannot be read");
    }

    @Test
    void itIsServedOnceItIsDeclaredOtherwise() throws Exception {
        restartWith(record(BAD, "www.elsewhere.test", 1, new byte[] {1, 2, 3, 4}));
        assertThat(scene.update("home.bad.test", "192.0.2.9"))
                .isEqualTo("failed: stored, but DNS does not serve it yet");
        scene.registry().declaredZones().importRecords(BAD, List.of(), _ -> {});
        assertThat(scene.registry().declaredZones().problems()).isEmpty();
        assertThat(scene.served("home.bad.test")).isEqualTo("192.0.2.9");
        assertThat(scene.update("home.bad.test", "192.0.2.10")).isEqualTo("good 192.0.2.10");
    }

    @Test
    void aSignedUpdateIsNotComparedWithNothing() throws Exception {
        restartWith(record(BAD, "www.elsewhere.test", 1, new byte[] {1, 2, 3, 4}));
        new Nsupdate(scene).key("key", Grant.zone(BAD));
        Name free = Name.of("free.bad.test");
        UpdateMessage message =
                new UpdateMessage(
                        BAD,
                        List.of(new Prerequisite.NameNotInUse(free)),
                        List.of(new UpdateStep.DeleteName(free)));
        ZoneUpdate update =
                new ZoneUpdate(
                        message,
                        scene.registry().keyRing().key(Name.of("key")).orElseThrow(),
                        new Origin(InetAddress.ofLiteral("198.51.100.9"), "", "dnsupdate"));
        assertThat(scene.registry().zoneDoor().update(update).get(20, TimeUnit.SECONDS).rcode())
                .isEqualTo(Rcode.SERVFAIL);
    }

    @Test
    void itIsBuiltLessAndLessOftenHoweverManyUpdatesOthersSend() {
        int attempts = 0;
        Instant now = scene.clock.instant();
        DeclaredZones declared = new DeclaredZones();
        declared.put(
                new DeclaredZone(
                        BAD, Scene.POLICY, ZoneOrigin.COMMAND, Optional.empty(), List.of(), 1));
        declared.faulty(BAD, "injected");
        Publication publication = new Publication(new Directory(), declared);
        publication.publishAll(now);
        Duration before = Duration.ZERO;
        for (int second = 0; second < 24 * 3600; second++) {
            now = now.plusSeconds(1);
            Duration wait = publication.untilRetry(now).orElseThrow();
            publication.publish(Set.of(), List.of(), second, now);
            if (!wait.isPositive()) {
                attempts++;
                Duration next = publication.untilRetry(now).orElseThrow();
                assertThat(next).isGreaterThanOrEqualTo(before);
                before = next;
            }
        }
        assertThat(before).isEqualTo(Publication.LONGEST_WAIT);
        assertThat(attempts).isBetween(100, 200);
    }

    private void othersAreServed() {
        assertThat(scene.update("home.other.test", "192.0.2.8")).isEqualTo("good 192.0.2.8");
        assertThat(scene.served("home.other.test")).isEqualTo("192.0.2.8");
        assertThat(scene.registry().zones().current().all())
                .extracting(Zone::apex)
                .containsExactlyInAnyOrder(Scene.ZONE, OTHER);
    }

    private void badIsOursButCannotBeAnswered(String why) {
        assertThat(scene.registry().zones().current().isApex(BAD)).isTrue();
        assertThat(scene.registry().zones().current().closest(Name.of("www.bad.test"))).isEmpty();
        assertThat(scene.registry().declaredZones().problems().get(BAD)).contains(why);
        assertThat(scene.registry().versions().serial(BAD)).isEmpty();
    }

    private interface Spoiling {
        void into(Connection connection) throws Exception;
    }

    private void restartWith(String sql) throws Exception {
        restartWith(connection -> connection.createStatement().execute(sql));
    }

    private void restartWith(Spoiling spoiling) throws Exception {
        scene.close();
        try (Connection connection =
                DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("holdfast.db"))) {
            spoiling.into(connection);
        }
        assertThatCode(() -> scene = Scene.again(folder)).doesNotThrowAnyException();
    }

    private static Spoiling record(Name apex, String owner, int type, byte[] data) {
        return connection -> {
            try (PreparedStatement row =
                    connection.prepareStatement("INSERT INTO record VALUES (?, 0, ?, ?, 60, ?)")) {
                row.setString(1, apex.toString());
                row.setString(2, owner);
                row.setInt(3, type);
                row.setBytes(4, data);
                row.execute();
            }
        };
    }

    private static Spoiling dynamic(Name apex, String owner, int type, byte[]... data) {
        ByteBuffer octets = ByteBuffer.allocate(200_000);
        byte mark = 0;
        for (byte[] one : data) {
            one[0] = mark++;
            octets.putShort((short) one.length).put(one);
        }
        byte[] all = new byte[octets.position()];
        octets.get(0, all);
        return connection -> {
            try (PreparedStatement row =
                    connection.prepareStatement(
                            "INSERT INTO dynamic_record VALUES (?, ?, ?, 60, ?)")) {
                row.setString(1, apex.toString());
                row.setString(2, owner);
                row.setInt(3, type);
                row.setBytes(4, all);
                row.execute();
            }
        };
    }
}

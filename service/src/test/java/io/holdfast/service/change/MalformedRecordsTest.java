package io.holdfast.service.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import io.holdfast.dns.zone.ZoneDelta;
import io.holdfast.service.RecordedLog;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Record data that an earlier version stored although it is malformed.
class MalformedRecordsTest {
    private static final String CHALLENGE = "_acme-challenge.h.dyn.test";
    private static final Type EUI48 = new Type(108);

    @TempDir Path folder;
    @RegisterExtension final RecordedLog log = new RecordedLog();

    @Test
    void isNamedAtStartAndNotServed() throws Exception {
        try (Scene scene = Scene.in(folder)) {
            int before = scene.serial();
            scene.reopenAfter(() -> plant(CHALLENGE, Type.TXT, "0000", "0002 0161"));
            scene.reopenAfter(() -> plant("x.dyn.test", EUI48, "0000"));
            scene.reopenAfter(() -> plantOperators("y.dyn.test", new Type(99), ""));

            assertThat(scene.rrset(CHALLENGE, Type.TXT).orElseThrow().rdata())
                    .containsExactly(Rdata.of(HexFormat.of().parseHex("0161")));
            assertThat(scene.rrset("x.dyn.test", EUI48)).isEmpty();
            assertThat(scene.rrset("y.dyn.test", new Type(99))).isEmpty();
            assertThat(scene.serial()).isEqualTo(before + 3);
            assertThat(warnings())
                    .containsExactly(
                            "malformed record data is taken out: _acme-challenge.h.dyn.test TXT"
                                    + " \\# 0  in the zone dyn.test: the data ends too early",
                            "malformed record data is taken out: x.dyn.test EUI48 \\# 0  in the"
                                    + " zone dyn.test: the data ends too early",
                            "malformed record data is taken out: y.dyn.test SPF \\# 0  in the"
                                    + " zone dyn.test: the data ends too early");
            assertThat(scene.registry().declaredZones().malformed().get(Scene.ZONE))
                    .containsExactly(warnings().getLast());
            scene.reopen();
            assertThat(warnings()).hasSize(3);
            assertThat(scene.registry().declaredZones().malformed()).isEmpty();
        }
    }

    @Test
    void aStepThatHasItIsNotSent() throws Exception {
        try (Scene scene = Scene.in(folder)) {
            int before = scene.serial();
            RRset soa = scene.rrset("dyn.test", Type.SOA).orElseThrow();
            scene.host("h.dyn.test");
            assertThat(scene.registry().versions().since(Scene.ZONE, before)).isPresent();
            int after = scene.serial();

            scene.reopenAfter(() -> plantStep(soa));

            assertThat(scene.serial()).isEqualTo(after);
            assertThat(scene.registry().versions().since(Scene.ZONE, before)).isEmpty();
        }
    }

    private List<String> warnings() {
        return log.messages().stream().filter(line -> line.startsWith("malformed")).toList();
    }

    /// @param data for each record its length in two octets, and itself
    private Optional<Void> plant(String owner, Type type, String... data) throws SQLException {
        String sql =
                "INSERT INTO dynamic_record (apex, owner, type, ttl, data)"
                        + " VALUES ('dyn.test', ?, ?, 60, ?)";
        try (Connection connection = connect();
                PreparedStatement row = connection.prepareStatement(sql)) {
            row.setString(1, owner);
            row.setInt(2, type.value());
            row.setBytes(3, octets(String.join("", data)));
            row.executeUpdate();
        }
        return Optional.empty();
    }

    private Optional<Void> plantOperators(String owner, Type type, String data)
            throws SQLException {
        String sql =
                "INSERT INTO record (apex, position, owner, type, ttl, data)"
                        + " VALUES ('dyn.test', 99, ?, ?, 60, ?)";
        try (Connection connection = connect();
                PreparedStatement row = connection.prepareStatement(sql)) {
            row.setString(1, owner);
            row.setInt(2, type.value());
            row.setBytes(3, octets(data));
            row.executeUpdate();
        }
        return Optional.empty();
    }

    /// Puts another in place of the only step there is.
    private Optional<Void> plantStep(RRset soa) throws SQLException {
        try (Connection connection = connect();
                var statement = connection.createStatement();
                PreparedStatement row =
                        connection.prepareStatement("UPDATE zone_version SET delta = ?")) {
            ZoneDelta real;
            try (var found = statement.executeQuery("SELECT delta FROM zone_version")) {
                assertThat(found.next()).isTrue();
                real = ZoneDelta.of(found.getBytes(1));
            }
            assertThat(real.before()).isEqualTo(soa);
            RRset empty =
                    new RRset(Name.of(CHALLENGE), Type.TXT, 60, List.of(Rdata.of(new byte[0])));
            ZoneDelta malformed =
                    new ZoneDelta(real.before(), List.of(empty), real.after(), real.added());
            row.setBytes(1, malformed.toOctets());
            row.executeUpdate();
        }
        return Optional.empty();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("holdfast.db"));
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}

package io.holdfast.service.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import io.holdfast.service.change.Registry;
import io.holdfast.service.zone.ZonePolicy;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `holdfast zone status` says of zones that are not as they were stored (issue 15, B0, B4).
class ZoneStatusTest {
    private static final String MALFORMED =
            "malformed record data is taken out: x.dyn.test TXT \\# 0  in the zone dyn.test: the"
                    + " data ends too early";
    private static final String UNREADABLE =
            "is not served as it is stored, and its updates fail; SERVFAIL is answered: stored record at y.bad.test cannot be read";

    @TempDir Path folder;

    private final RecordedAnswer answer = new RecordedAnswer();

    @BeforeEach
    void spoil() throws Exception {
        try (Registry registry = open()) {
            for (String apex : List.of("dyn.test", "bad.test", "good.test")) {
                registry.declaredZones()
                        .declare(Name.of(apex), ZonePolicy.DEFAULT, Optional.empty());
            }
        }
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + folder.resolve("holdfast.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO dynamic_record VALUES ('dyn.test', 'x.dyn.test', 16, 60,"
                            + " X'0000')");
            statement.execute(
                    "INSERT INTO dynamic_record VALUES ('bad.test', 'y.bad.test', 1, 60,"
                            + " X'00FF01')");
        }
    }

    @Test
    void isSaidToPeople() throws Exception {
        assertThat(ask(Request.of(Verb.ZONE_STATUS))).isEqualTo(Answer.DONE);

        assertThat(answer.remarks())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("bad.test: " + UNREADABLE),
                        line -> assertThat(line).isEqualTo("dyn.test: " + MALFORMED),
                        line -> assertThat(line).startsWith("no secondaries"));
    }

    @Test
    void isSaidToPrograms() throws Exception {
        ask(Request.of(Verb.ZONE_STATUS, "dyn.test").with(Detail.JSON, Optional.of("")));

        assertThat(answer.results())
                .containsExactly(
                        "[{\"zone\":\"dyn.test\",\"server\":null,\"serial\":null,\"current\":null,"
                                + "\"notified\":null,\"acknowledged\":null,\"asked\":null,"
                                + "\"fetched\":null,\"seen\":null,\"problem\":{\"what\":\""
                                + MALFORMED.replace("\\", "\\\\")
                                + "\",\"at\":null}}]");
        assertThat(answer.remarks()).isEmpty();
    }

    @Test
    void isNothingOfOtherZones() throws Exception {
        ask(Request.of(Verb.ZONE_STATUS, "good.test").with(Detail.JSON, Optional.of("")));
        assertThat(answer.results()).containsExactly("[]");

        assertThat(ask(Request.of(Verb.ZONE_STATUS, "elsewhere.test"))).isEqualTo(Answer.COULD_NOT);
        assertThat(answer.remarks()).containsExactly("no zone named elsewhere.test");
    }

    private int ask(Request request) throws Exception {
        try (Registry registry = open();
                AdminSocket _ = AdminSocket.open(folder, registry, new NoNews())) {
            return new Administrator(folder).ask(request, answer);
        }
    }

    private Registry open() throws Exception {
        return Registry.open(folder, InstantSource.system(), new SecureRandom());
    }
}

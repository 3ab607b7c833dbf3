package io.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DocumentTest {
    private record Zone(String name, Duration ttl) {
        Zone {
            if (ttl.isZero()) {
                throw new IllegalArgumentException("ttl must not be 0");
            }
        }
    }

    private record Settings(List<Integer> ports, boolean loud, List<Zone> zones) {}

    private static Settings bind(Table root) {
        List<Integer> ports = root.list("ports", Integer::valueOf, List.of(1));
        boolean loud = root.flag("loud", false);
        List<Zone> zones =
                root.tables("zone").entrySet().stream()
                        .map(zone -> zone(zone.getKey(), zone.getValue()))
                        .flatMap(Optional::stream)
                        .toList();
        return new Settings(ports, loud, zones);
    }

    private static Optional<Zone> zone(String name, Table table) {
        Duration ttl = table.get("ttl", Durations::parse, Duration.ofMinutes(1));
        return table.build(() -> new Zone(name, ttl));
    }

    private static Settings read(String text) throws FaultyFileException {
        return Document.read(text, "x.toml", DocumentTest::bind);
    }

    private static List<String> faultsOf(String text) {
        try {
            Settings bound = read(text);
            throw new AssertionError("expected faults, was bound to " + bound);
        } catch (FaultyFileException faulty) {
            return faulty.faults().stream().map(Fault::toString).toList();
        }
    }

    @Test
    void whatIsAbsentTakesItsFallback() throws FaultyFileException {
        assertThat(read("")).isEqualTo(new Settings(List.of(1), false, List.of()));
    }

    @Test
    void aQuotedTableNameKeepsItsDots() throws FaultyFileException {
        Settings bound =
                read(
                        """
                        ports = ["80", "8245"]
                        loud = true
                        [zone."dyn.example"]
                        ttl = "5m"
                        """);
        assertThat(bound)
                .isEqualTo(
                        new Settings(
                                List.of(80, 8245),
                                true,
                                List.of(new Zone("dyn.example", Duration.ofMinutes(5)))));
    }

    @Test
    void everyFaultIsToldWithItsPlaceNotOnlyTheFirst() {
        assertThat(
                        faultsOf(
                                """
                                ports = ["80", "eighty", 5]
                                loud = "yes"
                                lout = true
                                [zone."a.example"]
                                ttl = "soon"
                                [zone."b.example"]
                                ttl = "0s"
                                tll = "5s"
                                """))
                .satisfiesExactly(
                        f -> assertThat(f).startsWith("x.toml:1:16: ports: ").contains("eighty"),
                        f -> assertThat(f).startsWith("x.toml:1:26: ports must hold strings"),
                        f -> assertThat(f).isEqualTo("x.toml:2:1: loud must be true or false"),
                        f ->
                                assertThat(f)
                                        .isEqualTo(
                                                "x.toml:3:1: unknown key \"lout\"; known here: ports, loud, zone"),
                        f -> assertThat(f).startsWith("x.toml:5:1: ttl: \"soon\" is no duration"),
                        f -> assertThat(f).isEqualTo("x.toml:6:1: ttl must not be 0"),
                        f ->
                                assertThat(f)
                                        .startsWith(
                                                "x.toml:8:1: unknown key \"tll\" in [zone.b.example]"));
    }

    @Test
    void brokenSyntaxIsToldWithItsPlaceAndHidesTheRest() {
        assertThat(faultsOf("loud = \nports = [5]\n"))
                .singleElement()
                .asString()
                .startsWith("x.toml:1:8: ");
    }

    @Test
    void aDurationNeedsANumberAndAUnit() {
        assertThat(Durations.parse("90s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(Durations.parse("1d")).isEqualTo(Duration.ofDays(1));
        assertThatThrownBy(() -> Durations.parse("5"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("30s, 5m");
    }
}

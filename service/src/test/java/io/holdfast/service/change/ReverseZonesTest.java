package io.holdfast.service.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import io.holdfast.dns.Type;
import io.holdfast.dns.zone.Zone;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// PTRs that follow from hosts' addresses, in reverse zones that lie within each other.
class ReverseZonesTest {
    private static final String OUTER = "192.in-addr.arpa";
    private static final String MIDDLE = "0.192.in-addr.arpa";
    private static final String INNER = "2.0.192.in-addr.arpa";
    private static final String PTR = "7.2.0.192.in-addr.arpa";

    @TempDir Path folder;
    private Scene scene;

    @BeforeEach
    void aHostWithAnAddress() throws Exception {
        scene = Scene.in(folder);
        scene.host("home.dyn.test");
        scene.update("home.dyn.test", "192.0.2.7");
    }

    @AfterEach
    void end() {
        scene.close();
    }

    @Test
    void aPointerStandsInTheClosestZoneAlone() throws Exception {
        declare(OUTER);
        declare(INNER);
        assertThat(pointers(OUTER)).isEmpty();
        assertThat(pointers(INNER)).containsExactly(PTR);
        scene.reopen();
        assertThat(pointers(OUTER)).isEmpty();
        assertThat(pointers(INNER)).containsExactly(PTR);
    }

    @Test
    void aNewZoneTakesThePointersBelowItAndOneThatGoesLeavesThemToTheZoneAbove() throws Exception {
        declare(OUTER);
        assertThat(pointers(OUTER)).containsExactly(PTR);
        declare(MIDDLE);
        declare(INNER);
        assertThat(pointers(OUTER)).isEmpty();
        remove(INNER);
        assertThat(pointers(MIDDLE)).containsExactly(PTR);
        scene.update("home.dyn.test", "192.0.2.8");
        assertThat(pointers(MIDDLE)).containsExactly("8.2.0.192.in-addr.arpa");
    }

    @Test
    void zonesThatGoTogetherLeaveTheirPointersToTheNextThatStays() throws Exception {
        declare(OUTER);
        declare(MIDDLE);
        declare(INNER);
        remove(INNER, MIDDLE);
        assertThat(pointers(OUTER)).containsExactly(PTR);
        declare(MIDDLE);
        declare(INNER);
        remove(MIDDLE, INNER);
        assertThat(pointers(OUTER)).containsExactly(PTR);
        scene.registry().hosts().remove("home.dyn.test");
        assertThat(pointers(OUTER)).isEmpty();
    }

    private void declare(String apex) throws Exception {
        scene.registry().declaredZones().declare(Name.of(apex), Scene.POLICY, Optional.empty());
    }

    private void remove(String... apexes) throws Exception {
        Set<Name> removed = new LinkedHashSet<>();
        for (String apex : apexes) {
            removed.add(Name.of(apex));
        }
        scene.registry().declaredZones().declareAll(List.of(), removed);
    }

    private Set<String> pointers(String apex) {
        Zone zone = scene.registry().zones().current().closest(Name.of(apex)).orElseThrow();
        Set<String> owners = new HashSet<>();
        zone.snapshot()
                .forEach(rrset -> {
                    if (rrset.type().equals(Type.PTR)) {
                        owners.add(rrset.owner().toString());
                    }
                });
        return owners;
    }
}

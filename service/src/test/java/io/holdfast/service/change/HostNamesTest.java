package io.holdfast.service.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hosts that are named without their zone, as DuckDNS's clients do.
class HostNamesTest {
    @TempDir Path folder;

    @Test
    void areLookedForBelowEveryZone() throws Exception {
        try (Scene scene = Scene.in(folder)) {
            declare(scene, "dyn.example");
            scene.host("home.dyn.test");
            scene.host("nas.home.dyn.test");
            scene.host("web.dyn.test");
            scene.host("web.dyn.example");

            assertThat(called(scene, "home")).isEqualTo("[home.dyn.test]");
            assertThat(called(scene, "HOME")).isEqualTo("[home.dyn.test]");
            assertThat(called(scene, "nas.home")).isEqualTo("[nas.home.dyn.test]");
            assertThat(called(scene, "web")).isEqualTo("[web.dyn.example, web.dyn.test]");
            assertThat(called(scene, "web.dyn.test.")).isEqualTo("[web.dyn.test]");
            assertThat(called(scene, "nas")).isEqualTo("[]");
            assertThat(called(scene, "")).isEqualTo("[]");
            assertThat(called(scene, "a b")).isEqualTo("[]");
            assertThat(scene.registry().hostNames().accountOf(Name.of("web.dyn.test")))
                    .contains("alice");
            assertThat(scene.registry().hostNames().accountOf(Name.of("x.dyn.test"))).isEmpty();
        }
    }

    @Test
    void areNotLookedForInMoreZonesThanOneRequestMayCost() throws Exception {
        try (Scene scene = Scene.in(folder)) {
            scene.host("home.dyn.test");
            for (int more = 1; more < HostNames.MOST_ZONES; more++) {
                declare(scene, "zone" + more + ".test");
            }
            assertThat(called(scene, "home")).isEqualTo("[home.dyn.test]");

            declare(scene, "one-too-many.test");

            assertThat(called(scene, "home")).isEqualTo("[]");
            assertThat(called(scene, "home.dyn.test")).isEqualTo("[home.dyn.test]");
        }
    }

    private static void declare(Scene scene, String zone) throws AdministrationException {
        scene.registry().declaredZones().declare(Name.of(zone), Scene.POLICY, Optional.empty());
    }

    private static String called(Scene scene, String name) {
        return scene.registry().hostNames().called(name).toString();
    }
}

package io.holdfast.service.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.service.account.Principal;
import io.holdfast.service.host.AbuseLimits;
import io.holdfast.service.zone.AcceptedAddresses;
import io.holdfast.service.zone.ZonePolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrentUpdatesTest {
    static final ZonePolicy NO_LIMIT =
            new ZonePolicy(
                    List.of(),
                    Duration.ofSeconds(60),
                    AcceptedAddresses.PRIVATE,
                    new AbuseLimits(12, Duration.ofMinutes(5), 0));

    @TempDir Path folder;

    @Test
    void whatWasAnsweredGoodIsServedAtOnceAndStoredForEver() throws Exception {
        Map<String, String> last = new ConcurrentHashMap<>();
        try (Scene scene = Scene.in(folder)) {
            scene.registry().declaredZones().declare(Scene.ZONE, NO_LIMIT, Optional.empty());
            for (int i = 0; i < 32; i++) {
                scene.host("h" + i + ".dyn.test");
            }
            Principal alice = scene.alice();
            try (ExecutorService clients = Executors.newFixedThreadPool(32)) {
                for (int i = 0; i < 32; i++) {
                    String host = "h" + i + ".dyn.test";
                    clients.execute(() -> updateOften(scene, alice, host, last));
                }
            }
            assertThat(last).hasSize(32).doesNotContainValue("broken");
            last.forEach((host, address) -> assertThat(scene.served(host)).isEqualTo(address));
            scene.reopen();
            last.forEach((host, address) -> assertThat(scene.served(host)).isEqualTo(address));
        }
    }

    private static void updateOften(
            Scene scene, Principal alice, String host, Map<String, String> last) {
        for (int i = 1; i <= 50; i++) {
            String address = "10.0.0." + i;
            boolean good = scene.update(alice, host, address).equals("good " + address);
            // Served from the moment the answer is there, not some time later.
            boolean served = scene.served(host).equals(address);
            last.put(host, good && served ? address : "broken");
            if (!good || !served) {
                return;
            }
        }
    }
}

package io.holdfast.service.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.service.store.FaultyStores;
import io.holdfast.service.store.FaultyStores.Moment;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The driver throws at one call after the other while an update is written.
class ThrownInCommitTest {
    @TempDir Path folder;
    private final List<Throwable> ended = new CopyOnWriteArrayList<>();

    @AfterEach
    void theProcessMayGoOn() {
        assertThat(ended).isEmpty();
    }

    @Test
    void anErrorUndoesAllOfIt() throws Exception {
        failsAnywhere(() -> new OutOfMemoryError("injected"));
    }

    @Test
    void anUncheckedExceptionUndoesAllOfIt() throws Exception {
        failsAnywhere(() -> new IllegalStateException("injected"));
    }

    @Test
    void anExceptionOfTheDatabaseUndoesAllOfIt() throws Exception {
        failsAnywhere(() -> new SQLException("injected"));
    }

    private void failsAnywhere(Supplier<? extends Throwable> fault) throws Exception {
        Scene.in(folder).close();
        FaultyStores stores = new FaultyStores();
        Map<String, String> served = new HashMap<>();
        try (Scene scene = Scene.again(folder, stores.open(folder), ended::add)) {
            for (Moment moment : Moment.values()) {
                int call = 1;
                while (isAnsweredTruly(scene, stores, fault, moment, call, served)) {
                    call++;
                }
                assertThat(call).as("calls tried").isGreaterThan(30);
            }
        }
        try (Scene later = Scene.again(folder)) {
            for (Map.Entry<String, String> host : served.entrySet()) {
                String name = host.getKey();
                boolean changed = !host.getValue().isEmpty();
                assertThat(later.served(name)).as(name).isEqualTo(host.getValue());
                assertThat(later.registry().hosts().history(name))
                        .as(name)
                        .hasSize(changed ? 1 : 0);
            }
        }
    }

    /// @param served what DNS serves of each host from then on
    /// @return false once so many calls are not made any more
    private static boolean isAnsweredTruly(
            Scene scene,
            FaultyStores stores,
            Supplier<? extends Throwable> fault,
            Moment moment,
            int call,
            Map<String, String> served)
            throws Exception {
        String name = "-" + moment.name().charAt(0) + call + ".dyn.test";
        String one = "one" + name;
        String two = "two" + name;
        scene.host(one);
        stores.failAt(call, moment, fault);
        String answer = scene.update(one, "192.0.2.1 2001:db8::1");
        String failed = stores.failed();
        stores.failAt(0, moment, fault);
        String where = moment + " " + call + " (" + failed + ") " + answer;

        // That one may have failed; those who come after it may not.
        boolean good = answer.startsWith("good");
        if (!good) {
            assertThat(answer).as(where).startsWith("failed: ");
        }
        String address = good ? "192.0.2.1 2001:db8:0:0:0:0:0:1" : "";
        assertThat(scene.served(one)).as(where).isEqualTo(address);
        scene.host(two);
        assertThat(scene.update(two, "192.0.2.2")).as(where).isEqualTo("good 192.0.2.2");
        served.put(one, address);
        served.put(two, "192.0.2.2");
        return !failed.isEmpty();
    }

    @Test
    void aDatabaseThatCannotBeOpenedAgainIsTriedWithEveryUpdate() throws Exception {
        FaultyStores stores = new FaultyStores();
        Scene.in(folder).close();
        try (Scene scene = Scene.again(folder, stores.open(folder), ended::add)) {
            scene.host("home.dyn.test");
            stores.failAt(3, Moment.BEFORE_THE_CALL, () -> new OutOfMemoryError("injected"));
            stores.failOpening(1);
            assertThat(scene.update("home.dyn.test", "192.0.2.1")).startsWith("failed: ");
            assertThat(scene.update("home.dyn.test", "192.0.2.2")).startsWith("failed: ");
            assertThat(scene.update("home.dyn.test", "192.0.2.3")).isEqualTo("good 192.0.2.3");
        }
        try (Scene later = Scene.again(folder)) {
            assertThat(later.served("home.dyn.test")).isEqualTo("192.0.2.3");
        }
    }
}

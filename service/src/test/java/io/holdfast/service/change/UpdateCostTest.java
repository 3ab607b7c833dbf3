package io.holdfast.service.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import io.holdfast.service.account.Grant;
import io.holdfast.service.change.ZoneAdministration.Declaration;
import io.holdfast.service.host.Directory;
import io.holdfast.service.host.Host;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.ZoneOrigin;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An update looks at the zones and hosts that it is about, however many others there are (issue
/// 15, B6). Counted is how often it looks at any, in a registry with many of both.
class UpdateCostTest {
    private static final int ZONES = 600;
    private static final int HOSTS = 2_000;

    /// Lookups of one update: some for each label of its names. To walk over all zones or hosts but
    /// once takes many times more.
    private static final int MOST = 100;

    @TempDir Path folder;
    private final AtomicLong looks = new AtomicLong();
    private Scene scene;

    @BeforeEach
    void open() throws Exception {
        Directory directory = new Directory(new Counted<Host>());
        DeclaredZones zones = new DeclaredZones(new Counted<DeclaredZone>());
        scene = Scene.in(folder, directory, zones);
        List<Declaration> more = new ArrayList<>();
        for (int i = 0; i < ZONES / 2; i++) {
            more.add(zone("z" + i + ".test"));
            more.add(zone(i % 250 + "." + i / 250 + ".10.in-addr.arpa"));
        }
        more.add(zone("2.0.192.in-addr.arpa"));
        scene.registry().declaredZones().declareAll(more, Set.of());
        List<HostRow> rows = new ArrayList<>();
        for (int i = 0; i < HOSTS; i++) {
            rows.add(Scene.row("h" + i + ".dyn.test", ""));
        }
        scene.registry().hosts().add(rows, "alice", _ -> {});
        assertThat(looks.get()).isGreaterThan(ZONES + HOSTS); // it does count
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private static Declaration zone(String apex) {
        return new Declaration(Name.of(apex), Scene.POLICY, ZoneOrigin.COMMAND, Optional.empty());
    }

    @Test
    void anotherAddressInAForwardAndAReverseZone() {
        looks.set(0);
        assertThat(scene.update("h7.dyn.test", "192.0.2.7")).isEqualTo("good 192.0.2.7");
        assertThat(looks.get()).isPositive().isLessThan(MOST);

        looks.set(0);
        assertThat(scene.update("h7.dyn.test", "192.0.2.8 2001:db8::8"))
                .startsWith("good 192.0.2.8 2001:db8:");
        assertThat(looks.get()).isPositive().isLessThan(MOST);

        looks.set(0);
        assertThat(scene.update("h7.dyn.test", "192.0.2.8 2001:db8::8")).startsWith("nochg");
        assertThat(looks.get()).isPositive().isLessThan(MOST);
    }

    @Test
    void recordsOfSignedUpdates() throws Exception {
        Nsupdate nsupdate = new Nsupdate(scene);
        nsupdate.key("all", Grant.zone(Scene.ZONE));
        for (String line :
                List.of(
                        "update add h9.dyn.test 60 A 192.0.2.9",
                        "update add www.dyn.test 60 A 192.0.2.10",
                        "update add sub.dyn.test 60 NS ns.elsewhere.test.",
                        "update add alias.dyn.test 60 DNAME elsewhere.test.",
                        "update delete sub.dyn.test",
                        "update delete h9.dyn.test A")) {
            looks.set(0);
            assertThat(nsupdate.send("all", line)).as(line).isEqualTo("NOERROR");
            assertThat(looks.get()).as(line).isPositive().isLessThan(MOST);
        }
    }

    @Test
    void aNewHost() throws Exception {
        looks.set(0);
        scene.host("new.dyn.test");
        assertThat(looks.get()).isPositive().isLessThan(MOST);
    }

    /// Counts what is looked up and what is walked over.
    private final class Counted<V> extends AbstractMap<Name, V> {
        private final Map<Name, V> all = new ConcurrentHashMap<>();

        @Override
        public @Nullable V get(Object key) {
            looks.incrementAndGet();
            return all.get(key);
        }

        @Override
        public boolean containsKey(Object key) {
            looks.incrementAndGet();
            return all.containsKey(key);
        }

        @Override
        public @Nullable V put(Name key, V value) {
            looks.incrementAndGet();
            return all.put(key, value);
        }

        @Override
        public @Nullable V remove(Object key) {
            looks.incrementAndGet();
            return all.remove(key);
        }

        @Override
        public int size() {
            return all.size();
        }

        @Override
        public Set<Entry<Name, V>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Entry<Name, V>> iterator() {
                    Iterator<Entry<Name, V>> entries = all.entrySet().iterator();
                    return new Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            return entries.hasNext();
                        }

                        @Override
                        public Entry<Name, V> next() {
                            looks.incrementAndGet();
                            return entries.next();
                        }
                    };
                }

                @Override
                public int size() {
                    return all.size();
                }
            };
        }
    }
}

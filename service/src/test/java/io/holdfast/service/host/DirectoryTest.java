package io.holdfast.service.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import io.holdfast.service.account.HashedSecret;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DirectoryTest {
    private final Directory directory = new Directory();

    @Test
    void knowsWhetherThereIsAHostBelowWithoutLookingAtAll() {
        directory.put(host("a.b.dyn.test"));
        assertThat(directory.hasHostAtOrBelow(Name.of("a.b.dyn.test"))).isTrue();
        assertThat(directory.hasHostAtOrBelow(Name.of("b.dyn.test"))).isTrue();
        assertThat(directory.hasHostAtOrBelow(Name.of("test"))).isTrue();
        assertThat(directory.hasHostAtOrBelow(Name.of("x.a.b.dyn.test"))).isFalse();
        assertThat(directory.hasHostAtOrBelow(Name.of("c.dyn.test"))).isFalse();
    }

    @Test
    void isRightAfterAnyComingAndGoing() {
        Random random = new Random(20261129);
        Set<Name> hosts = new HashSet<>();
        String[] labels = {"a", "b", "c"};
        for (int step = 0; step < 3_000; step++) {
            Name name = name(labels, random, 4);
            if (random.nextBoolean()) {
                hosts.add(name);
                directory.put(host(name.toString()));
            } else {
                hosts.remove(name);
                directory.remove(host(name.toString()));
            }
            Name top = name(labels, random, 5);
            assertThat(directory.hasHostAtOrBelow(top))
                    .as(top + " of " + hosts)
                    .isEqualTo(hosts.stream().anyMatch(host -> host.isAtOrBelow(top)));
            List<Name> below = hosts.stream().filter(host -> host.isAtOrBelow(top)).toList();
            assertThat(directory.hostsAtOrBelow(top))
                    .as(top + " of " + hosts)
                    .extracting(Host::name)
                    .containsExactlyInAnyOrderElementsOf(below);
            assertThat(directory.anyHostAtOrBelow(top).map(Host::name))
                    .as(top + " of " + hosts)
                    .matches(any -> any.map(below::contains).orElse(below.isEmpty()));
        }
    }

    private static Name name(String[] labels, Random random, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most); i >= 0; i--) {
            text.append(labels[random.nextInt(labels.length)]).append('.');
        }
        return Name.of(text.append("test").toString());
    }

    private static Host host(String name) {
        return new Host(
                1,
                Name.of(name),
                1,
                HashedSecret.of("secret"),
                Instant.EPOCH,
                OptionalInt.empty(),
                Addresses.NONE,
                Standing.FRESH,
                Activity.NONE);
    }
}

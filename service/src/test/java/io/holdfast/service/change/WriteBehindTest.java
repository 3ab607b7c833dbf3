package io.holdfast.service.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import io.holdfast.service.account.HashedSecret;
import io.holdfast.service.event.Commit;
import io.holdfast.service.event.Event;
import io.holdfast.service.event.HostEntry;
import io.holdfast.service.host.Activity;
import io.holdfast.service.host.Addresses;
import io.holdfast.service.host.Directory;
import io.holdfast.service.host.HistoryEntry;
import io.holdfast.service.host.Host;
import io.holdfast.service.host.Standing;
import io.holdfast.service.store.Checkpoint;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WriteBehindTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private final Directory directory = new Directory();
    private final WriteBehind behind = new WriteBehind(directory);

    @Test
    void rowsAreWrittenInTheOrderOfTheFileAndAsTheyAreByThen() {
        behind.add(List.of(host(3), host(1), host(2)));
        Host changed = host(1).withTtl(90);
        directory.put(changed);
        assertThat(next(10, 77).hosts()).containsExactly(changed, host(2), host(3));
        assertThat(behind.isEmpty()).isTrue();
    }

    @Test
    void entriesCountAsSettledOnceAllRowsOfTheirTimeAreWritten() {
        behind.add(List.of(host(1), host(2), host(3)));
        assertThat(next(2, 77).settled()).isZero();
        behind.add(List.of(host(1))); // changed again meanwhile, with entry 78
        Checkpoint last = next(2, 78);
        assertThat(last.settled()).isEqualTo(77);
        assertThat(last.hosts()).containsExactly(host(3));
        assertThat(next(2, 78).settled()).isEqualTo(78);
        assertThat(behind.isEmpty()).isTrue();
    }

    @Test
    void whatCouldNotBeWrittenComesAgain() {
        behind.add(List.of(host(1), host(2)));
        Checkpoint failed = behind.next(10, 77, NOW);
        assertThat(behind.isEmpty()).isFalse();
        assertThat(next(10, 78)).isEqualTo(failed);
        assertThat(behind.isEmpty()).isTrue();
    }

    @Test
    void aHostThatIsGoneHasNoRow() {
        behind.add(List.of(host(1), host(2)));
        directory.remove(host(1));
        assertThat(next(10, 77).hosts()).containsExactly(host(2));
    }

    @Test
    void itIsDueWhenTooManyWaitAndUntilTheRoundIsOver() {
        for (int id = 1; id <= 65_536; id++) {
            behind.add(List.of(host(id)));
        }
        assertThat(behind.isDue()).isFalse();
        behind.add(List.of(host(65_537)));
        assertThat(behind.isDue()).isTrue();
        next(65_000, 77);
        assertThat(behind.isDue()).isTrue();
        next(1_000, 77);
        assertThat(behind.isDue()).isFalse();
    }

    /// A service that is never quiet and has few hosts: history grows all the same.
    @Test
    void itIsDueWhenAFewHostsHaveChangedOften() {
        for (int i = 0; i < 4 * 65_536; i++) {
            behind.add(List.of(host(1)));
        }
        assertThat(behind.isDue()).isFalse();
        behind.add(List.of(host(2)));
        assertThat(behind.isDue()).isTrue();
        assertThat(next(10, 77).settled()).isEqualTo(77);
        assertThat(behind.isDue()).isFalse();
    }

    @Test
    void itIsDueWhenManyOldEntriesAreToBeSwept() {
        Host full = host(1).with(new Activity(0, 0, 0, null, HistoryEntry.KEPT + 1, 5));
        for (int i = 1; i < 65_536 / 4; i++) {
            behind.committed(changeOf(full));
        }
        assertThat(behind.isDue()).isFalse();
        behind.committed(changeOf(full));
        assertThat(behind.isDue()).isTrue();
        assertThat(next(100, 77).sweep()).isEqualTo(2 * 100);
        assertThat(behind.isDue()).isFalse();
    }

    @Test
    void oldEntriesAreSweptAtTheRateInWhichTheyOutliveTheirTurn() {
        Activity many = new Activity(0, 0, 0, null, HistoryEntry.KEPT, 5);
        Host full = host(1).with(many);
        behind.committed(changeOf(full));
        assertThat(next(10, 77).sweep()).isZero();
        behind.committed(changeOf(full.with(many.recorded(6))));
        assertThat(next(10, 77).sweep()).isEqualTo(4);
        assertThat(behind.isEmpty()).isTrue();
    }

    @Test
    void twoOldCommitsAreLookedAtForEachNewOne() {
        behind.committed(changeOf(host(1)));
        behind.committed(changeOf(host(2)));
        assertThat(behind.isEmpty()).isFalse();
        assertThat(next(10, 77).trim()).contains(new Checkpoint.Trim(4, NOW));
        assertThat(behind.isEmpty()).isTrue();
    }

    @Test
    void oneTransactionLooksAtNoMoreThanAThousandOldCommits() {
        for (int i = 0; i < 600; i++) {
            behind.committed(changeOf(host(1)));
        }
        assertThat(next(10, 77).trim()).contains(new Checkpoint.Trim(1_024, NOW));
        assertThat(next(10, 77).trim()).contains(new Checkpoint.Trim(176, NOW));
        assertThat(behind.isEmpty()).isTrue();
    }

    /// The next that are to be written, and are.
    private Checkpoint next(int most, long lastId) {
        Checkpoint checkpoint = behind.next(most, lastId, NOW);
        behind.isWritten(checkpoint);
        return checkpoint;
    }

    /// A commit by which a host came to be as it is.
    private static Commit changeOf(Host host) {
        HistoryEntry entry =
                new HistoryEntry(
                        0,
                        NOW,
                        Addresses.NONE,
                        host.addresses(),
                        InetAddress.getLoopbackAddress(),
                        "",
                        "dyndns2",
                        "good");
        return new Commit(
                1, NOW, List.of(new Event.AddressesChanged(new HostEntry(host, 0, entry))));
    }

    /// A host that is known.
    private Host host(long id) {
        Name name = Name.of("h" + id + ".dyn.test");
        Host host =
                new Host(
                        id,
                        name,
                        1,
                        HashedSecret.ofStored(new byte[HashedSecret.LENGTH]),
                        Instant.EPOCH,
                        OptionalInt.empty(),
                        Addresses.NONE,
                        Standing.FRESH,
                        Activity.NONE);
        return directory
                .host(name)
                .orElseGet(() -> {
                    directory.put(host);
                    return host;
                });
    }
}

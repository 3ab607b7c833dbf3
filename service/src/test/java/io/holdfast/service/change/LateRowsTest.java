package io.holdfast.service.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import io.holdfast.service.account.HashedSecret;
import io.holdfast.service.host.Activity;
import io.holdfast.service.host.Addresses;
import io.holdfast.service.host.Directory;
import io.holdfast.service.host.HistoryEntry;
import io.holdfast.service.host.Host;
import io.holdfast.service.host.Standing;
import io.holdfast.service.store.Changes.Settlement;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LateRowsTest {
    private final Directory directory = new Directory();
    private final LateRows late = new LateRows(directory);

    @Test
    void rowsAreWrittenInTheOrderOfTheFileAndAsTheyAreByThen() {
        late.add(List.of(host(3), host(1), host(2)));
        Host changed = host(1).withTtl(90);
        directory.put(changed);
        assertThat(next(10, 77).hosts()).containsExactly(changed, host(2), host(3));
        assertThat(late.isEmpty()).isTrue();
    }

    @Test
    void entriesCountAsSettledOnceAllRowsOfTheirTimeAreWritten() {
        late.add(List.of(host(1), host(2), host(3)));
        assertThat(next(2, 77).settled()).isZero();
        late.add(List.of(host(1))); // changed again meanwhile, with entry 78
        Settlement last = next(2, 78);
        assertThat(last.settled()).isEqualTo(77);
        assertThat(last.hosts()).containsExactly(host(3));
        assertThat(next(2, 78).settled()).isEqualTo(78);
        assertThat(late.isEmpty()).isTrue();
    }

    @Test
    void whatCouldNotBeWrittenComesAgain() {
        late.add(List.of(host(1), host(2)));
        Settlement failed = late.next(10, 77);
        assertThat(late.isEmpty()).isFalse();
        assertThat(next(10, 78)).isEqualTo(failed);
        assertThat(late.isEmpty()).isTrue();
    }

    @Test
    void aHostThatIsGoneHasNoRow() {
        late.add(List.of(host(1), host(2)));
        directory.remove(host(1));
        assertThat(next(10, 77).hosts()).containsExactly(host(2));
    }

    @Test
    void itIsDueWhenTooManyWaitAndUntilTheRoundIsOver() {
        for (int id = 1; id <= 65_536; id++) {
            late.add(List.of(host(id)));
        }
        assertThat(late.isDue()).isFalse();
        late.add(List.of(host(65_537)));
        assertThat(late.isDue()).isTrue();
        next(65_000, 77);
        assertThat(late.isDue()).isTrue();
        next(1_000, 77);
        assertThat(late.isDue()).isFalse();
    }

    /// A service that is never quiet and has few hosts: history grows all the same.
    @Test
    void itIsDueWhenAFewHostsHaveChangedOften() {
        for (int i = 0; i < 4 * 65_536; i++) {
            late.add(List.of(host(1)));
        }
        assertThat(late.isDue()).isFalse();
        late.add(List.of(host(2)));
        assertThat(late.isDue()).isTrue();
        assertThat(next(10, 77).settled()).isEqualTo(77);
        assertThat(late.isDue()).isFalse();
    }

    @Test
    void itIsDueWhenManyOldEntriesAreToBeSwept() {
        Host full = host(1).with(new Activity(0, 0, 0, null, HistoryEntry.KEPT + 1, 5));
        for (int i = 1; i < 65_536 / 4; i++) {
            late.recorded(List.of(full));
        }
        assertThat(late.isDue()).isFalse();
        late.recorded(List.of(full));
        assertThat(late.isDue()).isTrue();
        assertThat(next(100, 77).sweep()).isEqualTo(2 * 100);
        assertThat(late.isDue()).isFalse();
    }

    @Test
    void oldEntriesAreSweptAtTheRateInWhichTheyOutliveTheirTurn() {
        Activity many = new Activity(0, 0, 0, null, HistoryEntry.KEPT, 5);
        Host full = host(1).with(many);
        late.recorded(List.of(full));
        assertThat(late.isEmpty()).isTrue();
        late.recorded(List.of(full.with(many.recorded(6))));
        assertThat(next(10, 77).sweep()).isEqualTo(4);
        assertThat(late.isEmpty()).isTrue();
    }

    /// The next that are to be written, and are.
    private Settlement next(int most, long lastId) {
        Settlement settlement = late.next(most, lastId);
        late.areWritten(settlement);
        return settlement;
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

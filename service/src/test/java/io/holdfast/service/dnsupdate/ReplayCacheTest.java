package io.holdfast.service.dnsupdate;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.BigEndian;
import io.holdfast.dns.tsig.TsigVerdict.Signed;
import io.holdfast.service.change.ZoneUpdateOutcome;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// How long a signed update is remembered, and how many are.
class ReplayCacheTest {
    private static final long NOW = 1_000_000;

    private final ReplayCache replays = new ReplayCache();
    private int done;

    @Test
    void aMessageIsRememberedUntilItsTimeHasRunOut() {
        see(1, NOW);
        see(1, NOW + ReplayCache.REMEMBERED_SECONDS);
        assertThat(done).isEqualTo(1);

        see(2, NOW + ReplayCache.REMEMBERED_SECONDS + 1);
        assertThat(replays.size()).as("what is left of both").isEqualTo(1);
    }

    @Test
    void theOldestMakesRoom() {
        for (int i = 0; i <= ReplayCache.MOST; i++) {
            see(i, NOW);
        }

        assertThat(replays.size()).isEqualTo(ReplayCache.MOST);
        done = 0;
        see(ReplayCache.MOST, NOW);
        assertThat(done).as("the latest is known").isZero();
        see(0, NOW);
        assertThat(done).as("the oldest is forgotten").isEqualTo(1);
    }

    @Test
    void aRepeatDuringTheFirstWaitsForIt() {
        CompletableFuture<ZoneUpdateOutcome> underWay = new CompletableFuture<>();
        CompletableFuture<ZoneUpdateOutcome> first = replays.once(message(1), NOW, () -> underWay);
        CompletableFuture<ZoneUpdateOutcome> repeat =
                replays.once(message(1), NOW, () -> new CompletableFuture<>());

        assertThat(repeat).isNotDone();
        underWay.complete(ZoneUpdateOutcome.DONE);
        assertThat(first).isCompletedWithValue(ZoneUpdateOutcome.DONE);
        assertThat(repeat).isCompletedWithValue(ZoneUpdateOutcome.DONE);
    }

    private void see(int number, long now) {
        ZoneUpdateOutcome outcome =
                replays.once(
                                message(number),
                                now,
                                () -> {
                                    done++;
                                    return CompletableFuture.completedFuture(
                                            ZoneUpdateOutcome.DONE);
                                })
                        .join();
        assertThat(outcome).isEqualTo(ZoneUpdateOutcome.DONE);
    }

    private static Signed message(int number) {
        byte[] mac = new byte[32];
        BigEndian.put32(mac, 4, number);
        return new Signed(Client.HOME, mac, NOW, new byte[12]);
    }
}

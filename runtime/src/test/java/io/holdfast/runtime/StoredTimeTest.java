package io.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StoredTimeTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration LONGEST = Duration.ofHours(6);

    @Test
    void aWaitIsOverWhenItsEndHasCome() {
        assertThat(StoredTime.isOver(NOW, NOW, LONGEST)).isTrue();
        assertThat(StoredTime.isOver(NOW.plusMillis(1), NOW, LONGEST)).isFalse();
        assertThat(StoredTime.left(NOW.plusSeconds(7), NOW, LONGEST))
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void aWaitLongerThanItsKindAllowsWasComputedWithAWrongClock() {
        assertThat(StoredTime.left(NOW.plus(LONGEST), NOW, LONGEST)).isEqualTo(LONGEST);
        Instant beyond = NOW.plus(LONGEST).plus(StoredTime.ORDINARY_STEP).plusMillis(1);
        assertThat(StoredTime.isOver(beyond, NOW, LONGEST)).isTrue();
        assertThat(StoredTime.isOver(NOW.plus(Duration.ofDays(3650)), NOW, LONGEST)).isTrue();
    }

    @Test
    void aStepOfSecondsEndsNoWaitAndMakesNoneLonger() {
        Instant end = NOW.plus(LONGEST);
        assertThat(StoredTime.left(end, NOW.minusSeconds(2), LONGEST)).isEqualTo(LONGEST);
        assertThat(
                        StoredTime.isOver(
                                NOW.plusSeconds(5), NOW.minusSeconds(2), Duration.ofSeconds(5)))
                .isFalse();
    }
}

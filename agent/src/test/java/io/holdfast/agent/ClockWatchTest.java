package io.holdfast.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockWatchTest {
    private Instant clock = Instant.parse("2026-11-22T12:00:00Z");
    private long nanos = Long.MAX_VALUE - 5; // it may overflow, and does here

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "all is well,                 PT20S,  PT20S,   false",
        "the clock is corrected,      PT20S,  PT21S,   false",
        "the machine slept,           PT20S,  PT8H,    true",
        "the clock was set ahead,     PT20S,  PT1H,    true",
        "the clock was set back,      PT20S,  PT-1H,   true",
        "this process was held up,    PT1H,   PT1H,    false",
    })
    void aJumpIsWhereTheClockAndTimeDiffer(
            String behaviour, Duration time, Duration byTheClock, boolean jumped) {
        ClockWatch watch = new ClockWatch(() -> clock, () -> nanos);

        nanos += time.toNanos();
        clock = clock.plus(byTheClock);
        assertThat(watch.jumped()).isEqualTo(jumped);

        nanos += Duration.ofSeconds(20).toNanos();
        clock = clock.plusSeconds(20);
        assertThat(watch.jumped()).as("it is said once").isFalse();
    }
}

package io.holdfast.agent.round;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.address.AddressSource;
import io.holdfast.agent.address.Pace;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PollerTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static final Pace WEB = Pace.costly(Duration.ofMinutes(10), Duration.ofMinutes(1));
    private static final Pace COMMAND = Pace.costly(Duration.ofMinutes(5), Duration.ofMinutes(1));

    private int looks;
    private boolean reachable = true;

    /// What the source runs when its address may have changed.
    private Runnable onChange = () -> {};

    @Test
    void aWebEchoIsAskedEveryTenMinutesHoweverManyRoundsThereAre() {
        Poller poller = new Poller(source(WEB), Optional.empty());
        for (int second = 0; second < 1200; second++) {
            poller.look(null, NOW.plusSeconds(second));
        }
        assertThat(looks).isEqualTo(2);
    }

    @Test
    void aWebEchoThatFailsIsAskedAgainLessAndLess() {
        reachable = false;
        Poller poller = new Poller(source(WEB), Optional.empty());
        Instant at = NOW;
        StringBuilder pauses = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            poller.look(null, at);
            Instant next = poller.next(at);
            pauses.append(Duration.between(at, next).toSeconds()).append(' ');
            at = next;
        }
        assertThat(pauses).hasToString("15 30 60 120 240 480 600 600 ");
    }

    @Test
    void anInterfaceIsLookedAtInEachRound() {
        Poller poller = new Poller(source(Pace.ofEvents()), Optional.empty());
        for (int round = 0; round < 5; round++) {
            poller.look(null, NOW);
        }
        assertThat(looks).isEqualTo(5);
    }

    @Test
    void aSourceThatSignalsIsLookedAtOnceAMinuteAtMost() {
        Poller poller = new Poller(source(COMMAND), Optional.empty());
        poller.watch(() -> {});
        poller.look(null, NOW);
        for (int second = 1; second <= 120; second++) {
            onChange.run();
            poller.look(null, NOW.plusSeconds(second));
        }
        assertThat(looks).isEqualTo(3);
    }

    @Test
    void aSourceThatSignalledLongAfterTheLastLookIsLookedAtAtOnce() {
        Poller poller = new Poller(source(WEB), Optional.empty());
        poller.watch(() -> {});
        poller.look(null, NOW);
        Instant later = NOW.plusSeconds(60);
        onChange.run();
        assertThat(poller.next(later)).isEqualTo(later);
        poller.look(null, later);
        poller.look(null, later);
        assertThat(looks).isEqualTo(2);
    }

    @Test
    void oneThatSignalledTooEarlyIsLookedAtWhenTheMinuteIsOver() {
        Poller poller = new Poller(source(WEB), Optional.empty());
        poller.watch(() -> {});
        poller.look(null, NOW);
        onChange.run();
        poller.look(null, NOW.plusSeconds(10));
        assertThat(poller.next(NOW.plusSeconds(10))).isEqualTo(NOW.plusSeconds(60));
        assertThat(looks).isEqualTo(1);
    }

    @Test
    void aSignalForAnotherSourceIsNoReasonToAsk() {
        Poller web = new Poller(source(WEB), Optional.empty());
        web.look(null, NOW);
        for (int change = 1; change <= 12; change++) { // each makes a round
            web.look(null, NOW.plusSeconds(change));
        }
        assertThat(looks).isEqualTo(1);
    }

    @Test
    void aClockThatWasSetBackDelaysNoLook() {
        Poller poller = new Poller(source(WEB), Optional.empty());
        poller.look(null, NOW.plus(Duration.ofHours(10)));

        assertThat(poller.next(NOW)).as("next look").isEqualTo(NOW);
        poller.look(null, NOW);
        assertThat(looks).isEqualTo(2);
        assertThat(poller.next(NOW)).as("next look").isEqualTo(NOW.plusSeconds(600));
    }

    @Test
    void aClockThatWasSetBackALittleDelaysALookByNoMoreThanItsPace() {
        Poller poller = new Poller(source(WEB), Optional.empty());
        poller.look(null, NOW);

        assertThat(poller.next(NOW.plusSeconds(300))).isEqualTo(NOW.plusSeconds(600));
        assertThat(poller.next(NOW.minusSeconds(300))).isEqualTo(NOW.minusSeconds(300));
    }

    @Test
    void theConfiguredPaceCounts() {
        Poller poller = new Poller(source(COMMAND), Optional.of(Duration.ofMinutes(1)));
        poller.look(null, NOW);
        assertThat(poller.next(NOW)).isEqualTo(NOW.plusSeconds(60));
    }

    private AddressSource source(Pace pace) {
        return new AddressSource() {
            @Override
            public Observation look(@Nullable InetAddress sent) {
                looks++;
                return reachable
                        ? new Observation.Seen(InetAddress.ofLiteral("192.0.2.7"), "how")
                        : new Observation.Unavailable("why");
            }

            @Override
            public Watch watch(Runnable onChange) {
                PollerTest.this.onChange = onChange;
                return new Watch() {
                    @Override
                    public boolean hasEvents() {
                        return true;
                    }

                    @Override
                    public void close() {}
                };
            }

            @Override
            public Pace pace() {
                return pace;
            }

            @Override
            public String describe() {
                return "web as it were"; // which says nothing about its pace
            }
        };
    }
}

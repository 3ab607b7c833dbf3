package io.holdfast.agent.round;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.address.AddressSource;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LookoutTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private int looks;
    private boolean reachable = true;

    /// What the source rings.
    private Runnable bell = () -> {};

    @Test
    void aWebEchoIsAskedEveryTenMinutesHoweverManyRoundsThereAre() {
        Lookout lookout = new Lookout(source("web https://ip.example"), Optional.empty());
        for (int second = 0; second < 1200; second++) {
            lookout.look(null, NOW.plusSeconds(second));
        }
        assertThat(looks).isEqualTo(2);
    }

    @Test
    void aWebEchoThatFailsIsAskedAgainLessAndLess() {
        reachable = false;
        Lookout lookout = new Lookout(source("web"), Optional.empty());
        Instant at = NOW;
        StringBuilder pauses = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            lookout.look(null, at);
            Instant next = lookout.next(at);
            pauses.append(Duration.between(at, next).toSeconds()).append(' ');
            at = next;
        }
        assertThat(pauses).hasToString("15 30 60 120 240 480 600 600 ");
    }

    @Test
    void anInterfaceIsLookedAtInEachRound() {
        Lookout lookout = new Lookout(source("interface eth0"), Optional.empty());
        for (int round = 0; round < 5; round++) {
            lookout.look(null, NOW);
        }
        assertThat(looks).isEqualTo(5);
    }

    @Test
    void aSourceThatRingsIsLookedAtOnceAMinuteAtMost() {
        Lookout lookout = new Lookout(source("command \"where-am-i\""), Optional.empty());
        lookout.watch(() -> {});
        lookout.look(null, NOW);
        for (int second = 1; second <= 120; second++) {
            bell.run();
            lookout.look(null, NOW.plusSeconds(second));
        }
        assertThat(looks).isEqualTo(3);
    }

    @Test
    void aSourceThatRangLongAfterTheLastLookIsLookedAtAtOnce() {
        Lookout lookout = new Lookout(source("web"), Optional.empty());
        lookout.watch(() -> {});
        lookout.look(null, NOW);
        Instant later = NOW.plusSeconds(60);
        bell.run();
        assertThat(lookout.next(later)).isEqualTo(later);
        lookout.look(null, later);
        lookout.look(null, later);
        assertThat(looks).isEqualTo(2);
    }

    @Test
    void oneThatRangTooEarlyIsLookedAtWhenTheMinuteIsOver() {
        Lookout lookout = new Lookout(source("web"), Optional.empty());
        lookout.watch(() -> {});
        lookout.look(null, NOW);
        bell.run();
        lookout.look(null, NOW.plusSeconds(10));
        assertThat(lookout.next(NOW.plusSeconds(10))).isEqualTo(NOW.plusSeconds(60));
        assertThat(looks).isEqualTo(1);
    }

    @Test
    void whatRingsForAnotherSourceIsNoReasonToAsk() {
        Lookout web = new Lookout(source("web"), Optional.empty());
        web.look(null, NOW);
        for (int change = 1; change <= 12; change++) { // each makes a round
            web.look(null, NOW.plusSeconds(change));
        }
        assertThat(looks).isEqualTo(1);
    }

    @Test
    void aClockThatWasSetBackDelaysNoLook() {
        Lookout lookout = new Lookout(source("web"), Optional.empty());
        lookout.look(null, NOW.plus(Duration.ofHours(10)));

        assertThat(lookout.next(NOW)).as("next look").isEqualTo(NOW);
        lookout.look(null, NOW);
        assertThat(looks).isEqualTo(2);
        assertThat(lookout.next(NOW)).as("next look").isEqualTo(NOW.plusSeconds(600));
    }

    @Test
    void aClockThatWasSetBackALittleDelaysALookByNoMoreThanItsPace() {
        Lookout lookout = new Lookout(source("web"), Optional.empty());
        lookout.look(null, NOW);

        assertThat(lookout.next(NOW.plusSeconds(300))).isEqualTo(NOW.plusSeconds(600));
        assertThat(lookout.next(NOW.minusSeconds(300))).isEqualTo(NOW.minusSeconds(300));
    }

    @Test
    void theConfiguredPaceCounts() {
        Lookout lookout =
                new Lookout(source("command \"where-am-i\""), Optional.of(Duration.ofMinutes(1)));
        lookout.look(null, NOW);
        assertThat(lookout.next(NOW)).isEqualTo(NOW.plusSeconds(60));
    }

    private AddressSource source(String text) {
        return new AddressSource() {
            @Override
            public Sighting look(@Nullable InetAddress told) {
                looks++;
                return reachable
                        ? new Sighting.Seen(InetAddress.ofLiteral("192.0.2.7"), "how")
                        : new Sighting.Unavailable("why");
            }

            @Override
            public Watch watch(Runnable ring) {
                bell = ring;
                return new Watch() {
                    @Override
                    public boolean rings() {
                        return true;
                    }

                    @Override
                    public void close() {}
                };
            }

            @Override
            public String describe() {
                return text;
            }
        };
    }
}

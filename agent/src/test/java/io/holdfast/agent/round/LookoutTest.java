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

    @Test
    void aWebEchoIsAskedEveryTenMinutesHoweverManyRoundsThereAre() {
        Lookout lookout = new Lookout(source("web https://ip.example"), Optional.empty());
        for (int second = 0; second < 1200; second++) {
            lookout.look(null, false, NOW.plusSeconds(second));
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
            lookout.look(null, false, at);
            pauses.append(Duration.between(at, lookout.next()).toSeconds()).append(' ');
            at = lookout.next();
        }
        assertThat(pauses).hasToString("15 30 60 120 240 480 600 600 ");
    }

    @Test
    void anInterfaceIsLookedAtInEachRound() {
        Lookout lookout = new Lookout(source("interface eth0"), Optional.empty());
        for (int round = 0; round < 5; round++) {
            lookout.look(null, false, NOW);
        }
        assertThat(looks).isEqualTo(5);
    }

    @Test
    void aSourceThatRangIsLookedAt() {
        Lookout lookout = new Lookout(source("command \"where-am-i\""), Optional.empty());
        lookout.look(null, false, NOW);
        lookout.look(null, true, NOW);
        assertThat(looks).isEqualTo(2);
    }

    @Test
    void theConfiguredPaceCounts() {
        Lookout lookout =
                new Lookout(source("command \"where-am-i\""), Optional.of(Duration.ofMinutes(1)));
        lookout.look(null, false, NOW);
        assertThat(lookout.next()).isEqualTo(NOW.plusSeconds(60));
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
            public Watch watch(Runnable bell) {
                throw new UnsupportedOperationException();
            }

            @Override
            public String describe() {
                return text;
            }
        };
    }
}

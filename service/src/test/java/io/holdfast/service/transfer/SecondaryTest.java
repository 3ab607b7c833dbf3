package io.holdfast.service.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Soa;
import io.holdfast.dns.Type;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// When a secondary is notified and looked at, by a clock that is moved by hand.
class SecondaryTest {
    private static final Name ZONE = Name.of("dyn.example");

    /// A secondary that confirms, or not, and serves what the test says.
    private static final class Server implements SecondaryClient {
        final List<Instant> notifications = new ArrayList<>();
        final List<Instant> looks = new ArrayList<>();
        final SimulatedTime time;
        Optional<String> objection = Optional.empty();
        Optional<Integer> serves = Optional.empty();
        Runnable whileAsked = () -> {};

        Server(SimulatedTime time) {
            this.time = time;
        }

        @Override
        public Optional<String> inform(InetSocketAddress server, RRset soa) {
            notifications.add(time.instant());
            whileAsked.run();
            return objection;
        }

        @Override
        public Optional<Integer> serial(InetSocketAddress server, Name zone) {
            looks.add(time.instant());
            return serves;
        }
    }

    private final SimulatedTime time = new SimulatedTime();
    private final Instant start = time.instant();
    private final Server server = new Server(time);
    private int serial = 1;
    private final Secondary secondary =
            new Secondary(
                    ZONE,
                    SecondaryAddress.parse("192.0.2.53"),
                    server,
                    () -> Optional.of(soa(serial)),
                    time,
                    time);

    private static RRset soa(int serial) {
        Soa soa = new Soa(Name.of("ns1"), Name.of("mail"), serial, 1, 1, 1, 1);
        return new RRset(ZONE, Type.SOA, 60, List.of(soa.toRdata()));
    }

    private void change() {
        serial++;
        secondary.newVersion();
    }

    private List<Long> secondsOfNotifications() {
        return server.notifications.stream()
                .map(at -> Duration.between(start, at).toSeconds())
                .toList();
    }

    @Test
    void aNewVersionIsToldAtOnce() {
        change();
        time.advanceMillis(0);
        assertThat(server.notifications).containsExactly(start);
    }

    @Test
    void manyVersionsAreToldOnceASecond() {
        for (int i = 0; i < 290; i++) {
            change();
            time.advanceMillis(10);
        }
        assertThat(secondsOfNotifications()).containsExactly(0L, 1L, 2L);
        time.advance(Duration.ofMinutes(1));
        assertThat(secondsOfNotifications()).containsExactly(0L, 1L, 2L, 3L);
        assertThat(secondary.status(serial).acknowledged().orElseThrow().serial())
                .isEqualTo(serial);
    }

    @Test
    void aVersionThatComesWhileOneIsBeingToldIsToldToo() {
        server.whileAsked =
                () -> {
                    server.whileAsked = () -> {};
                    change();
                };
        change();
        time.advance(Duration.ofMinutes(1));
        assertThat(secondsOfNotifications()).containsExactly(0L, 1L);
    }

    @Test
    void withoutAnAnswerItIsToldAgainLessAndLessOftenAndNotForEver() {
        server.objection = Optional.of("does not answer a notification");
        change();
        time.advance(Duration.ofHours(24));
        assertThat(secondsOfNotifications())
                .containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 63L, 123L, 183L, 243L);
        assertThat(secondary.status(serial).problem().orElseThrow().what())
                .isEqualTo("does not answer a notification");
    }

    @Test
    void theNextVersionBeginsAnewWithASilentSecondary() {
        server.objection = Optional.of("does not answer a notification");
        change();
        time.advance(Duration.ofHours(24));
        server.notifications.clear();
        server.objection = Optional.empty();
        change();
        time.advanceMillis(0);
        assertThat(server.notifications).containsExactly(time.instant());
    }

    @Test
    void itIsLookedAtUntilItServesWhatItWasToldOf() {
        server.serves = Optional.of(1);
        change();
        time.advanceMillis(100);
        assertThat(secondary.status(serial).isCurrent()).isFalse();
        server.serves = Optional.of(2);
        time.advanceMillis(1000);
        SecondaryStatus status = secondary.status(serial);
        assertThat(status.isCurrent()).isTrue();
        assertThat(status.seen().orElseThrow().at()).isEqualTo(start.plusMillis(140));
        int looks = server.looks.size();
        time.advance(Duration.ofHours(1));
        assertThat(server.looks).hasSize(looks);
        assertThat(secondary.status(serial).seen()).isEqualTo(status.seen());
    }

    @Test
    void oneThatConfirmsButDoesNotFollowIsAProblemThatIsSaid() {
        server.serves = Optional.of(1);
        change();
        time.advance(Duration.ofHours(1));
        assertThat(server.looks).hasSize(Secondary.MOST_LOOKS);
        assertThat(secondary.status(serial).problem().orElseThrow().what())
                .isEqualTo("was told of the new version and does not serve it");
    }
}

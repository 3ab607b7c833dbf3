package io.holdfast.agent.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.provider.Addresses;
import io.holdfast.agent.provider.Pause;
import io.holdfast.agent.provider.ProviderReply;
import io.holdfast.agent.round.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.helpers.MessageFormatter;

class LogNoticeTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String HOME = "home.dyn.example";
    private static final Addresses NEW = Addresses.parse("192.0.2.7");

    private final List<String> lines = new ArrayList<>();
    private final LogNotice notice = new LogNotice(new Lines(lines), _ -> "u.example");

    @Test
    void aChangeIsOneLine() {
        decided(new Decision.Nothing(true, "192.0.2.1 was sent at noon (good)", ""));
        decided(new Decision.Send(NEW, Decision.Reason.CHANGE, "192.0.2.7 (was 192.0.2.1)", ""));
        answered(new ProviderReply.Accepted(NEW));
        decided(new Decision.Nothing(true, "192.0.2.7 was sent at one (good)", ""));
        decided(new Decision.Nothing(true, "192.0.2.7 was sent at one (good)", ""));
        assertThat(lines)
                .containsExactly(
                        "INFO home.dyn.example: 192.0.2.1 was sent at noon (good); nothing to send",
                        "INFO home.dyn.example: address is now 192.0.2.7 (was 192.0.2.1)");
    }

    @Test
    void aTimeIsSentToTheSecond() {
        Instant end = NOW.plusNanos(123_456_789);
        decided(new Decision.Stopped("abuse", "has blocked it", "mend", Optional.of(end)));
        assertThat(lines)
                .singleElement()
                .asString()
                .contains("not trying again before 2026-11-22T12:00:00Z: ");
    }

    @Test
    void aRefusalIsSaidOnceWithItsMend() {
        Decision stopped =
                new Decision.Stopped(
                        "abuse",
                        "has blocked the name (abuse)",
                        "holdfast agent forget NAME",
                        Optional.empty());
        answered(new ProviderReply.Refused("abuse", "has blocked the name (abuse)", "forget"));
        decided(stopped);
        decided(stopped);
        assertThat(lines)
                .containsExactly(
                        "ERROR home.dyn.example: u.example has blocked the name (abuse); not trying"
                                + " again until the settings change: holdfast agent forget"
                                + " home.dyn.example");
    }

    @Test
    void anOutageIsSaidOnceHoweverOftenItIsTried() {
        for (int seconds = 1; seconds < 100; seconds *= 2) {
            decided(new Decision.Send(NEW, Decision.Reason.CHANGE, "192.0.2.7", ""));
            answered(new ProviderReply.NotSent("Connection refused", Pause.UNREACHABLE));
            decided(wait(Duration.ofSeconds(seconds), "Connection refused"));
        }
        decided(new Decision.Send(NEW, Decision.Reason.CHANGE, "192.0.2.7", ""));
        answered(new ProviderReply.Accepted(NEW));
        assertThat(lines)
                .containsExactly(
                        "WARN home.dyn.example: u.example could not be reached: Connection refused;"
                                + " 192.0.2.7 is to be sent, next try in 1 s",
                        "INFO home.dyn.example: address is now 192.0.2.7");
    }

    @Test
    void anUnclearEndSaysThatItMayHaveTakenEffect() {
        decided(new Decision.Send(NEW, Decision.Reason.CHANGE, "192.0.2.7", ""));
        answered(new ProviderReply.Unconfirmed("no reply in 15 s", Pause.FAILING));
        decided(new Decision.Confirm(NEW, "192.0.2.7 may have been sent"));
        decided(wait(Duration.ofMinutes(10), "no reply in 15 s"));
        assertThat(lines)
                .containsExactly(
                        "WARN home.dyn.example: could not confirm the update at u.example (no reply"
                                + " in 15 s); it may have taken effect, asking the DNS",
                        "WARN home.dyn.example: u.example: no reply in 15 s; 192.0.2.7 is to be"
                                + " sent, next try in 10 min");
    }

    @Test
    void whatStaysWrongIsSaidAgainOnceADay() {
        Decision stopped =
                new Decision.Stopped("badauth", "refused it (badauth)", "mend", Optional.empty());
        for (int hour = 0; hour < 49; hour++) {
            notice.decided(HOME, stopped, NOW.plus(Duration.ofHours(hour)));
        }
        assertThat(lines).hasSize(3);
        for (int hour = 49; hour < 90; hour++) {
            notice.decided(
                    HOME,
                    new Decision.Nothing(true, "192.0.2.7 was sent", ""),
                    NOW.plus(Duration.ofHours(hour)));
        }
        assertThat(lines).hasSize(4);
    }

    @Test
    void aClockSetBackSilencesNoDailyWord() {
        Decision stopped =
                new Decision.Stopped("badauth", "refused it (badauth)", "mend", Optional.empty());
        notice.decided(HOME, stopped, NOW.plus(Duration.ofDays(3650)));
        notice.decided(HOME, stopped, NOW);
        notice.decided(HOME, stopped, NOW.plusSeconds(60));
        assertThat(lines).hasSize(2);
    }

    @Test
    void aTroubleThatIsOverIsSaidAgainWhenItComesBack() {
        notice.trouble(HOME, "the disk is full", NOW);
        notice.trouble(HOME, "the disk is full", NOW);
        notice.remembered(HOME, NOW);
        notice.trouble(HOME, "the disk is full", NOW);
        assertThat(lines).hasSize(2);
    }

    @Test
    void noAddressIsAWarning() {
        decided(new Decision.Nothing(false, "no IPv4 address: eth0 has none", ""));
        assertThat(lines)
                .containsExactly(
                        "WARN home.dyn.example: no IPv4 address: eth0 has none; nothing is sent");
    }

    private void decided(Decision decision) {
        notice.decided(HOME, decision, NOW);
    }

    private void answered(ProviderReply reply) {
        notice.answered(HOME, NEW, reply, NOW);
    }

    private static Decision wait(Duration time, String why) {
        return new Decision.Wait(NEW, NOW.plus(time), why, false);
    }

    /// A log that keeps `LEVEL message`.
    private static final class Lines extends AbstractLogger {
        private static final long serialVersionUID = 1;

        private final transient List<String> lines;

        Lines(List<String> lines) {
            this.lines = lines;
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String pattern,
                Object @Nullable [] arguments,
                @Nullable Throwable thrown) {
            lines.add(level + " " + MessageFormatter.arrayFormat(pattern, arguments).getMessage());
        }

        @Override
        public boolean isTraceEnabled() {
            return true;
        }

        @Override
        public boolean isTraceEnabled(Marker marker) {
            return true;
        }

        @Override
        public boolean isDebugEnabled() {
            return true;
        }

        @Override
        public boolean isDebugEnabled(Marker marker) {
            return true;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled(Marker marker) {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled(Marker marker) {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled(Marker marker) {
            return true;
        }
    }
}

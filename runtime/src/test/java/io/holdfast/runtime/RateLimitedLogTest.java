package io.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;

class RateLimitedLogTest {
    private final List<String> lines = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private final RateLimitedLog log =
            new RateLimitedLog(logger(lines), () -> now, 2, Duration.ofSeconds(10));

    @Test
    void aFloodIsCountedInTheNextLine() {
        for (int i = 0; i < 1_000; i++) {
            log.info("packet " + i);
        }
        now = now.plusSeconds(10);
        log.warn("packet 1000");

        assertThat(lines)
                .containsExactly(
                        "packet 0", "packet 1", "packet 1000 (998 more like it were not logged)");
    }

    @Test
    void aClockThatWasSetBackDoesNotSilenceIt() {
        log.info("a");
        log.info("b");
        now = now.minus(Duration.ofDays(3650));
        log.info("c");

        assertThat(lines).containsExactly("a", "b", "c");
    }

    @Test
    void bracesFromOutsideAreNoPlaceholders() {
        log.info("key {}");

        assertThat(lines).containsExactly("key {}");
    }

    private static Logger logger(List<String> lines) {
        return new LegacyAbstractLogger() {
            @Override
            public boolean isTraceEnabled() {
                return false;
            }

            @Override
            public boolean isDebugEnabled() {
                return false;
            }

            @Override
            public boolean isInfoEnabled() {
                return true;
            }

            @Override
            public boolean isWarnEnabled() {
                return true;
            }

            @Override
            public boolean isErrorEnabled() {
                return true;
            }

            @Override
            protected String getFullyQualifiedCallerName() {
                return "";
            }

            @Override
            protected void handleNormalizedLoggingCall(
                    Level level,
                    Marker marker,
                    String message,
                    Object[] arguments,
                    Throwable thrown) {
                lines.add(message);
            }
        };
    }
}

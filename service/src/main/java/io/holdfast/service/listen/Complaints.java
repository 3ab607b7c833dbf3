package io.holdfast.service.listen;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// Warnings that a stranger can provoke: the first at once, then at most one in ten seconds, with
/// the number of those left out. Else a flood of packets would become a flood of log lines.
final class Complaints {
    static final Duration PAUSE = Duration.ofSeconds(10);

    private final Logger log;
    private final InstantSource clock;
    private @Nullable Instant last;
    private long leftOut;

    Complaints(Logger log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    synchronized void warn(String what, Throwable cause) {
        Instant now = clock.instant();
        if (last != null && now.isBefore(last.plus(PAUSE))) {
            leftOut++;
            return;
        }
        if (leftOut > 0) {
            log.warn("{} (and {} more like it since the last warning)", what, leftOut, cause);
        } else {
            log.warn(what, cause);
        }
        last = now;
        leftOut = 0;
    }
}

package io.holdfast.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// A log for what a stranger can cause: so many lines in a period at most, and the next line says
/// how many were left out. Otherwise a flood of packets would become a flood of log lines.
///
/// Each subject has one of its own, so that a flood of one kind does not hide the others. Safe for
/// any number of threads.
public final class RateLimitedLog {
    private final Logger log;
    private final InstantSource clock;
    private final int most;
    private final Duration period;
    private @Nullable Instant began;
    private int said;
    private long leftOut;

    /// @param most how many lines a period may have, above zero
    public RateLimitedLog(Logger log, InstantSource clock, int most, Duration period) {
        this.log = log;
        this.clock = clock;
        this.most = most;
        this.period = period;
    }

    /// @param text with nothing raw from outside in it, see [OutsideText]
    public void info(String text) {
        say(text, log::info);
    }

    public void warn(String text) {
        say(text, log::warn);
    }

    public void warn(String text, Throwable cause) {
        say(text, line -> log.warn(line, cause));
    }

    public void error(String text, Throwable cause) {
        say(text, line -> log.error(line, cause));
    }

    private void say(String text, Consumer<String> how) {
        long others;
        synchronized (this) {
            if (!maySay(clock.instant())) {
                leftOut++;
                return;
            }
            said++;
            others = leftOut;
            leftOut = 0;
        }
        how.accept(others == 0 ? text : text + " (" + others + " more like it were not logged)");
    }

    private boolean maySay(Instant now) {
        // A clock that was set back begins a new period, or nothing would be said for long.
        if (began == null || now.isBefore(began) || !now.isBefore(began.plus(period))) {
            began = now;
            said = 0;
        }
        return said < most;
    }
}

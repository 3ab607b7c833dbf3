package io.holdfast.service.http;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import io.holdfast.runtime.OutsideText;
import io.holdfast.runtime.RateLimitedLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the HTTP framework logs to. Strangers can make it log as much as they like, and what they
/// sent is in the arguments of its messages and in its exceptions: a password, for example. So
/// there are a few lines a minute, and neither the one nor the other is in them.
public final class FrameworkAppender extends AppenderBase<ILoggingEvent> {
    /// The loggers that have to be sent here alone, by whoever configures logging.
    public static final List<String> LOGGERS = List.of("org.eclipse.jetty", "io.javalin");

    private static final Logger LOG = LoggerFactory.getLogger("http");
    private static final int MOST_LINES = 10;
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final RateLimitedLog warnings =
            new RateLimitedLog(LOG, InstantSource.system(), MOST_LINES, PERIOD);
    private final RateLimitedLog faults =
            new RateLimitedLog(LOG, InstantSource.system(), MOST_LINES, PERIOD);

    @Override
    protected void append(ILoggingEvent event) {
        String name = event.getLoggerName();
        String text =
                name.substring(name.lastIndexOf('.') + 1)
                        + ": "
                        + OutsideText.printable(Objects.requireNonNullElse(event.getMessage(), ""));
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown instanceof ThrowableProxy own && !isOfTheFramework(own.getThrowable())) {
            faults.error(text, own.getThrowable()); // a fault of ours, in a page
        } else {
            warnings.warn(thrown == null ? text : text + " (" + thrown.getClassName() + ")");
        }
    }

    /// Those quote what was sent.
    private static boolean isOfTheFramework(Throwable thrown) {
        int depth = 0;
        for (Throwable one = thrown; one != null && depth < 20; one = one.getCause(), depth++) {
            if (!one.getClass().getName().startsWith("org.eclipse.jetty")
                    && !(one instanceof java.io.IOException)) {
                continue;
            }
            return true;
        }
        return false;
    }
}

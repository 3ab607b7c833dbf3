package io.holdfast.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.holdfast.service.http.FrameworkAppender;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/// The log of every command: standard error, one line an event.
///
/// In code, because reading logback's XML costs a tenth of a second at every start. The environment
/// variable `HOLDFAST_LOG` sets our own level (`debug`, `info`, `warn`, `error`); libraries are
/// heard from `warn` on.
public final class Logging extends ContextAwareBase implements Configurator {
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %msg%n%rEx";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();

        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(encoder);
        console.start();

        // Strangers make these log what they sent, passwords too.
        FrameworkAppender framework = new FrameworkAppender();
        framework.setContext(context);
        framework.start();
        for (String name : FrameworkAppender.LOGGERS) {
            var logger = context.getLogger(name);
            logger.setLevel(Level.WARN);
            logger.setAdditive(false);
            logger.addAppender(framework);
        }

        var root = context.getLogger("ROOT");
        root.setLevel(Level.WARN);
        root.addAppender(console);
        String wanted = Optional.ofNullable(System.getenv("HOLDFAST_LOG")).orElse("info");
        context.getLogger("io.holdfast").setLevel(Level.toLevel(wanted, Level.INFO));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /// From now on only warnings and errors of ours are told, unless `HOLDFAST_LOG` says otherwise:
    /// for commands whose own output is the point.
    static void onlyWarnings() {
        if (System.getenv("HOLDFAST_LOG") == null
                && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger("io.holdfast").setLevel(Level.WARN);
        }
    }
}

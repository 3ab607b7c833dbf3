package io.holdfast.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The log of the agent's process, by what the JDK has for it: the lines and levels that [Logging]
/// gives the other commands.
final class AgentLogging {
    /// The JDK forgets a logger, and its level, when nobody holds it.
    private static final Logger ROOT = ownManager().getLogger("");

    private static final Logger OURS = Logger.getLogger("io.holdfast");

    private AgentLogging() {}

    /// What the JDK would do by itself is left out: to read its own configuration, and to silence
    /// the log as soon as the process is told to end, while the agent still has something to say.
    public static final class Manager extends LogManager {
        @Override
        public void readConfiguration() {}

        @Override
        public void reset() {}
    }

    /// Has everything logged on standard error. To be called before anything is.
    ///
    /// @param wanted our own level: `debug`, `info`, `warn`, `error`; anything else is `info`.
    ///   Libraries are heard from `warn` on
    static void configure(@Nullable String wanted) {
        ROOT.setLevel(Level.WARNING);
        ROOT.addHandler(new Lines(System.err, ZoneId.systemDefault()));
        OURS.setLevel(level(wanted));
    }

    private static LogManager ownManager() {
        System.setProperty("java.util.logging.manager", Manager.class.getName());
        return LogManager.getLogManager();
    }

    private static Level level(@Nullable String wanted) {
        return switch (String.valueOf(wanted).toLowerCase(Locale.ROOT)) {
            case "all", "trace" -> Level.ALL;
            case "debug" -> Level.FINE;
            case "warn" -> Level.WARNING;
            case "error" -> Level.SEVERE;
            case "off" -> Level.OFF;
            default -> Level.INFO;
        };
    }

    /// Writes one line an event, and what was thrown below it.
    static final class Lines extends Handler {
        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);

        private final PrintStream out;
        private final ZoneId zone;

        Lines(PrintStream out, ZoneId zone) {
            this.out = out;
            this.zone = zone;
        }

        @Override
        public void publish(LogRecord event) {
            out.writeBytes(text(event).getBytes(StandardCharsets.UTF_8));
        }

        private String text(LogRecord event) {
            StringWriter text = new StringWriter();
            PrintWriter line = new PrintWriter(text);
            Instant at = event.getInstant();
            line.printf("%s %-5s ", TIME.format(at.atZone(zone)), word(event.getLevel()));
            line.println(event.getMessage());
            Throwable thrown = event.getThrown();
            if (thrown != null) {
                thrown.printStackTrace(line);
            }
            return text.toString();
        }

        /// The words of SLF4J.
        private static String word(Level level) {
            if (level.intValue() >= Level.SEVERE.intValue()) {
                return "ERROR";
            }
            if (level.intValue() >= Level.WARNING.intValue()) {
                return "WARN";
            }
            if (level.intValue() >= Level.INFO.intValue()) {
                return "INFO";
            }
            return level.intValue() >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
        }

        @Override
        public void flush() {
            out.flush();
        }

        @Override
        public void close() {
            flush();
        }
    }
}

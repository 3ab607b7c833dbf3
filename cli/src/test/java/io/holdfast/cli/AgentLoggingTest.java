package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/// The lines of the agent's log; they look as those of the other commands.
class AgentLoggingTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private String logged(String zone, LogRecord event) {
        event.setInstant(Instant.parse("2026-11-22T09:07:05.004987Z"));
        new AgentLogging.Lines(new PrintStream(written), ZoneId.of(zone)).publish(event);
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLineIsTheTimeTheLevelAndTheMessage() {
        assertThat(
                        logged(
                                "Europe/Berlin",
                                new LogRecord(Level.INFO, "home.dyn.test: told 192.0.2.7")))
                .isEqualTo("2026-11-22T10:07:05.004+01:00 INFO  home.dyn.test: told 192.0.2.7\n");
    }

    @Test
    void theTimeInUtcEndsInZ() {
        assertThat(logged("UTC", new LogRecord(Level.SEVERE, "no disk")))
                .isEqualTo("2026-11-22T09:07:05.004Z ERROR no disk\n");
    }

    @Test
    void levelsHaveTheWordsOfTheOtherCommands() {
        for (Level level : new Level[] {Level.FINEST, Level.FINE, Level.WARNING}) {
            logged("UTC", new LogRecord(level, "x"));
        }
        assertThat(written.toString(StandardCharsets.UTF_8).lines().map(line -> line.split(" ")[1]))
                .containsExactly("TRACE", "DEBUG", "WARN");
    }

    @Test
    void bracesAndPercentSignsAreOnlyText() {
        LogRecord event = new LogRecord(Level.INFO, "{0} %s é");
        event.setParameters(new Object[] {"a password"});
        assertThat(logged("UTC", event)).endsWith(" INFO  {0} %s é\n");
    }

    @Test
    void whatWasThrownFollows() {
        LogRecord event = new LogRecord(Level.WARNING, "looking failed; trying on");
        event.setThrown(new IllegalStateException("why", new IllegalArgumentException("because")));
        assertThat(logged("UTC", event).lines())
                .startsWith(
                        "2026-11-22T09:07:05.004Z WARN  looking failed; trying on",
                        "java.lang.IllegalStateException: why")
                .contains("Caused by: java.lang.IllegalArgumentException: because");
    }
}

package io.holdfast.service.listen;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ComplaintsTest {
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final Complaints complaints = new Complaints(logger(), () -> now);

    @Test
    void theFirstIsSaidAtOnceAndAFloodIsCounted() {
        for (int i = 0; i < 1_000; i++) {
            complaints.warn("query " + i, new IllegalStateException());
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("query 0");

        now = now.plus(Complaints.PAUSE);
        complaints.warn("another", new IllegalStateException());
        complaints.warn("too soon", new IllegalStateException());
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "query 0", "another (and 999 more like it since the last warning)");
    }

    @Test
    void theCauseIsKept() {
        complaints.warn("query", new IllegalStateException("the cause"));

        assertThat(lines.list.getFirst().getThrowableProxy().getMessage()).isEqualTo("the cause");
    }

    private Logger logger() {
        Logger logger = new LoggerContext().getLogger(ComplaintsTest.class);
        lines.start();
        logger.addAppender(lines);
        return logger;
    }
}

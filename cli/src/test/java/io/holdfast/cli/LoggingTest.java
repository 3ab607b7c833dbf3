package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.holdfast.service.http.FrameworkAppender;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// What the command logs, as it configures that; the service's own tests have another
/// configuration.
class LoggingTest {
    private static final String SECRET = "Xy7secretXy7";

    @TempDir Path folder;

    @Test
    void leavesOutWhatStrangersMakeTheHttpFrameworkSay() throws Exception {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger("ROOT");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        try (AtWork service = AtWork.on(folder.resolve("data"))) {
            InetSocketAddress server = service.service().http().getFirst();
            for (int i = 0; i < 30; i++) {
                ask(server, "CONNECT /nic/update?token=" + SECRET + " HTTP/1.1\r\nHost: x\r\n\r\n");
                ask(server, "GET / HTTP/1.1\r\nHost: a:" + SECRET + "@[b\r\n\r\n");
                ask(server, "GET / HTTP/1.1\r\nHost: " + SECRET + " \u009b\r\n\r\n");
            }
        } finally {
            root.detachAppender(log);
        }

        String written =
                String.join(
                        "\n", log.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
        assertThat(written).contains("Bad Authority").doesNotContain(SECRET);
        assertThat(log.list).hasSizeLessThan(30);
        for (String name : FrameworkAppender.LOGGERS) {
            assertThat(context.getLogger(name).isAdditive()).as(name).isFalse();
        }
    }

    private static void ask(InetSocketAddress server, String request) throws IOException {
        try (Socket socket = new Socket(server.getAddress(), server.getPort());
                OutputStream out = socket.getOutputStream()) {
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
    }
}

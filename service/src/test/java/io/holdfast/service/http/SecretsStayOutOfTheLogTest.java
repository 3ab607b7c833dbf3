package io.holdfast.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.holdfast.service.RecordedLog;
import io.holdfast.service.web.LivePage;
import io.holdfast.service.web.StartPage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Whatever happens to a request, what it holds is not written down.
class SecretsStayOutOfTheLogTest {
    private static final String SECRET = "Xy7secretXy7";
    private static final String BASIC =
            "Host: dyn.test\nAuthorization: Basic YWxpY2U6WHk3c2VjcmV0WHk3\n"; // alice:SECRET

    @RegisterExtension final RecordedLog log = new RecordedLog();

    @Test
    void inGoodTimesAndBad() {
        String query =
                "?hostname=h1.dyn.test&myip=192.0.2.1&password=" + SECRET + "&token=" + SECRET;
        List<String> requests =
                List.of(
                        "GET /nic/update" + query + " HTTP/1.1\nHost: dyn.test\n\n",
                        "GET /nic/update" + query + " HTTP/1.1\n" + BASIC + "\n",
                        "GET /nic/update" + query + "&username=alice HTTP/1.0\n\n",
                        "GET /nic/update" + query + " HTTP/1.1\n\n", // no Host
                        "GET /nic/update" + query + " HTTP/9.9\n" + BASIC + "\n",
                        "GET /nic/%zz" + query + " HTTP/1.1\n" + BASIC + "\n",
                        "GET /nowhere/" + SECRET + query + " HTTP/1.1\n" + BASIC + "\n",
                        "GET /" + query + " HTTP/1.1\n" + BASIC + "\n",
                        "GET /broken" + query + " HTTP/1.1\n" + BASIC + "\n",
                        "PUT /nic/update" + query + " HTTP/1.1\n" + BASIC + "\n",
                        "GET /nic/update" + query + "z".repeat(9000) + " HTTP/1.1\n" + BASIC + "\n",
                        "GET /nic/update"
                                + query
                                + " HTTP/1.1\n"
                                + BASIC
                                + "X: "
                                + "z".repeat(9000)
                                + "\n\n",
                        "POST /nic/update HTTP/1.1\n" + BASIC + "Content-Length: 90000\n\n" + query,
                        "GET /nic/update"
                                + query
                                + " HTTP/1.1\n"
                                + BASIC
                                + "Authorization "
                                + SECRET
                                + "\n\n");
        Pages broken =
                routes ->
                        routes.get(
                                "/broken",
                                context -> {
                                    throw new IllegalStateException("a page is broken");
                                });
        try (Front good =
                        Front.with(
                                new StartPage(), broken, new LivePage("/live", "t", List.of("c")));
                Front bad =
                        Front.before(_ ->
                                CompletableFuture.failedFuture(
                                        new IllegalStateException("the store is broken")))) {
            for (String request : requests) {
                good.ask(request);
                bad.ask(request);
            }
            String update = "GET /nic/update?hostname=h1.dyn.test&token=" + SECRET;
            bad.ask(update + " HTTP/1.1\nHost: x\nAuthorization: Basic YWxpY2U6czNjcmV0\n\n");
        }

        String written = String.join("\n", log.events().stream().map(this::text).toList());
        assertThat(written)
                .contains("the store is broken", "a page is broken") // or we heard nothing
                .doesNotContain(SECRET)
                .doesNotContain("YWxpY2U6WHk3c2VjcmV0WHk3")
                .doesNotContain("hostname=");
    }

    /// 2,500 of these wrote 20 MB, with what they held. Jetty now and then closes the connection of
    /// one without an answer.
    @Test
    void andFloodsAreAFewLines() {
        try (Front front = Front.with()) {
            for (int i = 0; i < 200; i++) {
                for (String host :
                        List.of(
                                "alice:" + SECRET + "@dyn.test",
                                "[" + SECRET,
                                SECRET + ":99999999",
                                SECRET + "/x y",
                                "a\u009b" + SECRET,
                                "a\nHost: " + SECRET)) {
                    say(front, "GET /nic/update HTTP/1.1\nHost: " + host + "\n\n");
                }
                say(front, "GET /" + SECRET + "/..;/ HTTP/1.1\nHost: x\n\n");
                say(front, "GET http://alice:" + SECRET + "@x:y/ HTTP/1.1\nHost: x\n\n");
            }
        }

        List<String> lines = log.events().stream().map(this::text).toList();
        assertThat(lines).hasSizeLessThan(60);
        assertThat(String.join("\n", lines)).doesNotContain(SECRET).hasSizeLessThan(20_000);
    }

    private static void say(Front front, String request) {
        try (Wire wire = front.connect()) {
            boolean _ = wire.say(request).isAnswered();
        }
    }

    private String text(ILoggingEvent event) {
        String thrown =
                event.getThrowableProxy() == null
                        ? ""
                        : ThrowableProxyUtil.asString(event.getThrowableProxy());
        return event.getLoggerName() + " " + event.getFormattedMessage() + " " + thrown;
    }
}

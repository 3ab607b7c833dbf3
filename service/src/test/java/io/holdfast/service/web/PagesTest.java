package io.holdfast.service.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.service.RememberingDoor;
import io.holdfast.service.TestUpdates;
import io.holdfast.service.http.HttpFront;
import io.holdfast.service.http.HttpSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
    private final LivePage live = new LivePage("/live", "The loop <live>", List.of("time", "what"));
    private final HttpClient browser = HttpClient.newHttpClient();
    private HttpFront front;

    @BeforeEach
    void start() throws IOException {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        front =
                HttpFront.start(
                        new HttpSettings(List.of(loopback), List.of(), Set.of()),
                        TestUpdates.before(new RememberingDoor()),
                        List.of(new StartPage(), live));
    }

    @AfterEach
    void stop() {
        front.close();
        browser.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/live"})
    void areWholeInThemselves(String path) throws Exception {
        HttpResponse<String> page = browser.send(get(path), HttpResponse.BodyHandlers.ofString());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "style-src 'sha256-", "frame-ancestors 'none'");
        assertThat(page.body())
                .contains("<html lang=\"en\">", "<main>")
                .doesNotContain(" src=", "url(", "@import");
    }

    @Test
    void tellHowToPointAClientAtThisServer() throws Exception {
        HttpResponse<String> page = browser.send(get("/"), HttpResponse.BodyHandlers.ofString());

        assertThat(page.body())
                .contains(
                        "\"http://127.0.0.1:"
                                + port()
                                + "/nic/update?hostname=home.example.org&amp;");
    }

    @Test
    void showTheRowsSoFarAsATable() throws Exception {
        live.add(List.of("12:00", "<b>noticed</b> & \"decided\""));

        HttpResponse<String> page =
                browser.send(get("/live"), HttpResponse.BodyHandlers.ofString());

        assertThat(page.body())
                .contains("<h1>The loop &lt;live&gt;</h1>")
                .contains("<th scope=\"col\">time</th><th scope=\"col\">what</th>")
                .contains(
                        "<td>12:00</td><td data-of=\"what\">&lt;b&gt;noticed&lt;/b&gt; &amp;"
                                + " &quot;decided&quot;</td>");
    }

    @Test
    void showTheNewestRowFirst() throws Exception {
        live.add(List.of("1", "older"));
        live.add(List.of("2", "newer"));

        HttpResponse<String> page =
                browser.send(get("/live"), HttpResponse.BodyHandlers.ofString());

        assertThat(page.body())
                .contains(
                        """
                        <tbody data-next="2">
                        <tr><td>2</td><td data-of="what">newer</td></tr>
                        <tr><td>1</td><td data-of="what">older</td></tr>
                        """)
                .contains("body.insertRow(0)");
    }

    @Test
    void keepTheNewestRowsWithTheirNumbers() throws Exception {
        for (int i = 0; i < Rows.MOST + 5; i++) {
            live.add(List.of("row " + i, ""));
        }
        HttpResponse<String> page =
                browser.send(get("/live"), HttpResponse.BodyHandlers.ofString());

        assertThat(page.body())
                .contains("<td>row " + (Rows.MOST + 4) + "</td>", "<td>row 5</td>")
                .doesNotContain("<td>row 4</td>");
        try (BufferedReader events = events(get("/live/events?from=0"))) {
            assertThat(events.readLine()).isEqualTo("id: 5");
            assertThat(events.readLine()).isEqualTo("data: [\"row 5\",\"\"]");
        }
    }

    @Test
    void streamTheRowsThatFollow() throws Exception {
        live.add(List.of("1", "before the page"));
        live.add(List.of("2", "seen on the page"));
        try (BufferedReader events = events(get("/live/events?from=1"))) {
            assertThat(events.readLine()).isEqualTo("id: 1");
            assertThat(events.readLine()).isEqualTo("data: [\"2\",\"seen on the page\"]");
            assertThat(events.readLine()).isEmpty();

            live.add(List.of("3", "with \"quotes\",\nlines and ü"));

            assertThat(events.readLine()).isEqualTo("id: 2");
            assertThat(events.readLine())
                    .isEqualTo("data: [\"3\",\"with \\\"quotes\\\",\\u000alines and ü\"]");
        }
    }

    @Test
    void resumeTheStreamAfterTheLastRowThatTheBrowserHas() throws Exception {
        live.add(List.of("1", "a"));
        live.add(List.of("2", "b"));
        HttpRequest again =
                HttpRequest.newBuilder(get("/live/events?from=0"), (_, _) -> true)
                        .header("Last-Event-ID", "0")
                        .build();
        try (BufferedReader events = events(again)) {
            assertThat(events.readLine()).isEqualTo("id: 1");
        }
    }

    @Test
    void endTheirStreamsWhenTheServerStops() throws Exception {
        live.add(List.of("1", "a"));
        try (BufferedReader events = events(get("/live/events"))) {
            assertThat(events.readLine()).isEqualTo("id: 0");
            front.close();
            assertThat(events.lines()).hasSize(2); // the rest of the row, and no more
        }
    }

    @Test
    void sayInTheHeadlineHowThingsAreNow() throws Exception {
        live.headline("h1.dyn.test is at <192.0.2.1>");
        live.add(List.of("1", "a"));

        assertThat(browser.send(get("/live"), HttpResponse.BodyHandlers.ofString()).body())
                .contains("<title>The loop &lt;live&gt;</title>")
                .contains("<h1>h1.dyn.test is at &lt;192.0.2.1&gt;</h1>");
        try (BufferedReader events = events(get("/live/events?from=0"))) {
            assertThat(events.readLine()).isEqualTo("event: headline");
            assertThat(events.readLine()).isEqualTo("data: \"h1.dyn.test is at <192.0.2.1>\"");
            assertThat(events.readLine()).isEmpty();
            assertThat(events.readLine()).isEqualTo("id: 0");
        }
    }

    @Test
    void spanTheRestOfARowWithItsLastCell() throws Exception {
        LivePage wide = new LivePage("/wide", "t", List.of("a", "b", "c"));
        wide.add(List.of("1", "a sentence"));
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (HttpFront other =
                HttpFront.start(
                        new HttpSettings(List.of(loopback), List.of(), Set.of()),
                        TestUpdates.before(new RememberingDoor()),
                        List.of(wide))) {
            URI page =
                    URI.create(
                            "http://127.0.0.1:" + other.addresses().getFirst().getPort() + "/wide");
            assertThat(
                            browser.send(
                                            HttpRequest.newBuilder(page).build(),
                                            HttpResponse.BodyHandlers.ofString())
                                    .body())
                    .contains("<tr><td>1</td><td colspan=\"2\">a sentence</td></tr>");
        }
    }

    @Test
    void takeRowsThatFitTheTableOnly() {
        assertThatThrownBy(() -> live.add(List.of("1", "2", "3")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 cells in 2 columns");
    }

    private BufferedReader events(HttpRequest request) throws Exception {
        HttpResponse<InputStream> stream =
                browser.send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(stream.headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/event-stream");
        return new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
    }

    private HttpRequest get(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(20))
                .build();
    }

    private int port() {
        return front.addresses().getFirst().getPort();
    }
}

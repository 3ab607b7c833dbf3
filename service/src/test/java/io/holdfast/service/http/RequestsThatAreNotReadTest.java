package io.holdfast.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.service.change.UpdateOutcome;
import io.holdfast.service.host.Addresses;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is not read changes nothing, and has no status that a client could take for a success
/// (issue 15, B8).
class RequestsThatAreNotReadTest {
    private static final String QUERY = "?hostname=h1.dyn.test&myip=192.0.2.1";
    private static final String BASIC = "Host: dyn.test\nAuthorization: Basic YWxpY2U6czNjcmV0\n";

    private final Front front = Front.with();

    @AfterEach
    void stop() {
        front.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "HEAD", "get"})
    void areThoseOfOtherMethods(String method) {
        try (Wire wire = front.connect()) {
            String head =
                    wire.say(method + " /nic/update" + QUERY + " HTTP/1.1\n" + BASIC + "\n").head();

            assertThat(head)
                    .startsWith("HTTP/1.1 405 Method Not Allowed\r\n")
                    .contains("Allow: GET, POST\r\n");
        }
        assertThat(front.door.requests).isEmpty();
    }

    @Test
    void areOtherMethodsWithWhateverBody() {
        String body = "{\"myip\":\"192.0.2.1\"}";
        assertThat(front.ask(request("PUT", "Content-Type: application/json\n", body)))
                .startsWith("HTTP/1.1 405 ")
                .endsWith("\r\n\r\nbadagent\n");
        assertThat(front.door.requests).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    JSON                     | POST | Content-Type: application/json                   | {"myip":"192.0.2.1"}
                    JSON with GET            | GET  | Content-Type: application/json                   | {"myip":"192.0.2.1"}
                    JSON in another name     | POST | Content-Type: application/vnd.api+json           | {"myip":"192.0.2.1"}
                    text                     | POST | Content-Type: text/plain                         | myip=192.0.2.1
                    XML                      | POST | Content-Type: text/xml                           | <ip>192.0.2.1</ip>
                    parts of another kind    | POST | Content-Type: multipart/mixed; boundary=x        | --x--
                    JSON said to be a form   | POST | Content-Type: application/x-www-form-urlencoded  | {"myip":"192.0.2.1"}
                    a list said to be a form | POST | Content-Type: application/x-www-form-urlencoded  | ["192.0.2.1"]
                    XML without a type       | POST | X: y                                             | <ip>192.0.2.1</ip>
                    text without a type      | POST | X: y                                             | 192.0.2.1
                    a form in UTF-16         | POST | Content-Type: application/x-www-form-urlencoded; charset=utf-16 | myip=192.0.2.1
                    compressed               | POST | Content-Encoding: gzip                           | myip=192.0.2.1
                    """)
    void areBodiesOfOtherTypes(String what, String method, String header, String body) {
        String answer = front.ask(request(method, header + "\n", body));

        assertThat(answer)
                .startsWith("HTTP/1.1 415 Unsupported Media Type\r\n")
                .endsWith("\r\n\r\nbadagent\n");
        assertThat(front.door.requests).isEmpty();
    }

    @Test
    void areNotThoseWithoutABody() {
        String answer =
                front.ask(
                        "GET /nic/update"
                                + QUERY
                                + " HTTP/1.1\n"
                                + BASIC
                                + "Content-Type: application/json\nContent-Length: 0\n\n");

        assertThat(answer).endsWith("\r\n\r\ngood 192.0.2.1\n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a form            | POST | application/x-www-form-urlencoded                | hostname=h1.dyn.test&myip=192.0.2.1
                    with a charset    | POST | application/x-www-form-urlencoded; charset=UTF-8 | hostname=h1.dyn.test&myip=192.0.2.1
                    in another case   | POST | Application/X-WWW-Form-UrlEncoded                | hostname=h1.dyn.test&myip=192.0.2.1
                    with GET          | GET  | application/x-www-form-urlencoded                | hostname=h1.dyn.test&myip=192.0.2.1
                    """)
    void areNotForms(String what, String method, String type, String form) {
        String answer = front.ask(post(method, "Content-Type: " + type + "\n", form, ""));

        assertThat(answer).endsWith("\r\n\r\ngood 192.0.2.1\n");
    }

    /// As pfSense and PHP's curl send it.
    @ParameterizedTest
    @ValueSource(
            strings = {"boundary=----x7", "boundary=\"----x7\"", "charset=utf-8; boundary=----x7"})
    void areNotMultipartForms(String parameters) {
        String answer =
                front.ask(
                        post(
                                "POST",
                                "Content-Type: multipart/form-data; " + parameters + "\n",
                                part("hostname", "h1.dyn.test")
                                        + part("myip", "192.0.2.1,2001:DB8::7")
                                        + "------x7--\n",
                                ""));

        assertThat(answer).endsWith("\r\n\r\ngood 192.0.2.1,2001:db8::7\n");
    }

    @Test
    void areBrokenMultipartForms() {
        String file =
                """
                ------x7
                Content-Disposition: form-data; name="myip"; filename="a"

                192.0.2.1
                ------x7--
                """;
        String cut = part("myip", "192.0.2.1");
        String encoded =
                """
                ------x7
                Content-Disposition: form-data; name="myip"
                Content-Transfer-Encoding: base64

                MTkyLjAuMi4x
                ------x7--
                """;
        String type = "Content-Type: multipart/form-data; boundary=----x7\n";
        for (String body : List.of(file, cut, encoded, "nonsense")) {
            assertThat(front.ask(post("POST", type, body, "?hostname=h1.dyn.test")))
                    .startsWith("HTTP/1.1 400 ")
                    .endsWith("\r\n\r\nbadagent\n");
        }
        assertThat(front.ask(post("POST", "Content-Type: multipart/form-data\n", "x", "")))
                .startsWith("HTTP/1.1 400 ");
        assertThat(front.door.requests).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    chunks of no length | Transfer-Encoding: chunked | zz~myip
                    cut short           | Content-Length: 50         | myip=192.0.2.1
                    cut within a chunk  | Transfer-Encoding: chunked | 20~myip=192.0.2.1
                    """)
    void areBodiesThatAreNotWhole(String what, String header, String body) {
        String head = "POST /nic/update?hostname=h1.dyn.test HTTP/1.1\n" + BASIC;
        try (Wire wire = front.connect()) {
            wire.say(head + header + "\n\n" + body.replace("~", "\n")).sayNoMore();
            String answer = wire.head();

            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("the body is not whole");
        }
        assertThat(front.door.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Basic\tYWxpY2U6czNjcmV0",
                "Authorization:\tbasic  YWxpY2U6czNjcmV0\t",
                "AUTHORIZATION:BASIC YWxpY2U6czNjcmV0",
                "Authorization: Basic eDp5\nAuthorization: Basic YWxpY2U6czNjcmV0",
                "Authorization:\nAuthorization: Basic YWxpY2U6czNjcmV0",
            })
    void areNotThoseWithUnusualBlanksInTheirCredentials(String header) {
        String answer =
                front.ask(
                        "GET /nic/update"
                                + QUERY
                                + " HTTP/1.1\nHost: dyn.test\n"
                                + header
                                + "\n\n");

        assertThat(answer).endsWith("\r\n\r\ngood 192.0.2.1\n");
    }

    @Test
    void areThoseWithAFragment() {
        String answer =
                front.ask(
                        "GET /nic/update?hostname=h1.dyn.test#&myip=192.0.2.1 HTTP/1.1\n"
                                + BASIC
                                + "\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertThat(front.door.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json", "*/*"})
    void haveNoPathRepeatedToThem(String accept) {
        for (String method : List.of("GET", "POST", "DELETE", "HEAD")) {
            String request =
                    method
                            + " /u/S3cretInPath HTTP/1.1\nHost: dyn.test\nConnection: close\n"
                            + "Accept: "
                            + accept
                            + "\n\n";
            try (Wire wire = front.connect()) {
                String head = wire.say(request).head();
                assertThat(head).startsWith("HTTP/1.1 404 ").doesNotContain("S3cret");
                assertThat(method.equals("HEAD") ? "" : wire.rest()).doesNotContain("S3cret");
            }
        }
    }

    /// RFC 9112 §3.2.2.
    @Test
    void areNotThoseInAbsoluteFormWhateverHostSays() {
        String answer =
                front.ask(
                        "GET http://dyn.test/nic/update"
                                + QUERY
                                + " HTTP/1.1\n"
                                + BASIC.replace("dyn.test", "other.test:81")
                                + "\n");

        assertThat(answer).endsWith("\r\n\r\ngood 192.0.2.1\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h\u00fctte.dyn.test", "h%C3%BCtte.dyn.test", "XN--HTTE-0RA.dyn.test."})
    void areNotThoseForInternationalNames(String name) {
        front.ask(
                "GET /nic/update?hostname="
                        + utf8(name)
                        + "&myip=192.0.2.1 HTTP/1.1\n"
                        + BASIC
                        + "\n");

        assertThat(front.door.requests).hasSize(1);
        assertThat(front.door.requests.getFirst().host()).hasToString("xn--htte-0ra.dyn.test");
    }

    @ParameterizedTest
    @CsvSource({
        "/nic/update, 911",
        "/update?domains=h1&token=s3cret, KO",
        "/update/h1/s3cret, KO",
    })
    void areToldSoInOurWordWhileTheServiceStops(String target, String word) throws Exception {
        CompletableFuture<List<UpdateOutcome>> answer = new CompletableFuture<>();
        CountDownLatch asked = new CountDownLatch(1);
        Front stopping =
                Front.before(_ -> {
                    asked.countDown();
                    return answer;
                });
        String update = "GET /nic/update" + QUERY + " HTTP/1.1\n" + BASIC;
        try (Wire inHand = stopping.connect();
                Wire idle = stopping.connect();
                Wire arriving = stopping.connect()) {
            idle.say("GET /nic/update HTTP/1.1\nHost: dyn.test\n\n").hear();
            inHand.say(update + "\n");
            asked.await();
            arriving.say("GET " + target + " HTTP/1.1\n" + BASIC);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping::close);
            while (!idle.isClosedWithin(5)) {
                arriving.say("X: y\n"); // keeps it from being idle
            }

            assertThat(arriving.say("\n").hear())
                    .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                    .contains("Retry-After: ")
                    .matches(said -> said.strip().endsWith("\r\n\r\n" + word), word);
            answer.complete(List.of(new UpdateOutcome.Changed(Addresses.NONE)));
            assertThat(inHand.hear()).endsWith("good 192.0.2.1\n");
            stopped.join();
        }
    }

    private static String request(String method, String headers, String body) {
        return post(method, headers, body, "?hostname=h1.dyn.test");
    }

    private static String post(String method, String headers, String body, String query) {
        String octets = body.replace("\n", "\r\n");
        return method
                + " /nic/update"
                + query
                + " HTTP/1.1\n"
                + BASIC
                + headers
                + "Content-Length: "
                + octets.length()
                + "\n\n"
                + body;
    }

    private static String part(String name, String value) {
        return "------x7\nContent-Disposition: form-data; name=\"" + name + "\"\n\n" + value + "\n";
    }

    /// As the octets that [Wire] sends.
    private static String utf8(String text) {
        byte[] octets = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return new String(octets, java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}

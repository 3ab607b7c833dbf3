package io.holdfast.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.service.RecordedLog;
import io.holdfast.service.change.Door;
import io.holdfast.service.change.Refusal;
import io.holdfast.service.change.UpdateOutcome;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// DuckDNS, exchange by exchange (duckdns.org/spec.jsp): what is asked, what is answered, and what
/// the host has then. Alice's update key is `s3cret`, the secret of h1.dyn.test is `h1:secret`.
class DuckDnsTest {
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\n";

    @RegisterExtension final RecordedLog log = new RecordedLog();

    private final Front front = Front.with();

    @AfterEach
    void stop() {
        front.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a whole name             | /update?domains=h1.dyn.test&token=s3cret&ip=192.0.2.7   | OK | 192.0.2.7
                    without its zone         | /update?domains=h1&token=s3cret&ip=192.0.2.7            | OK | 192.0.2.7
                    in capitals              | /update?domains=H1&token=s3cret&ip=192.0.2.7            | OK | 192.0.2.7
                    the host's own secret    | /update?domains=h1&token=h1:secret&ip=192.0.2.7         | OK | 192.0.2.7
                    IPv6 as ip               | /update?domains=h1&token=s3cret&ip=2001:db8::7          | OK | 2001:db8:0:0:0:0:0:7
                    IPv6 as ipv6             | /update?domains=h1&token=s3cret&ipv6=2001:db8::7        | OK | 2001:db8:0:0:0:0:0:7
                    both                     | /update?domains=h1&token=s3cret&ip=192.0.2.7&ipv6=2001:db8::7 | OK | 192.0.2.7 2001:db8:0:0:0:0:0:7
                    the source, ip is blank  | /update?domains=h1&token=s3cret&ip=                     | OK | 127.0.0.1
                    the source, no ip at all | /update?domains=h1&token=s3cret                         | OK | 127.0.0.1
                    an empty ipv6 is no wish | /update?domains=h1&token=s3cret&ipv6=                   | OK | none
                    by path                  | /update/h1/s3cret/192.0.2.7                             | OK | 192.0.2.7
                    by path, from the source | /update/h1/s3cret                                       | OK | 127.0.0.1
                    by path, tidied          | //update//h1/s3cret/192.0.2.7/                          | OK | 192.0.2.7
                    by path, escaped         | /update/h1.dyn.test/h1%3Asecret/2001%3Adb8::7           | OK | 2001:db8:0:0:0:0:0:7
                    a wrong token            | /update?domains=h1&token=wrong&ip=192.0.2.7             | KO | none
                    a wrong token by path    | /update/h1/wrong/192.0.2.7                              | KO | none
                    no token                 | /update?domains=h1&token=&ip=192.0.2.7                  | KO | none
                    no domain                | /update?domains=&token=s3cret&ip=192.0.2.7              | KO | none
                    a domain that is none    | /update?domains=h9&token=s3cret&ip=192.0.2.7            | KO | none
                    one of two is none       | /update?domains=h1,h9&token=s3cret&ip=192.0.2.7         | KO | none
                    one of two is bob's      | /update?domains=h1,b1&token=s3cret&ip=192.0.2.7         | KO | none
                    another's own secret     | /update?domains=h1,h3&token=h1:secret&ip=192.0.2.7      | KO | none
                    in several zones         | /update?domains=h1,h2&token=s3cret&ip=192.0.2.7         | KO | none
                    no address               | /update?domains=h1&token=s3cret&ip=home                 | KO | none
                    no address by path       | /update/h1/s3cret/home                                  | KO | none
                    two addresses            | /update/h1/s3cret/192.0.2.7?ip=192.0.2.8                | KO | none
                    an address as ipv6       | /update?domains=h1&token=s3cret&ipv6=192.0.2.7          | KO | none
                    a text alone             | /update?domains=h1&token=s3cret&txt=proof               | KO | none
                    a text taken away        | /update?domains=h1&token=s3cret&txt=&clear=true         | KO | none
                    """)
    void isAnsweredInOneWord(String behaviour, String target, String word, String addresses) {
        assertThat(get(target)).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n" + word);
        assertThat(front.door.addressesOf("h1.dyn.test")).isEqualTo(addresses);
    }

    @Test
    void changesEveryDomainOfTheRequest() {
        assertThat(get("/update?domains=h1,h2.dyn.example,+h3,&token=s3cret&ip=192.0.2.7"))
                .endsWith("\r\n\r\nOK");
        assertThat(List.of("h1.dyn.test", "h2.dyn.example", "h3.dyn.test"))
                .allMatch(host -> front.door.addressesOf(host).equals("192.0.2.7"));
        assertThat(front.door.requests.getFirst().origin().front()).isEqualTo("duckdns");
    }

    @Test
    void tellsMoreWhenItIsAskedTo() {
        String both = "/update?domains=h1&token=s3cret&verbose=true&ip=192.0.2.7";
        String clear = "/update?domains=h1&token=s3cret&verbose=true&clear=true";

        assertThat(get(both)).endsWith("\r\n\r\nOK\n192.0.2.7\n\nUPDATED");
        assertThat(get(both)).endsWith("\r\n\r\nOK\n192.0.2.7\n\nNOCHANGE");
        assertThat(get(both + "&ipv6=2001:db8::7"))
                .endsWith("\r\n\r\nOK\n192.0.2.7\n2001:db8::7\nUPDATED");
        assertThat(get(clear)).endsWith("\r\n\r\nOK\n\n\nUPDATED");
        assertThat(get(both.replace("s3cret", "no"))).endsWith("\r\n\r\nKO");
        assertThat(get(both.replace("true", "false"))).endsWith("\r\n\r\nOK");
    }

    @Test
    void explainsInAHeaderAndNeverInTheBody() {
        assertThat(get("/update?domains=h2&token=s3cret&ip=192.0.2.7"))
                .contains(
                        "X-Holdfast-Reason: \"h2\" is one of h2.dyn.example, h2.dyn.test; write the"
                                + " whole name\r\n")
                .endsWith("\r\n\r\nKO");
        assertThat(get("/update?domains=h9&token=wrong"))
                .contains("X-Holdfast-Reason: no such user and secret\r\n")
                .doesNotContain("WWW-Authenticate");
    }

    @Test
    void readsAFormLikeAQuery() {
        String form = "domains=h1&token=s3cret&ip=192.0.2.7";
        String post = "POST /update HTTP/1.1\nHost: a\n" + FORM;

        assertThat(front.ask(post + "Content-Length: " + form.length() + "\n\n" + form))
                .endsWith("\r\n\r\nOK");
        assertThat(front.door.addressesOf("h1.dyn.test")).isEqualTo("192.0.2.7");
    }

    @ParameterizedTest
    @CsvSource({"PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"})
    void isNotReadByOtherMethods(String method) {
        for (String target : List.of("/update?domains=h1&token=s3cret", "/update/h1/s3cret")) {
            try (Wire wire = front.connect()) {
                String head = wire.say(method + " " + target + " HTTP/1.1\nHost: a\n\n").head();

                assertThat(head)
                        .startsWith("HTTP/1.1 405 ")
                        .contains("Allow: GET, POST\r\n", "Content-Length: 2\r\n");
            }
        }
        assertThat(front.door.requests).isEmpty();
    }

    @Test
    void isNotReadWithABodyOfAnotherType() {
        String json =
                "POST /update?domains=h1&token=s3cret HTTP/1.1\nHost: a\n"
                        + "Content-Type: application/json\nContent-Length: 2\n\n{}";

        assertThat(front.ask(json)).startsWith("HTTP/1.1 415 ").endsWith("\r\n\r\nKO");
        assertThat(front.door.requests).isEmpty();
    }

    @Test
    void isJudgedByItsTokenWhateverAuthorizationSays() {
        String request =
                """
                GET /update?domains=h1&token=s3cret&ip=192.0.2.7 HTTP/1.1
                Host: a
                Authorization: Basic Og==

                """;

        assertThat(front.ask(request)).endsWith("\r\n\r\nOK");
    }

    @Test
    void saysWhenToComeBackAfterTooManyWrongTokens() {
        try (Front trusting = Front.trusting("127.0.0.1")) {
            String answer =
                    trusting.ask(
                            """
                            GET /update?domains=h1&token=no HTTP/1.1
                            Host: a
                            X-Forwarded-For: 192.0.2.66

                            """);

            assertThat(answer)
                    .startsWith("HTTP/1.1 429 ")
                    .contains("Retry-After: 420\r\n")
                    .endsWith("\r\n\r\nKO");
        }
    }

    @Test
    void asksToComeAgainAfterAFaultOfOurs() {
        front.door.incident = Optional.of("the disk is full");

        assertThat(get("/update/h1/s3cret/192.0.2.7"))
                .startsWith("HTTP/1.1 503 ")
                .contains("Retry-After: 300\r\n", "X-Holdfast-Reason: the disk is full\r\n")
                .endsWith("\r\n\r\nKO");
    }

    @Test
    void isNotDoneForABlockedHostOrAgent() {
        Door abused =
                wishes ->
                        CompletableFuture.completedFuture(
                                List.of(new UpdateOutcome.Refused(Refusal.ABUSE, "too many")));
        try (Front other = Front.before(abused)) {
            String get = "GET /update/h1/s3cret HTTP/1.1\nHost: a\n";

            assertThat(other.ask(get + "\n"))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("X-Holdfast-Reason: too many\r\n")
                    .endsWith("\r\n\r\nKO");
            assertThat(other.ask(get + "User-Agent: BadBot/1.0\n\n"))
                    .contains("X-Holdfast-Reason: this client is not served here\r\n")
                    .endsWith("\r\n\r\nKO");
        }
    }

    @ParameterizedTest
    @CsvSource({"/update/h1", "/update/h1/s3cret/192.0.2.7/s3cret"})
    void hasNoOtherPaths(String path) {
        assertThat(get(path)).startsWith("HTTP/1.1 404 ").doesNotContain("s3cret");
    }

    /// Where name and token have changed places the token stands for a name, and looks like one.
    @Test
    void logsNoToken() {
        get("/update/h1.dyn.test/s3cret.token");
        get("/update/s3cret.token/h1.dyn.test");
        get("/update?domains=h1&token=s3cret.token");

        assertThat(log.messages())
                .filteredOn(line -> line.startsWith("update of h1.dyn.test refused: badauth"))
                .hasSize(2);
        assertThat(log.messages()).noneMatch(line -> line.contains("s3cret"));
    }

    private String get(String target) {
        return front.ask("GET " + target + " HTTP/1.1\nHost: a\n\n");
    }
}

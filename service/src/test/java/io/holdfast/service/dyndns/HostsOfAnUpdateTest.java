package io.holdfast.service.dyndns;

import static io.holdfast.service.dyndns.Conversation.reason;
import static io.holdfast.service.dyndns.Conversation.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which hosts an update is about, and the lines it is answered with (update-protocol §3.1, §7).
class HostsOfAnUpdateTest {
    private static final String MYIP = "&myip=192.0.2.1";

    private final Conversation dialect = new Conversation();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "one                          | hostname=h1.dyn.test                       | good",
                "three, the second unknown    | hostname=h1.dyn.test,x.dyn.test,h3.dyn.test| good / nohost / good",
                "blanks and empty items       | hostname=h1.dyn.test,+,+h2.dyn.test,       | good / good",
                "repeated parameter           | hostname=h1.dyn.test&hostname=h2.dyn.test  | good / good",
                "the same twice               | hostname=h1.dyn.test,H1.dyn.test.          | good / good",
                "several zones                | hostname=h1.dyn.test,h1.dyn.example        | good / good",
                "wildcard                     | hostname=*.h1.dyn.test                     | nohost",
                "not qualified                | hostname=h1                                | notfqdn",
                "not qualified among others   | hostname=h1.dyn.test,h1,h2.dyn.test        | good / notfqdn / good",
                "empty label                  | hostname=h1..dyn.test                      | notfqdn",
                "a blank inside               | hostname=h1+.dyn.test                      | notfqdn",
                "a bad character              | hostname=h1.dyn.test%0d%0aX:y              | notfqdn",
                "a placeholder                | hostname=<domain>                          | notfqdn",
                "an address                   | hostname=h1.dyn.test/                      | notfqdn",
                "a label that ends in -       | hostname=h1-.dyn.test                      | notfqdn",
                "Unicode                      | hostname=h%C3%BCtte.dyn.test               | nohost",
                "bad UTF-8                    | hostname=h%C3.dyn.test                     | notfqdn",
                "IDNA 2003 converts this one  | hostname=hei%C3%9F.dyn.test                | notfqdn",
                "unassigned in Unicode 3.2    | hostname=h%F0%9F%A6%8A.dyn.test            | notfqdn",
                "synonym host                 | host=h1.dyn.test                           | good",
                "synonym domain               | domain=h1.dyn.test                         | good",
                "synonym Hostname             | Hostname=h1.dyn.test                       | good",
                "the dyndns1 habit            | hostname=YES&host_id=h1.dyn.test           | good",
                "hostname before host_id      | hostname=h1.dyn.test&host_id=h2.dyn.test   | good",
            })
    void areAnsweredInOrder(String behaviour, String query, String words) {
        Reply reply = dialect.alice(query + MYIP);

        assertThat(text(reply).replace(" 192.0.2.1", "")).isEqualTo("200 " + words);
        assertThat(reply.body()).endsWith("\n");
    }

    @Test
    void areAskedForOnceHoweverOftenTheyAreNamed() {
        dialect.alice("hostname=h1.dyn.test,h2.dyn.test,h1.dyn.test" + MYIP);

        assertThat(dialect.door.requests).hasSize(2);
    }

    @Test
    void areConvertedToAsciiLabels() {
        dialect.alice("hostname=H%C3%9Ctte.dyn.test" + MYIP);

        assertThat(dialect.door.requests.getFirst().host()).hasToString("xn--htte-0ra.dyn.test");
    }

    @Test
    void areTwentyAtMost() {
        assertThat(dialect.alice("hostname=" + hosts(20) + MYIP).body().lines()).hasSize(20);
        assertThat(text(dialect.alice("hostname=" + hosts(21) + MYIP))).isEqualTo("200 numhost");
    }

    @Test
    void areTheCredentialsOwnWhenNoneIsNamed() {
        Reply host = dialect.basic("h1.dyn.test:h1:secret", "myip=192.0.2.1");
        Reply account = dialect.alice("myip=192.0.2.1");
        Reply empty = dialect.alice("hostname=&myip=192.0.2.1");

        assertThat(text(host)).isEqualTo("200 good 192.0.2.1");
        assertThat(text(account)).isEqualTo("200 notfqdn");
        assertThat(text(empty)).isEqualTo("200 notfqdn");
        assertThat(reason(empty)).isEqualTo("hostname is missing");
    }

    @Test
    void areNotOthersThanTheHostWhoseSecretItIs() {
        Reply reply = dialect.basic("h1.dyn.test:h1:secret", "hostname=h1.dyn.test,h2.dyn.test");

        assertThat(text(reply)).isEqualTo("200 good 203.0.113.99 / nohost");
        assertThat(reason(reply)).isEqualTo("no host h2.dyn.test for this credential");
    }

    @Test
    void areExplainedOnceAndSafely() {
        Reply reply = dialect.alice("hostname=a%0d%0aSet-Cookie:x,b,a%0d%0aSet-Cookie:x");

        assertThat(reason(reply))
                .isEqualTo(
                        "\"a<U+000D><U+000A>Set-Cookie:x\" is not a fully qualified name;"
                                + " \"b\" is not a fully qualified name");
    }

    @Test
    void areNoLongerThanNamesCanBe() {
        Reply reply = dialect.alice("hostname=" + "a.".repeat(4_000) + "test" + MYIP);

        assertThat(text(reply)).isEqualTo("200 notfqdn");
        assertThat(reason(reply)).isEqualTo("\"" + "a.".repeat(30) + "...\" is too long");
    }

    @Test
    void shareOneLineWhenTheFaultIsOurs() {
        dialect.door.incident = Optional.of("store is full");

        Reply reply = dialect.alice("hostname=h1.dyn.test,h2.dyn.test" + MYIP);

        assertThat(text(reply)).isEqualTo("503 911");
        assertThat(reply.headers()).containsEntry("Retry-After", "300");
        assertThat(reason(reply)).isEqualTo("store is full");
    }

    private static String hosts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "h" + i + ".dyn.test")
                .collect(Collectors.joining(","));
    }

    @Test
    void mayBeAsManyCharactersAsFitWithoutHarm() {
        String many = String.join(",", Collections.nCopies(2_000, "h1.dyn.test"));

        assertThat(text(dialect.alice("hostname=" + many))).isEqualTo("200 numhost");
        assertThat(dialect.door.requests).isEqualTo(List.of());
    }
}

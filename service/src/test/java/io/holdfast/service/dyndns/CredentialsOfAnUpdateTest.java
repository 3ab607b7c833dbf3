package io.holdfast.service.dyndns;

import static io.holdfast.service.dyndns.Dialect.reason;
import static io.holdfast.service.dyndns.Dialect.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may ask, and how those are turned away who may not (update-protocol §4, §5).
class CredentialsOfAnUpdateTest {
    private static final String UPDATE = "hostname=h1.dyn.test&myip=192.0.2.1";

    private final Dialect dialect = new Dialect();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "account and key            | alice:s3cret          | 200 good 192.0.2.1",
                "host and secret with colon | h1.dyn.test:h1:secret | 200 good 192.0.2.1",
                "wrong key                  | alice:S3cret          | 401 badauth",
                "empty key                  | alice:                | 401 badauth",
                "unknown user               | bob:s3cret            | 401 badauth",
                "the secret alone           | :h1:secret            | 200 good 192.0.2.1",
            })
    void areBasic(String behaviour, String userAndSecret, String answer) {
        assertThat(text(dialect.basic(userAndSecret, UPDATE))).isEqualTo(answer);
    }

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Bearer h1:secret          |                                  | 200 good 192.0.2.1",
                "Token h1:secret           |                                  | 200 good 192.0.2.1",
                "token h1:secret           |                                  | 200 good 192.0.2.1",
                "Bearer s3cret             | &username=alice                  | 200 good 192.0.2.1",
                "Bearer s3cret             |                                  | 401 badauth",
                "Bearer wrong              | &username=alice&password=s3cret  | 200 good 192.0.2.1",
                "Bearer wrong              | &token=h1:secret                 | 200 good 192.0.2.1",
                "Basic Ym9iOnMzY3JldA==    | &token=h1:secret                 | 200 good 192.0.2.1",
                "Basic Ym9iOnMzY3JldA==    | &user=alice&pass=s3cret          | 200 good 192.0.2.1",
                "Basic YWxpY2U6czNjcmV0    | &user=bob&pass=wrong             | 200 good 192.0.2.1",
                "Basic Ym9iOnMzY3JldA==    | &password=guess                  | 401 badauth",
                "                          | &password=guess&token=h1:secret  | 200 good 192.0.2.1",
                "                          | &username=alice&password=s3cret  | 200 good 192.0.2.1",
                "                          | &user=alice&pass=s3cret          | 200 good 192.0.2.1",
                "                          | &token=h1:secret                 | 200 good 192.0.2.1",
                "                          | &username=alice&password=wrong   | 401 badauth",
                "                          | &username=alice                  | 401 badauth",
                "''                        | &username=alice&password=s3cret  | 200 good 192.0.2.1",
                "Basic Og==                | &token=h1:secret                 | 200 good 192.0.2.1",
                "Basic Og==                | &username=alice&password=s3cret  | 200 good 192.0.2.1",
                "Basic                     | &token=h1:secret                 | 200 good 192.0.2.1",
                "Basic ICA6ICA=            | &token=h1:secret                 | 200 good 192.0.2.1",
                "Basic YWxpY2U6            | &username=alice&password=s3cret  | 200 good 192.0.2.1",
                "Basic %%%                 | &token=h1:secret                 | 200 good 192.0.2.1",
                "Basic bm9jb2xvbg==        | &token=h1:secret                 | 200 good 192.0.2.1",
                "Bearer                    | &token=h1:secret                 | 200 good 192.0.2.1",
                "Digest username=\"alice\"  | &token=h1:secret                 | 200 good 192.0.2.1",
                "Negotiate abc             | &user=alice&key=s3cret           | 200 good 192.0.2.1",
                "s3cret                    | &user=alice&pass=s3cret          | 200 good 192.0.2.1",
                "Basic Og==                | &token=wrong                     | 401 badauth",
                "Basic Og==                | &token=                          | 401 badauth",
            })
    void mayTravelOtherwise(String header, String parameters, String answer) {
        Reply reply =
                dialect.ask(
                        Optional.ofNullable(header),
                        UPDATE + (parameters == null ? "" : parameters));

        assertThat(text(reply)).isEqualTo(answer);
    }

    @Test
    void areCheckedOnceARequestAndOnlyTheFirstFour() {
        String secrets = "&password=a&pass=b&token=c&key=h1:secret";
        Reply reply = dialect.basic("bob:s3cret", UPDATE + secrets);

        assertThat(text(reply)).isEqualTo("401 badauth");
        assertThat(dialect.gate.asked).containsExactly("bob,h1.dyn.test,h1.dyn.test,h1.dyn.test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Basic", "Basic Og==", "Basic YWxpY2U6", "Bearer "})
    void areAskedForWithAChallengeThatCountsAsNoFailure(String header) {
        Reply reply = dialect.ask(Optional.of(header).filter(h -> !h.isEmpty()), UPDATE);

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body()).isEqualTo("badauth");
        assertThat(reply.headers()).containsEntry("WWW-Authenticate", "Basic realm=\"Holdfast\"");
        assertThat(dialect.gate.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic",
                "Basic ",
                "Basic %%%",
                "Basic YWxpY2U=",
                "Basic YWxpY2U6czNjcmV0=====",
                "Digest username=\"alice\"",
                "Negotiate abc",
                "YWxpY2U6czNjcmV0",
                "Bearer"
            })
    void areChallengedWhenNobodyCanReadThem(String header) {
        Reply reply = dialect.ask(Optional.of(header), UPDATE);

        assertThat(text(reply)).isEqualTo("401 badauth");
        assertThat(reply.headers()).containsKey("WWW-Authenticate");
        assertThat(dialect.gate.asked).isEmpty();
    }

    @Test
    void thatAreNotUtf8AreWrongAndNoMore() {
        String latin1 = "Basic " + Base64.getEncoder().encodeToString(new byte[] {-28, ':', -4});

        assertThat(text(dialect.ask(Optional.of(latin1), UPDATE))).isEqualTo("401 badauth");
    }

    @Test
    void thatAreWrongOnceTooOftenAreToldWhenToComeBack() {
        Reply reply = dialect.from("192.0.2.66").basic("alice:wrong", UPDATE);

        assertThat(text(reply)).isEqualTo("429 badauth");
        assertThat(reply.headers())
                .containsEntry("Retry-After", "420")
                .containsKey("WWW-Authenticate");
    }

    @Test
    void areInNoTextThatCouldBeLogged() {
        UpdateRequest request =
                new UpdateRequest(
                        "GET",
                        Parameters.of("password=s3cret"),
                        List.of("Bearer s3cret"),
                        new Source(InetAddress.ofLiteral("192.0.2.1"), true),
                        "curl");

        assertThat(request.toString()).isEqualTo("UpdateRequest[GET from 192.0.2.1]");
        assertThat(Credential.of(request).toString()).doesNotContain("s3cret");
    }

    @ParameterizedTest(name = "system={0}: {1}")
    @CsvSource({
        "dyndns, 200 good 192.0.2.1", "statdns, 200 good 192.0.2.1", "custom, 200 good 192.0.2.1",
        "noip, 200 good 192.0.2.1", "'', 200 good 192.0.2.1", "none, 200 badsys"
    })
    void comeBeforeTheSystem(String system, String answer) {
        assertThat(text(dialect.alice(UPDATE + "&system=" + system))).isEqualTo(answer);
        assertThat(text(dialect.basic("alice:no", UPDATE + "&system=" + system)))
                .isEqualTo("401 badauth");
    }

    @Test
    void areNotEvenReadFromABlockedAgentOrAnUnusualMethod() {
        assertThat(text(dialect.agent("BadBot/1.0").alice(UPDATE))).isEqualTo("200 badagent");
        assertThat(text(dialect.agent("BadBot/2").alice(UPDATE))).isEqualTo("200 good 192.0.2.1");
        assertThat(text(dialect.agent("").alice(UPDATE))).isEqualTo("200 nochg 192.0.2.1");
        assertThat(text(dialect.method("PUT").alice(UPDATE))).isEqualTo("405 badagent");
        assertThat(text(dialect.method("HEAD").alice(UPDATE))).isEqualTo("405 badagent");
        assertThat(dialect.gate.asked).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hostname=x.dyn.test",
                "hostname=x",
                "myip=192.0.2.1",
                "system=x",
                "hostname=h1.dyn.test&myip=goodnochgoktrueupdatedsuccess",
            })
    void errorBodiesHoldNothingThatAClientTakesForASuccess(String query) {
        for (String body :
                List.of(dialect.alice(query).body(), dialect.basic("alice:no", query).body())) {
            assertThat(body.toLowerCase(Locale.ROOT))
                    .doesNotContain("good", "nochg", "ok", "true", "updated", "success");
        }
        assertThat(reason(dialect.alice(query))).isNotEmpty();
    }
}

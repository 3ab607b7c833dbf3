package io.holdfast.service.dyndns;

import static io.holdfast.service.dyndns.Conversation.reason;
import static io.holdfast.service.dyndns.Conversation.text;
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

    private final Conversation dialect = new Conversation();

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
                "any user, the host's own   | admin:h1:secret       | 200 good 192.0.2.1",
                "another host, its secret   | h2.dyn.test:h1:secret | 200 good 192.0.2.1",
                "an account, the host's own | alice:h1:secret       | 200 good 192.0.2.1",
                "the host, an account's key | h1.dyn.test:s3cret    | 401 badauth",
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
                "BASIC YWxpY2U6czNjcmV0    |                                  | 200 good 192.0.2.1",
                "basic YWxpY2U6czNjcmV0    |                                  | 200 good 192.0.2.1",
                "'Basic\tYWxpY2U6czNjcmV0' |                                  | 200 good 192.0.2.1",
                "'Basic \t YWxpY2U6czNjcmV0' |                                | 200 good 192.0.2.1",
                "'Bearer\th1:secret'       |                                  | 200 good 192.0.2.1",
                "'Basic\t'                 | &token=h1:secret                 | 200 good 192.0.2.1",
                "                          | &username=x&token=h1:secret      | 200 good 192.0.2.1",
                "                          | &user=x&password=h1:secret       | 200 good 192.0.2.1",
                "                          | &username=x&user=alice&key=s3cret | 200 good 192.0.2.1",
                "                          | &username=alice&pass=h1:secret   | 200 good 192.0.2.1",
                "                          | &username=x&token=s3cret         | 401 badauth",
                "                          | &username=x&token=wrong          | 401 badauth",
                "Basic YWRtaW46aDE6c2VjcmV0 | &token=wrong                    | 200 good 192.0.2.1",
                "Basic YWRtaW46eA==        | &username=x&key=h1:secret        | 200 good 192.0.2.1",
                "Basic YWRtaW46czNjcmV0    | &username=alice                  | 200 good 192.0.2.1",
                "Basic eDpoMTpzZWNyZXQ=    | &username=alice                  | 200 good 192.0.2.1",
                "Digest a=b                | &username=x&token=h1:secret      | 200 good 192.0.2.1",
                "Digest a=b                | &username=x&token=wrong          | 401 badauth",
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
        assertThat(dialect.gate.asked)
                .containsExactly("bob h1.dyn.test,h1.dyn.test,h1.dyn.test,h1.dyn.test");
    }

    /// The secret of a host is good for that host, wherever it stands in the request, and for no
    /// other.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "hostname=h2.dyn.test,h1.dyn.test&token=h1:secret            | 200 nohost / good 192.0.2.1",
                "hostname=h1.dyn.test,h2.dyn.test&username=x&token=h1:secret | 200 good 192.0.2.1 / nohost",
                "hostname=h2.dyn.test&username=x&token=h1:secret             | 401 badauth",
                "hostname=h2.dyn.test&username=h1.dyn.test&token=h1:secret   | 200 nohost",
                "username=h1.dyn.test&token=h1:secret                        | 200 good 192.0.2.1",
                "username=x&token=h1:secret                                  | 401 badauth",
                "token=h1:secret                                             | 401 badauth",
                "hostname=h1.dyn.test.evil.test&username=x&token=h1:secret   | 401 badauth",
            })
    void ofAHostAreGoodForThatHost(String query, String answer) {
        Reply reply = dialect.ask(Optional.empty(), "myip=192.0.2.1&" + query);

        assertThat(text(reply)).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&username=x",
                "&username=x&user=y&password=&pass=+&token=&key=",
                "&username=h1.dyn.test"
            })
    void areNotAskedForByCountingAFailure(String parameters) {
        for (String header : List.of("", "Basic", "Basic Og==", "Digest a=b", "Basic eDo=", "x")) {
            Reply reply = dialect.ask(Optional.of(header), UPDATE + parameters);

            assertThat(text(reply)).isEqualTo("401 badauth");
        }
        assertThat(dialect.gate.asked).isEmpty();
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
                        "/update/home/s3cret",
                        Parameters.of("password=s3cret"),
                        _ -> List.of("Bearer s3cret"),
                        "token=s3cret",
                        new Source(InetAddress.ofLiteral("192.0.2.1"), true));

        assertThat(request.toString()).isEqualTo("UpdateRequest[GET from 192.0.2.1]");
        assertThat(new Dyndns2().credential(request).toString()).doesNotContain("s3cret");
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

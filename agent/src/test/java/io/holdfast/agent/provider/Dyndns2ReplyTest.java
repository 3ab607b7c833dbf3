package io.holdfast.agent.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.http.HttpReply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Replies as servers send them (update-protocol.md §5 to §7), and what they mean.
class Dyndns2ReplyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    a new address is good                        | 192.0.2.7 | 200 | good 192.0.2.7              | Accepted 192.0.2.7
                    deSEC says good and no more                  | 192.0.2.7 | 200 | good                        | Accepted 192.0.2.7
                    line ends and blank lines do not matter      | 192.0.2.7 | 200 | `\\r\\ngood 192.0.2.7\\r\\n\\r\\n`| Accepted 192.0.2.7
                    the same address is already right            | 192.0.2.7 | 200 | nochg 192.0.2.7             | AlreadyRight 192.0.2.7
                    No-IP joins a pair by a comma                | 192.0.2.7,2001:db8::7 | 200 | good 192.0.2.7,2001:db8::7 | Accepted 192.0.2.7,2001:db8::7
                    dyndnsd joins a pair by a space              | 192.0.2.7,2001:db8::7 | 200 | good 192.0.2.7 2001:db8::7 | Accepted 192.0.2.7,2001:db8::7
                    nsupdate.info has a line for each family     | 192.0.2.7,2001:db8::7 | 200 | good 192.0.2.7\\nnochg 2001:db8::7 | Accepted 192.0.2.7,2001:db8::7
                    a reply about one family confirms that one   | 192.0.2.7,2001:db8::7 | 200 | good 192.0.2.7  | Accepted 192.0.2.7
                    a reply may name the other family as well    | 192.0.2.7 | 200 | good 192.0.2.7,2001:db8::7  | Accepted 192.0.2.7
                    IPv6 in another spelling is the same         | 2001:db8::7 | 200 | good 2001:DB8:0:0:0:0:0:7 | Accepted 2001:db8::7
                    good for 127.0.0.1 means ignored             | 192.0.2.7 | 200 | good 127.0.0.1              | Refused good 127.0.0.1
                    also to an update of IPv6 alone              | 2001:db8::7 | 200 | good 127.0.0.1            | Refused good 127.0.0.1
                    good for another address is not ours         | 192.0.2.7 | 200 | good 198.51.100.1           | AddressRefused good, has 198.51.100.1
                    a reply about the other family alone is none | 2001:db8::7 | 200 | good 192.0.2.7            | Unconfirmed 10 min to 360 min
                    good with something behind it is not clear   | 192.0.2.7 | 200 | good morning                | Unconfirmed 10 min to 360 min
                    words with good in them are not good         | 192.0.2.7 | 200 | goodbye                     | Unconfirmed 10 min to 360 min
                    a shouted GOOD is not in the protocol        | 192.0.2.7 | 200 | GOOD 192.0.2.7              | Unconfirmed 10 min to 360 min
                    an HTML page is not a yes                    | 192.0.2.7 | 200 | <html>good 192.0.2.7</html> | Unconfirmed 10 min to 60 min
                    nor is one with good on a line of its own    | 192.0.2.7 | 200 | <html>\\ngood\\n</html>     | Unconfirmed 10 min to 60 min
                    nothing is not a yes                         | 192.0.2.7 | 200 | ``                          | Unconfirmed 10 min to 360 min
                    204 is not a yes                             | 192.0.2.7 | 204 | ``                          | Unconfirmed 10 min to 360 min
                    good with an error status is not a yes       | 192.0.2.7 | 500 | good 192.0.2.7              | Unconfirmed 10 min to 360 min
                    DuckDNS's OK is another protocol             | 192.0.2.7 | 200 | OK                          | Unconfirmed 10 min to 360 min
                    one bad line among good ones counts          | 192.0.2.7,2001:db8::7 | 200 | good 192.0.2.7\\nnohost | Refused nohost
                    a wrong password stops                       | 192.0.2.7 | 401 | badauth                     | Refused badauth
                    401 says so without the word                 | 192.0.2.7 | 401 | <html>Unauthorized</html>   | Refused badauth
                    badauth with status 200 (old Dyn) stops      | 192.0.2.7 | 200 | badauth                     | Refused badauth
                    badauth may have an explanation behind it    | 192.0.2.7 | 200 | badauth token expired       | Refused badauth
                    !donator stops                               | 192.0.2.7 | 200 | !donator                    | Refused !donator
                    !active stops                                | 192.0.2.7 | 200 | !active                     | Refused !active
                    !yours stops, with teleddns's 403            | 192.0.2.7 | 403 | !yours                      | Refused !yours
                    notfqdn refuses the address                  | 192.0.2.7 | 200 | notfqdn                     | AddressRefused notfqdn
                    nofqdn is notfqdn misspelt                   | 192.0.2.7 | 200 | nofqdn                      | AddressRefused nofqdn
                    nohost stops                                 | 192.0.2.7 | 200 | nohost                      | Refused nohost
                    numhost stops                                | 192.0.2.7 | 200 | numhost                     | Refused numhost
                    numhost for two may mean the two             | 192.0.2.7,2001:db8::7 | 200 | numhost         | AddressRefused numhost
                    badrequest may be about the address          | 192.0.2.7 | 400 | badrequest                  | AddressRefused badrequest
                    badsys stops                                 | 192.0.2.7 | 200 | badsys                      | Refused badsys
                    badagent stops                               | 192.0.2.7 | 200 | badagent                    | Refused badagent
                    abuse blocks                                 | 192.0.2.7 | 200 | abuse                       | Blocked abuse
                    dy.fi's badip refuses the address            | 192.0.2.7 | 200 | badip 192.0.2.7             | AddressRefused badip
                    Google's conflict is the family's            | 192.0.2.7 | 200 | conflict A                  | AddressRefused conflict
                    911 waits for half an hour                   | 192.0.2.7 | 200 | 911                         | Later 30 min to 360 min
                    so it does with 503                          | 192.0.2.7 | 503 | 911                         | Later 30 min to 360 min
                    so does dnserr                               | 192.0.2.7 | 200 | dnserr                      | Later 30 min to 360 min
                    w10h waits for ten hours                     | 192.0.2.7 | 200 | w10h                        | Later 600 min to 600 min
                    w5m waits for five minutes                   | 192.0.2.7 | 200 | w5m Wait a little           | Later 5 min to 5 min
                    w99h waits for a day and not for four        | 192.0.2.7 | 200 | w99h                        | Later 1440 min to 1440 min
                    being asked too often waits                  | 192.0.2.7 | 429 | Too many requests           | Later 10 min to 360 min
                    a status that refuses without a word waits   | 192.0.2.7 | 404 | <html>Not found</html>      | Later 10 min to 60 min
                    a status of trouble may have taken effect    | 192.0.2.7 | 502 | <html>Bad gateway</html>    | Unconfirmed 10 min to 60 min
                    """)
    void repliesMean(String behaviour, String sent, int status, String body, String expected)
            throws IOException {
        assertThat(meaning(sent, status, "", body.translateEscapes())).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    seconds                        | 503 | Retry-After: 90                            | 911     | Later 1 min to 1 min
                    a date                         | 503 | Retry-After: Sun, 22 Nov 2026 13:00:00 GMT | 911     | Later 60 min to 60 min
                    a date, by the server's clock  | 503 | Retry-After: Sat, 22 Nov 2036 13:00:00 GMT~Date: Sat, 22 Nov 2036 12:30:00 GMT | 911 | Later 30 min to 30 min
                    a date that has passed         | 503 | Retry-After: Sun, 22 Nov 2026 11:00:00 GMT | 911     | Later 0 min to 0 min
                    a year is cut to a day         | 429 | Retry-After: 31536000                      | busy    | Later 1440 min to 1440 min
                    what nobody can read           | 429 | Retry-After: soon                          | busy    | Later 10 min to 360 min
                    with 5xx and no word           | 503 | Retry-After: 120                           | busy    | Unconfirmed 2 min to 2 min
                    abuse till then                | 200 | Retry-After: 3600                          | abuse   | Blocked abuse for 60 min
                    a busy server dressed in HTML  | 429 | Retry-After: 7200                          | <html>busy</html> | Later 120 min to 120 min
                    what a page in the way asks    | 200 | Retry-After: 86400                         | <html>log in</html> | Unconfirmed 10 min to 60 min
                    and one that refuses           | 403 | Retry-After: 86400                         | <html>log in</html> | Later 10 min to 60 min
                    one that is hardly a page      | 511 | Content-Type: text/html; charset=utf-8     | log in  | Unconfirmed 10 min to 60 min
                    401 with it is a lock-out      | 401 | Retry-After: 900                           | badauth | Later 15 min to 15 min
                    """)
    void retryAfterIsKept(String behaviour, int status, String header, String body, String expected)
            throws IOException {
        assertThat(meaning("192.0.2.7", status, header.replace("~", "\r\n") + "\r\n", body))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    moved for good      | 301 | Later 10 min to 60 min
                    moved for good, too | 308 | Later 10 min to 60 min
                    a log-in page, say  | 302 | Later 10 min to 60 min
                    another one         | 307 | Later 10 min to 60 min
                    """)
    void redirectsAreNeverFollowedAndNameTheirTarget(String behaviour, int status, String expected)
            throws IOException {
        String header = "Location: https://elsewhere.example/login\r\n";
        ProviderReply reply = reply("192.0.2.7", status, header, "good 192.0.2.7");
        assertThat(text(reply)).isEqualTo(expected);
        assertThat(reply.toString()).contains("https://elsewhere.example/login");
    }

    private static String meaning(String sent, int status, String headers, String body)
            throws IOException {
        return text(reply(sent, status, headers, body));
    }

    private static ProviderReply reply(String sent, int status, String headers, String body)
            throws IOException {
        String wire = "HTTP/1.1 " + status + " Any\r\n" + headers + "\r\n" + body;
        HttpReply reply =
                HttpReply.read(new ByteArrayInputStream(wire.getBytes(StandardCharsets.UTF_8)));
        return new Dyndns2Reply(Addresses.parse(sent), NOW).read(reply);
    }

    private static String text(ProviderReply reply) {
        return switch (reply) {
            case ProviderReply.Accepted(Addresses confirmed) -> "Accepted " + confirmed;
            case ProviderReply.AlreadyRight(Addresses confirmed) -> "AlreadyRight " + confirmed;
            case ProviderReply.Refused(String word, _, _) -> "Refused " + word;
            case ProviderReply.AddressRefused(String word, _, _, Addresses instead) ->
                    "AddressRefused " + word + (instead.isEmpty() ? "" : ", has " + instead);
            case ProviderReply.Blocked(String word, _, _, Optional<Duration> named) ->
                    "Blocked " + word + named.map(time -> " for " + minutes(time)).orElse("");
            case ProviderReply.Later(_, Pause pause) -> "Later " + text(pause);
            case ProviderReply.Unconfirmed(_, Pause pause) -> "Unconfirmed " + text(pause);
            case ProviderReply.NotSent(_, Pause pause) -> "NotSent " + text(pause);
        };
    }

    private static String text(Pause pause) {
        return minutes(pause.first()) + " to " + minutes(pause.longest());
    }

    private static String minutes(Duration duration) {
        return duration.toMinutes() + " min";
    }
}

package io.holdfast.agent.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.holdfast.agent.address.AddressSource.Observation;
import io.holdfast.net.address.AddressText;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pages as servers, modems and hotels send them.
class ReadingTest {
    private static final String PORTAL =
            """
            <!DOCTYPE html>
            <html><head><title>Welcome</title><meta http-equiv="refresh"
              content="0;url=http://192.168.8.1/login?ip=192.168.8.100"></head>
            <body><a href="http://203.0.113.1/login">203.0.113.1</a> firmware 1.2.3.4</body></html>
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Dyn's page              | <html><head><title>Current IP Check</title></head><body>Current IP Address: 192.0.2.7</body></html> | 192.0.2.7
                    Dyn's page after others | <p>198.51.100.1</p> Current IP Address: 192.0.2.7 </body>    | 192.0.2.7
                    with a blank entity     | <body>Current IP Address:&nbsp;192.0.2.7<br>1.2.3.4</body>   | 192.0.2.7
                    the words without HTML  | your proxy 198.51.100.1~Current IP Address: 192.0.2.7        | 192.0.2.7
                    the words twice         | <p>Current IP Address: 192.0.2.7<p>Current IP Address: 192.0.2.7 | 192.0.2.7
                    the words twice, two    | <p>Current IP Address: 192.0.2.7<p>Current IP Address: 192.0.2.8 | is unclear: it names 2 IPv4 addresses (192.0.2.7, 192.0.2.8), so none is taken
                    a chain of proxies      | <body>Current IP Address: 10.0.0.7, 192.0.2.7</body>         | is unclear: it names 2 IPv4 addresses (10.0.0.7, 192.0.2.7), so none is taken
                    the words and nothing   | <body>Current IP Address: <b>192.0.2.7</b></body>            | names no IPv4 address
                    the words and a name    | <body>Current IP Address: unknown</body> 192.0.2.7           | names no IPv4 address
                    a link                  | <a href="http://192.168.8.1/login">log in</a>                | HTML
                    one address in HTML     | <html><body>192.0.2.7</body></html>                          | HTML
                    HTML in capitals        | <HTML><BODY>192.0.2.7</BODY></HTML>                          | HTML
                    a part of HTML          | <h1>192.0.2.7</h1>                                           | HTML
                    bare                    | 192.0.2.7                                                    | 192.0.2.7
                    with an end of line     | 192.0.2.7~                                                   | 192.0.2.7
                    one twice               | 192.0.2.7 (192.0.2.7)                                        | 192.0.2.7
                    JSON                    | {"ip":"192.0.2.7","version":"1.2.3.4","ip6":"2001:db8::7"}   | 192.0.2.7
                    JSON with two           | {"ip":"192.0.2.7","gateway":"192.0.2.1"}                     | is unclear: it names 2 IPv4 addresses (192.0.2.7, 192.0.2.1), so none is taken
                    IPv4-mapped             | {"ip":"::ffff:192.0.2.7"}                                    | 192.0.2.7
                    XML that is no HTML     | <?xml version="1.0"?><ip>192.0.2.7</ip>                      | 192.0.2.7
                    many                    | 192.0.2.1 192.0.2.2 192.0.2.3 192.0.2.4 192.0.2.5            | is unclear: it names 5 IPv4 addresses (192.0.2.1, 192.0.2.2, 192.0.2.3, 192.0.2.4, ...), so none is taken
                    never publishable       | 198.18.0.1                                                   | says 198.18.0.1, which is benchmarking
                    a sentence with a URL   | You are 192.0.2.7, see http://198.51.100.1/                  | 192.0.2.7
                    a web server's error    | nginx/1.22.1.4 is not ready                                  | names no IPv4 address
                    nothing                 | ''                                                           | names no IPv4 address
                    """)
    void textsMean(String what, String text, String meaning) {
        assertThat(read(text.replace('~', '\n'), false, Family.IPV4)).isEqualTo(meaning);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    an address alone, by a small program | 192.0.2.7             | 192.0.2.7
                    JSON, by a small program             | {"ip":"192.0.2.7"}    | 192.0.2.7
                    words without any element            | gateway is 192.0.2.7  | HTML
                    Dyn's words                          | Current IP Address: 192.0.2.7 | 192.0.2.7
                    """)
    void whatIsDeclaredHtmlMeans(String what, String text, String meaning) {
        assertThat(read(text, true, Family.IPV4)).isEqualTo(meaning);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    bare                    | 2001:db8::7                       | 2001:db8::7
                    beside IPv4             | 192.0.2.7 2001:db8::7             | 2001:db8::7
                    with a port             | [2001:db8::7]:443                 | 2001:db8::7
                    link-local with a zone  | fe80::1%eth0                      | says fe80::1, which is link-local
                    link-local and a global | fe80::1%eth0 2001:db8::7          | is unclear: it names 2 IPv6 addresses (fe80::1, 2001:db8::7), so none is taken
                    IPv4-mapped             | ::ffff:192.0.2.7                  | names no IPv6 address
                    a tunnel's              | 2002:c000:201::1                  | says 2002:c000:201::1, which is 6to4
                    """)
    void ofIpv6Too(String what, String text, String meaning) {
        assertThat(read(text, false, Family.IPV6)).isEqualTo(meaning);
    }

    @Test
    void aLogInPageNamesNobodysAddress() {
        assertThat(read(PORTAL, true, Family.IPV4)).isEqualTo("HTML");
        assertThat(read(PORTAL, false, Family.IPV4)).isEqualTo("HTML");
        assertThat(read(PORTAL, false, Family.IPV6)).isEqualTo("HTML");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheText() {
        assertThat(read("\uFEFF192.0.2.7", false, Family.IPV4)).isEqualTo("192.0.2.7");
    }

    @Test
    void textsOfAllKindsThrowNothing() {
        Random random = new Random(20261129);
        String alphabet = "0123456789abcdef:.:.%/[]{}<>\"',= \n\u0000\u200b\ufffd\u0661v";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(i % 3 == 0 ? "Current IP Address: " : "");
            for (int left = random.nextInt(60); left > 0; left--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThatCode(() -> read(text.toString(), random.nextBoolean(), Family.IPV6))
                    .as("%s", text)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @CsvSource({"a", "1", ".", ":", "1.", "a.", "::", "a-", "version ", "http:", "/", "<"})
    void longRepetitionsAreReadInOnePass(String piece) {
        assertThat(read(piece.repeat(65536 / piece.length()), false, Family.IPV4))
                .isIn("names no IPv4 address", "HTML");
    }

    private static String read(String text, boolean declaredHtml, Family family) {
        return switch (Reading.of(text, declaredHtml, family, "page")) {
            case Observation.Seen(var address, _) -> AddressText.of(address);
            case Observation.NoAddress(String why) ->
                    why.contains("(HTML)") ? "HTML" : why.replace("page ", "");
            case Observation.Unavailable(String why) -> "unavailable: " + why;
        };
    }
}

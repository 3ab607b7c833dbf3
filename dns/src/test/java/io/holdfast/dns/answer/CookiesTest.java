package io.holdfast.dns.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Server cookies against the examples of RFC 9018, appendix A.
class CookiesTest {
    private static final String SECRET = "e5e973e5a6b2a43f48e7dc849e37bfcf";
    private static final String OLD = "dd3bdf9344b678b185a6f5cb60fca715";
    private static final String NEW = "445536bcd2513298075a5d379663c962";
    private static final String CLIENT = "198.51.100.100";
    private static final String COOKIE = "2464c4abcf10c957010000005cf79f111f8130c3eee29480";
    private static final long MADE = 1_559_731_985;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "A.1, a new one             | 198.51.100.100 | 1559731985 | 2464c4abcf10c957                                 | 2464c4abcf10c957010000005cf79f111f8130c3eee29480",
                "A.2, renewed               | 198.51.100.100 | 1559734385 | 2464c4abcf10c957010000005cf79f111f8130c3eee29480 | 2464c4abcf10c957010000005cf7a871d4a564a1442aca77",
                "A.3, reserved octets taken | 203.0.113.203  | 1559734700 | fc93fc62807ddb8601abcdef5cf78f71a314227b6679ebf5 | fc93fc62807ddb86010000005cf7a9acf73a7810aca2381e",
            })
    void examplesOfTheStandard(
            String what, String client, long now, String query, String expected) {
        assertThat(reply(client, now, query, SECRET)).isEqualTo(expected);
    }

    @Test
    void aCookieMadeWithTheOldSecretIsGoodAndRenewed() {
        String client = "2001:db8:220:1:59de:d0f4:8769:82b8";
        String query = "22681ab97d52c298010000005cf7c57926556bd0934c72f8";
        long now = 1_559_741_961;

        assertThat(isGood(client, now, query, NEW, OLD)).isTrue();
        assertThat(isGood(client, now, query, NEW)).isFalse();
        assertThat(reply(client, now, query, NEW, OLD))
                .isEqualTo("22681ab97d52c298010000005cf7c609a6bb79d16625507a");
    }

    @ParameterizedTest(name = "{0} s old: {1}")
    @CsvSource({"0, true", "1800, true", "3600, true", "3601, false", "-300, true", "-301, false"})
    void aCookieIsGoodForAnHour(int age, boolean good) {
        assertThat(isGood(CLIENT, MADE + age, COOKIE, SECRET)).isEqualTo(good);
    }

    @ParameterizedTest(name = "{0} s old")
    @CsvSource({"0, true", "1800, true", "1801, false"})
    void aYoungCookieComesBackAsItIs(int age, boolean same) {
        assertThat(reply(CLIENT, MADE + age, COOKIE, SECRET).equals(COOKIE)).isEqualTo(same);
    }

    @Test
    void aCookieOfAnotherAddressIsWrong() {
        assertThat(isGood("198.51.100.101", MADE, COOKIE, SECRET)).isFalse();
    }

    @Test
    void aCookieOfAnotherMakeIsNone() {
        assertThat(isGood(CLIENT, MADE, "2464c4abcf10c9571122334455667788", SECRET)).isFalse();
        assertThat(reply(CLIENT, MADE, "2464c4abcf10c9571122334455667788", SECRET))
                .isEqualTo(COOKIE);
    }

    @Test
    void aSecretThatIsNoneIsNotRepeated() {
        assertThatThrownBy(() -> CookieSecret.of("geheim"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 hexadecimal digits")
                .hasMessageNotContaining("geheim");
    }

    private static boolean isGood(String client, long now, String query, String... secrets) {
        byte[] octets = HexFormat.of().parseHex(query);
        return cookies(secrets).check(octets, 0, octets.length, address(client), now);
    }

    private static String reply(String client, long now, String query, String... secrets) {
        Cookies cookies = cookies(secrets);
        byte[] octets = HexFormat.of().parseHex(query);
        cookies.check(octets, 0, octets.length, address(client), now);
        return HexFormat.of().formatHex(cookies.cookie());
    }

    private static Cookies cookies(String... secrets) {
        return new Cookies(List.of(secrets).stream().map(CookieSecret::of).toList());
    }

    private static byte[] address(String text) {
        return ClientRange.mapped(InetAddress.ofLiteral(text).getAddress());
    }
}

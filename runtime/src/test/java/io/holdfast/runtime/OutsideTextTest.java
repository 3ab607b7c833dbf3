package io.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutsideTextTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "nochg 192.0.2.7        | nochg 192.0.2.7",
                "größe ✓ 😀             | größe ✓ 😀",
                "ESC{1B}[2J             | ESC<U+001B>[2J",
                "CSI{9B}2J              | CSI<U+009B>2J",
                "NEL{85}                | NEL<U+0085>",
                "line{2028}para{2029}   | line<U+2028>para<U+2029>",
                "bidi{202E}{2066}       | bidi<U+202E><U+2066>",
                "soft{AD}zero{200B}     | soft<U+00AD>zero<U+200B>",
                "tag{E0041}             | tag<U+E0041>",
                "half{D800}             | half<U+D800>",
                "lf{A}cr{D}tab{9}       | lf<U+000A>cr<U+000D>tab<U+0009>",
                "del{7F}nul{0}          | del<U+007F>nul<U+0000>",
            })
    void whatCannotBeSeenIsShownAsAnEscape(String text, String shown) {
        assertThat(OutsideText.printable(characters(text))).isEqualTo(shown);
    }

    @Test
    void aLongTextIsCutBetweenCharacters() {
        assertThat(OutsideText.printable("😀😀😀", 2)).isEqualTo("😀😀...");
        assertThat(OutsideText.printable("😀😀", 2)).isEqualTo("😀😀");
        assertThat(OutsideText.printable("x".repeat(1_000_000))).hasSize(OutsideText.SHOWN + 3);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "http://h/json?token=T            | http://h/json?...",
                "https://user:pw@h:8443/a         | https://h:8443/a",
                "http://user:p/w@h/a?x=1#frag     | http://...",
                "http://user:p?w@h/a              | http://...",
                "http://user:p#w@h/a              | http://...",
                "http://us@er:p/w@h/a             | http://...",
                "http://user:p@w@h/a              | http://h/a",
                "http://user:p w@h                | http://h",
                "http://h/json?mail=a@b&token=T   | http://h/json?...",
                "http://h:8080/ip                 | http://h:8080/ip",
                "//user:pw@h/a                    | ...",
                "/login?back=a@b                  | ...",
                "/login?token=T                   | /login?...",
                "user:pw@h                        | h",
                "http:/user:pw@h                  | ...",
                "https://h/a#access_token=T       | https://h/a",
            })
    void secretsAreLeftOutOfUrls(String url, String shown) {
        assertThat(OutsideText.url(url)).isEqualTo(shown);
    }

    /// `{HEX}` stands for the character with that number.
    private static String characters(String text) {
        StringBuilder built = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == '{') {
                int end = text.indexOf('}', at);
                built.appendCodePoint(Integer.parseInt(text.substring(at + 1, end), 16));
                at = end;
            } else {
                built.append(text.charAt(at));
            }
        }
        return built.toString();
    }

    @Test
    void ofTheWebAddressesInAMessageNoSecretIsShown() {
        assertThat(
                        OutsideText.message(
                                "no reply from http://me:pw@h.example/u?token=T (\u009b31m), see"
                                        + " https://h.example/help",
                                200))
                .isEqualTo(
                        "no reply from http://h.example/u?... (<U+009B>31m), see"
                                + " https://h.example/help");
    }
}

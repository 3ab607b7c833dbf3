package io.holdfast.dns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNameTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    plain                        | home.dyn.test                  | home.dyn.test
                    in any case, with its dot    | HOME.Dyn.Test.                 | home.dyn.test
                    a wildcard                   | *.home.dyn.test                | *.home.dyn.test
                    an underscore                | _acme-challenge.home.dyn.test  | _acme-challenge.home.dyn.test
                    Unicode                      | hütte.dyn.test                 | xn--htte-0ra.dyn.test
                    Unicode in capitals          | HÜTTE.dyn.test.                | xn--htte-0ra.dyn.test
                    Unicode, decomposed          | hu\u0308tte.dyn.test           | xn--htte-0ra.dyn.test
                    an A-label                   | XN--htte-0ra.dyn.test          | xn--htte-0ra.dyn.test
                    percent-encoded              | h%C3%BCtte.dyn.test            | xn--htte-0ra.dyn.test
                    percent-encoded ASCII        | %68ome.dyn.test                | home.dyn.test
                    an ideographic full stop     | home.dyn。test                 | home.dyn.test
                    one label                    | home                           | is not a fully qualified name
                    nothing                      | ''                             | is not a fully qualified name
                    an empty label               | home..test                     | has an empty label
                    a hyphen at the end          | home-.test                     | is not a host name
                    a hyphen at the beginning    | -home.test                     | is not a host name
                    a blank                      | ho me.test                     | is not a host name
                    an escape of DNS             | ho\\\\.me.test                 | is not a host name
                    a bad escape                 | h%C3.dyn.test                  | is not a host name
                    half an escape               | h%C.dyn.test                   | is not a host name
                    IDNA 2003 converts this one  | heiß.dyn.test                  | is not a host name; write this international name as xn--...
                    unassigned in Unicode 3.2    | h🦊.dyn.test                   | is not a host name
                    """)
    void names(String what, String text, String read) {
        assertThat(read(text)).isEqualTo(read);
    }

    @Test
    void areNoLongerThanNamesCanBe() {
        assertThat(read("a.".repeat(4_000) + "test")).isEqualTo("is too long");
        assertThat(read("a.".repeat(126) + "test")).isEqualTo("is too long");
        assertThat(read("a".repeat(64) + ".test")).isEqualTo("is not a host name");
        assertThat(read("ü".repeat(63) + ".test")).isEqualTo("is not a host name");
    }

    private static String read(String text) {
        return switch (HostName.read(text)) {
            case HostName.Reading.Host(var name) -> name.toString();
            case HostName.Reading.None(var why) -> why;
        };
    }
}

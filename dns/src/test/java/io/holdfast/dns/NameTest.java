package io.holdfast.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "Home.Dyn.Example.  | home.dyn.example",
                "home               | home",
                ".                  | .",
                "a\\.b.example      | a\\.b.example",
                "\\097\\046.example | a\\..example",
                "a\\032b            | a\\032b",
                "\\255              | \\255",
                "\\A                | a",
                "x\\@\\$y           | x\\@\\$y",
                "_sip._tcp          | _sip._tcp",
                "*.example          | *.example",
            })
    void textIsReadAndWritten(String text, String canonical) {
        assertThat(Name.of(text)).hasToString(canonical);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "''        | a domain name is missing",
                "a..b      | '\"a..b\" has an empty label'",
                ".a        | '\".a\" has an empty label'",
                "..        | '\"..\" has an empty label'",
                "a b       | '\"a b\" has a character that a domain name cannot hold'",
                "bücher    | '\"bücher\" has a character that a domain name cannot hold'",
                "b\\ücher  | '\"b\\ücher\" has a character that a domain name cannot hold'",
                "a\\       | '\"a\\\" has a broken escape; write \\. or \\DDD with DDD from 000 to 255'",
                "a\\25     | '\"a\\25\" has a broken escape; write \\. or \\DDD with DDD from 000 to 255'",
                "a\\256    | '\"a\\256\" has a broken escape; write \\. or \\DDD with DDD from 000 to 255'",
            })
    void textThatIsNoNameSaysWhy(String text, String why) {
        assertThatIllegalArgumentException().isThrownBy(() -> Name.of(text)).withMessage(why);
    }

    @Test
    void labelsHave63OctetsAndNames255() {
        String label = "a".repeat(63);
        String longest = String.join(".", label, label, label, "a".repeat(61));

        assertThat(Name.of(longest).length()).isEqualTo(255);
        assertThat(Name.of(longest + ".")).isEqualTo(Name.of(longest));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Name.of(longest + "a"))
                .withMessageEndingWith("...\" is longer than 255 octets");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Name.of(label + "a"))
                .withMessageEndingWith("has a label of 64 octets; at most 63 are allowed");
    }

    @Test
    void wireAndTextComeBackTheSame() {
        Random random = new Random(42);
        for (int i = 0; i < 10_000; i++) {
            Name name = anyName(random);

            assertThat(Name.of(name.toString())).isEqualTo(name);
            assertThat(Name.fromWire(name.toWire(), 0)).isEqualTo(name);
        }
    }

    @Test
    void wireThatIsNoNameIsRefused() {
        byte[] endless = "\u0001a".repeat(150).getBytes(StandardCharsets.US_ASCII);
        byte[][] wrong = {{}, {1}, {1, 'a'}, {(byte) 0xC0, 12}, {0x41, 0}, endless};
        for (byte[] wire : wrong) {
            assertThatIllegalArgumentException().isThrownBy(() -> Name.fromWire(wire, 0));
        }
    }

    @Test
    void namesSortAsRfc4034Says() {
        List<Name> sorted =
                List.of(
                        Name.of("example"),
                        Name.of("a.example"),
                        Name.of("yljkjljk.a.example"),
                        Name.of("z.a.example"),
                        Name.of("zabc.a.example"),
                        Name.of("z.example"),
                        Name.of("\\001.z.example"),
                        Name.of("*.z.example"),
                        Name.of("\\200.z.example"));
        List<Name> shuffled = new ArrayList<>(sorted);
        Collections.shuffle(shuffled, new Random(1));
        Collections.sort(shuffled);

        assertThat(shuffled).isEqualTo(sorted);
    }

    @Test
    void aNameIsAtOrBelowItsAncestors() {
        Name name = Name.of("a.b.example");

        assertThat(name.isAtOrBelow(name)).isTrue();
        assertThat(name.isAtOrBelow(name.parent())).isTrue();
        assertThat(name.isAtOrBelow(Name.ROOT)).isTrue();
        assertThat(name.isAtOrBelow(Name.of("xb.example"))).isFalse();
        assertThat(Name.of("xb.example").isAtOrBelow(Name.of("b.example"))).isFalse();
        assertThat(name.parent().isAtOrBelow(name)).isFalse();
    }

    /// Labels of any octets, upper case apart, since names are held in lower case.
    private static Name anyName(Random random) {
        byte[] wire = new byte[255];
        int at = 0;
        for (int labels = random.nextInt(6); labels > 0; labels--) {
            int length = 1 + random.nextInt(30);
            wire[at++] = (byte) length;
            for (int i = 0; i < length; i++) {
                wire[at++] = Name.lower((byte) random.nextInt(256));
            }
        }
        return Name.fromWire(wire, 0);
    }
}

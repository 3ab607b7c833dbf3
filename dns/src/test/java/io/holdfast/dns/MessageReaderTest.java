package io.holdfast.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Names and numbers of a message, and what is none.
class MessageReaderTest {
    @Test
    void aPointerLeadsToWhatWasSaidBefore() {
        MessageReader in = reader("04 'test' 00 01 'a' c000 0102");
        in.moveTo(6);

        assertThat(in.name()).isEqualTo(Name.of("a.test"));
        assertThat(in.u16()).isEqualTo(0x0102);
        assertThat(in.isBroken()).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a pointer to itself,          0,  c000",
        "a pointer ahead,              0,  c002 00",
        "a circle of two pointers,     2,  c002 c000",
        "a label and back to it,       0,  01 'a' c000",
        "a label without its octets,   0,  04 'te'",
        "a name without an end,        0,  01 'a'",
        "a pointer without an end,     0,  c0",
        "a reserved kind of label,     0,  41 00",
        "nothing,                      0,  ''",
    })
    void whatIsNoNameBreaksTheReader(String what, int at, String octets) {
        MessageReader in = reader(octets);
        in.moveTo(at);

        assertThat(in.name()).as(what).isEqualTo(Name.ROOT);
        assertThat(in.isBroken()).isTrue();
        assertThat(in.u16()).isZero();
    }

    @Test
    void aNameOfOver255OctetsBreaksTheReader() {
        MessageReader in = reader(("3f" + "61".repeat(63)).repeat(4) + "00");

        in.name();

        assertThat(in.isBroken()).isTrue();
    }

    @Test
    void aCompressedNameIsNoneWhereNoneMayBe() {
        MessageReader in = reader("00 c000");
        in.moveTo(1);

        in.uncompressedName();

        assertThat(in.isBroken()).isTrue();
    }

    @Test
    void skippingGoesToWhereReadingGoes() {
        MessageReader in = reader("04 'test' 00 01 'a' c000 0102");
        in.skipName();
        in.skipName();

        assertThat(in.u16()).isEqualTo(0x0102);
    }

    /// Hexadecimal octets and words in quotes.
    private static MessageReader reader(String text) {
        StringBuilder hex = new StringBuilder();
        for (String part : text.split(" ")) {
            hex.append(
                    part.startsWith("'")
                            ? HexFormat.of()
                                    .formatHex(
                                            part.substring(1, part.length() - 1)
                                                    .getBytes(StandardCharsets.US_ASCII))
                            : part);
        }
        return new MessageReader(HexFormat.of().parseHex(hex));
    }
}

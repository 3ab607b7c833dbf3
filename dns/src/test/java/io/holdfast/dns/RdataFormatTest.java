package io.holdfast.dns;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Of every type: data as it should be, and cut, empty and longer; what the RFCs say, and what
/// BIND, Knot and NSD make of it (`RecordDataTest` in e2e asks them).
class RdataFormatTest {
    private static final HexFormat HEX = HexFormat.of();

    /// A line of `record-data.txt`.
    record Line(String type, String verdicts, Rdata rdata) {
        byte[] data() {
            return rdata.toWire();
        }

        int value() {
            return Integer.parseInt(type.split(" ")[1]);
        }

        @Override
        public String toString() {
            return type + " " + rdata;
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void dataIsGoodOrMalformedAsItsTypeSays(Line line) {
        byte[] data = line.data();
        byte[] longer = Arrays.copyOf(data, data.length + 1);
        longer[data.length] = 1;

        String verdicts =
                verdict(line, data)
                        + verdict(line, new byte[0])
                        + verdict(line, Arrays.copyOf(data, data.length - 1))
                        + verdict(line, longer);

        assertThat(verdicts).isEqualTo(line.verdicts());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "TXT without a string   | 16  |                          | the data ends too early",
                "an A of five octets    | 1   | c000020100               | there are octets after its end",
                "an MX with a pointer   | 15  | 000a c000                | a name in it is compressed",
                "an NS cut short        | 2   | 0474                     | a name in it is cut short, too long, or points where it must not",
                "a DS of 19 octets      | 43  | ec450501 00112233445566778899aabbccddeeff001122 | its digest has the wrong length",
                "keys out of order      | 64  | 0001 00 0003000201bb 00010003026832 | its parameters are out of order",
                "a tag with a dash      | 257 | 00 02 692d 61            | its tag is not of letters and digits",
            })
    void theReasonIsNamed(String what, int type, String data, String reason) {
        byte[] octets = HEX.parseHex(data == null ? "" : data.replace(" ", ""));

        assertThat(RdataFormat.check(new Type(type), octets))
                .as(what)
                .isEqualTo(new RdataFormat.Result.Malformed(reason));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/dns-query{?dns} | true",
                "/{?x,dns} | true",
                "/a/{+dns:10} | true",
                "/%41{?dns*} | true",
                "/{?dns | false",
                "/dns | false",
                "{?dns} | false",
                "/{?dns}} | false",
                "/{?d%ns} | false",
                "/{?dns:0} | false",
                "/a b{?dns} | false",
                "/{?xdns} | false",
            })
    void aPathOfDnsOverHttpsIsATemplateWithTheVariableDns(String path, boolean good) {
        byte[] value = path.getBytes(UTF_8);
        String head = "0001 00 0007 %04x".formatted(value.length).replace(" ", "");

        assertThat(verdict(64, HEX.parseHex(head + HEX.formatHex(value))))
                .isEqualTo(good ? "g" : "m");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "!^.*$!sip:info@example.com! | g",
                "!^(.*)$!\\1@x!i             | g",
                "!^(.*)$!\\2@x!              | m",
                "/[[:alpha:]]+/x/            | g",
                "!a{1,3}!x!                  | g",
                "!a{3,1}!x!                  | m",
                "!(a!x!                      | m",
                "!*!x!                       | m",
                "!!x!                        | m",
                "!a!x                        | m",
                "!a!x!u                      | m",
                "1a1x1                       | m",
                "abc                         | m",
            })
    void theRegexpOfANaptrIsASubstitutionExpression(String expression, String verdict) {
        String hex = "0064000a0000%02x".formatted(expression.length());

        assertThat(
                        verdict(
                                35,
                                HEX.parseHex(
                                        hex + HEX.formatHex(expression.getBytes(UTF_8)) + "00")))
                .isEqualTo(verdict);
    }

    @Test
    void whateverDataComesIsAValue() throws IOException {
        Random random = new Random(35);
        List<Line> lines = lines();
        for (int i = 0; i < 100_000; i++) {
            Line line = lines.get(random.nextInt(lines.size()));
            byte[] data = Arrays.copyOf(line.data(), random.nextInt(line.data().length + 8));
            for (int change = random.nextInt(4); change > 0 && data.length > 0; change--) {
                data[random.nextInt(data.length)] = (byte) random.nextInt();
            }
            assertThat(RdataFormat.check(new Type(line.value()), data)).isNotNull();
        }
    }

    @Test
    void aListIsNoLongerThanEveryServerTakesIt() {
        assertThat(verdict(42, HEX.parseHex("00010000".repeat(64)))).isEqualTo("g");
        assertThat(verdict(42, HEX.parseHex("00010000".repeat(65)))).isEqualTo("m");
        assertThat(verdict(99, new byte[64])).isEqualTo("g");
        assertThat(verdict(99, new byte[65])).isEqualTo("m");
    }

    @Test
    void theLongestDataThereIsTakesNoDeepStack() {
        byte[] template = new byte[0xFFFF - 7];
        Arrays.fill(template, (byte) 'a');
        byte[] head = HEX.parseHex("000100" + "0007" + "%04x".formatted(template.length));
        byte[] data = Arrays.copyOf(head, 0xFFFF);
        System.arraycopy(template, 0, data, head.length, template.length);

        assertThat(verdict(64, data)).isEqualTo("m");
    }

    static List<Line> lines() throws IOException {
        try (InputStream in = RdataFormatTest.class.getResourceAsStream("record-data.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\\|"))
                    .map(part ->
                            new Line(
                                    part[0].strip(),
                                    part[1].strip(),
                                    Rdata.of(HEX.parseHex(part[2].replace(" ", "")))))
                    .toList();
        }
    }

    private static String verdict(Line line, byte[] data) {
        return verdict(line.value(), data);
    }

    private static String verdict(int type, byte[] data) {
        return switch (RdataFormat.check(new Type(type), data)) {
            case RdataFormat.Result.Good _ -> "g";
            case RdataFormat.Result.Malformed _ -> "m";
        };
    }
}

package io.holdfast.dns.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import io.holdfast.dns.Rcode;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import io.holdfast.dns.update.ParsedUpdate.Accepted;
import io.holdfast.dns.update.ParsedUpdate.Rejected;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Single octets of UPDATE messages: classes, types, TTLs, lengths, compression (RFC 2136 §3).
class UpdateParserTest {
    private static final HexFormat HEX = HexFormat.of();

    /// The zone section of test., class IN: its name stands at 12.
    private static final String ZONE = "04" + hex("test") + "00 0006 0001";

    /// h.test.
    private static final String H = "01" + hex("h") + " c00c ";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "none                       |                                         | FORMERR",
                "of type A                  | 0474657374 00 0001 0001                 | FORMERR",
                "of type ANY                | 0474657374 00 00ff 0001                 | FORMERR",
                "of class ANY               | 0474657374 00 0006 00ff                 | FORMERR",
                "of class NONE              | 0474657374 00 0006 00fe                 | FORMERR",
                "of class 0                 | 0474657374 00 0006 0000                 | FORMERR",
                "of class CH                | 0474657374 00 0006 0003                 | NOTAUTH",
                "that is cut off            | 0474657374 00 0006                      | FORMERR",
            })
    void aZoneSectionThatIsNone(String what, String octets, String rcode) {
        int count = octets == null ? 0 : 1;
        String zone = octets == null ? "" : octets;

        assertThat(rejected(message(count, 0, 0, zone))).as(what).hasToString(rcode);
    }

    @Test
    void aSecondZoneIsOneTooMany() {
        assertThat(rejected(message(2, 0, 0, ZONE + ZONE))).isEqualTo(Rcode.FORMERR);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "with a TTL                          | 0001 00ff 00000001 0000          | FORMERR",
                "of class ANY with data              | 0001 00ff 00000000 0004 c0000201 | FORMERR",
                "of class NONE with data             | 0001 00fe 00000000 0004 c0000201 | FORMERR",
                "of class CH                         | 0001 0003 00000000 0000          | FORMERR",
                "equal to a set of type ANY          | 00ff 0001 00000000 0000          | FORMERR",
                "about AXFR                          | 00fc 00ff 00000000 0000          | FORMERR",
                "about OPT                           | 0029 00fe 00000000 0000          | FORMERR",
                "equal to an A of three octets       | 0001 0001 00000000 0003 c00002   | FORMERR",
                "equal to a TXT without a string     | 0010 0001 00000000 0000          | FORMERR",
                "with more data than there is        | 0001 0001 00000000 0005 c0000201 | FORMERR",
            })
    void aPrerequisiteThatIsNone(String what, String record, String rcode) {
        assertThat(rejected(message(1, 1, 0, ZONE + H + record))).as(what).hasToString(rcode);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a deleted RRset with a TTL          | 0001 00ff 00000001 0000          | FORMERR",
                "a deleted RRset with data           | 0001 00ff 00000000 0004 c0000201 | FORMERR",
                "a deleted RRset of type AXFR        | 00fc 00ff 00000000 0000          | FORMERR",
                "a deleted RRset of type MAILA       | 00fe 00ff 00000000 0000          | FORMERR",
                "a deleted record with a TTL         | 0001 00fe 00000001 0004 c0000201 | FORMERR",
                "a deleted record of type ANY        | 00ff 00fe 00000000 0000          | FORMERR",
                "a deleted A of five octets          | 0001 00fe 00000000 0005 c000020100 | FORMERR",
                "an added record of type ANY         | 00ff 0001 0000003c 0000          | FORMERR",
                "an added TSIG record                | 00fa 0001 0000003c 0000          | FORMERR",
                "an added record of type 0           | 0000 0001 0000003c 0000          | FORMERR",
                "an added record of class CH         | 0001 0003 0000003c 0004 c0000201 | FORMERR",
                "an added A without data             | 0001 0001 0000003c 0000          | FORMERR",
                "an added AAAA of four octets        | 001c 0001 0000003c 0004 c0000201 | FORMERR",
                "an added TXT with a string too long | 0010 0001 0000003c 0002 0541     | FORMERR",
                "an added MX without a name          | 000f 0001 0000003c 0002 000a     | FORMERR",
                "an added SOA without numbers        | 0006 0001 0000003c 0002 0000     | FORMERR",
                "an added NS with octets after it    | 0002 0001 0000003c 0002 0000     | FORMERR",
                "an added NS that points ahead       | 0002 0001 0000003c 0002 c0ff     | FORMERR",
                "an added CAA without a tag          | 0101 0001 0000003c 0001 00       | FORMERR",
                "an added TXT without a string       | 0010 0001 0000003c 0000          | FORMERR",
                "a deleted TXT without a string      | 0010 00fe 00000000 0000          | FORMERR",
                "an added SPF without a string       | 0063 0001 0000003c 0000          | FORMERR",
                "an added EUI48 without data         | 006c 0001 0000003c 0000          | FORMERR",
                "an added L32 cut short              | 0069 0001 0000003c 0004 000a0a01 | FORMERR",
                "an added LP with a pointer          | 006b 0001 0000003c 0004 000ac00c | FORMERR",
                "an added DS with a short digest     | 002b 0001 0000003c 0006 ec4505020102 | FORMERR",
                "an added X25 of three digits        | 0013 0001 0000003c 0004 03333131 | FORMERR",
                "an added URI without a target       | 0100 0001 0000003c 0004 000a0001 | FORMERR",
            })
    void anUpdateThatIsNone(String what, String record, String rcode) {
        assertThat(rejected(message(1, 0, 1, ZONE + H + record))).as(what).hasToString(rcode);
    }

    @Test
    void anUpdateOutsideTheZone() {
        String other = "01" + hex("h") + "05" + hex("other") + "00";

        assertThat(rejected(message(1, 0, 1, ZONE + other + "0001 00ff 00000000 0000")))
                .isEqualTo(Rcode.NOTZONE);
    }

    @Test
    void octetsAfterTheLastRecord() {
        assertThat(rejected(message(1, 0, 0, ZONE + "00"))).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void fewerRecordsThanTheHeaderSays() {
        assertThat(rejected(message(1, 0, 65_535, ZONE))).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void aTtlWithItsFirstBitSetIsZero() {
        String record = "0001 0001 ffffffff 0004 c0000201";

        assertThat(steps(ZONE + H + record))
                .containsExactly(
                        new UpdateStep.Add(
                                Name.of("h.test"), Type.A, 0, Rdata.of(HEX.parseHex("c0000201"))));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "NS    |  2 | c00c                      | 0474657374 00",
                "SOA   |  6 | c00c 0141c00c "
                        + TWENTY
                        + " | 0474657374 00 0161 0474657374 00 "
                        + TWENTY,
                "MX    | 15 | 000a c00c                 | 000a 0474657374 00",
                "RP    | 17 | c00c c00c                 | 0474657374 00 0474657374 00",
                "AFSDB | 18 | 0001 c00c                 | 0001 0474657374 00",
                "PX    | 26 | 0001 c00c c00c            | 0001 0474657374 00 0474657374 00",
                "SRV   | 33 | 000100020003 0158c00c     | 000100020003 0178 0474657374 00",
                "NAPTR | 35 | 00010002 0141 0142 00 c00c | 00010002 0141 0142 00 0474657374 00",
                "KX    | 36 | 0001 c00c                 | 0001 0474657374 00",
                "DNAME | 39 | c00c                      | 0474657374 00",
                "TXT   | 16 | 02c00c                    | 02c00c",
                "9999  | 9999 | c00c                    | c00c",
            })
    void namesInDataAreMadeWhole(String what, int type, String sent, String kept) {
        byte[] data = octets(sent);
        String head = "%04x 0001 0000003c %04x".formatted(type, data.length);

        List<UpdateStep> steps = steps(ZONE + H + head + HEX.formatHex(data));

        assertThat(((UpdateStep.Add) steps.getFirst()).rdata())
                .as(what)
                .isEqualTo(Rdata.of(octets(kept)));
    }

    private static final String TWENTY = "0000000100000002000000030000000400000005";

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void whateverComesIsAValue(long seed) {
        Random random = new Random(seed);
        List<byte[]> good = Case.of("rfc2136-3.4-updates.txt").stream().map(Case::message).toList();
        for (int i = 0; i < 20_000; i++) {
            byte[] message = good.get(random.nextInt(good.size()));
            int length = random.nextInt(4) == 0 ? random.nextInt(200) : message.length;
            byte[] packet = Arrays.copyOf(message, length);
            for (int change = random.nextInt(6); change > 0 && length > 0; change--) {
                packet[random.nextInt(length)] = (byte) random.nextInt();
            }
            assertThat(UpdateParser.parse(packet)).isNotNull();
        }
    }

    private static Rcode rejected(byte[] message) {
        return ((Rejected) UpdateParser.parse(message)).rcode();
    }

    private static List<UpdateStep> steps(String octets) {
        return ((Accepted) UpdateParser.parse(message(1, 0, 1, octets))).message().steps();
    }

    private static byte[] message(int zones, int required, int updates, String octets) {
        byte[] rest = octets(octets);
        return ByteBuffer.allocate(12 + rest.length)
                .putInt(0x0001_2800)
                .putShort((short) zones)
                .putShort((short) required)
                .putShort((short) updates)
                .putShort((short) 0)
                .put(rest)
                .array();
    }

    private static byte[] octets(String hex) {
        return HEX.parseHex(hex.replace(" ", ""));
    }

    private static String hex(String ascii) {
        return HEX.formatHex(ascii.getBytes(StandardCharsets.US_ASCII));
    }
}

package io.holdfast.dns.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.answer.Answerer.Others;
import io.holdfast.dns.answer.Answerer.Transport;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.Zones;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is no plain question is left to others, where others serve it.
class ToHandlerTest {
    private static final String ZONE =
            "test. 60 SOA ns1.test. hostmaster.test. 1 3600 900 1209600 60";

    private final Answerer answerer =
            new Answerer(new Published<>(Zones.of(List.of(Server.zone(ZONE)))), Others.SERVED);

    /// Flags, counts, and from there on the packet.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE                       | 2800 0001 0000 0000 0000 04 74657374 00 0006 0001",
                "UPDATE without a zone        | 2800 0000 0000 0000 0000",
                "NOTIFY                       | 2000 0001 0000 0000 0000 04 74657374 00 0006 0001",
                "AXFR                         | 0000 0001 0000 0000 0000 04 74657374 00 00FC 0001",
                "IXFR                         | 0000 0001 0000 0000 0000 04 74657374 00 00FB 0001",
                "a signed question            | 0000 0001 0000 0000 0001 04 74657374 00 0006 0001 01 6B 00 00FA 00FF 00000000 0000",
                "signed after OPT             | 0000 0001 0000 0000 0002 04 74657374 00 0006 0001 00 0029 0200 00000000 0000 01 6B 00 00FA 00FF 00000000 0000",
                "signed, of another class     | 0000 0001 0000 0000 0001 04 74657374 00 0006 0003 01 6B 00 00FA 00FF 00000000 0000",
                "UPDATE, signed, new EDNS     | 2800 0001 0000 0000 0002 04 74657374 00 0006 0001 00 0029 0200 00010000 0000 01 6B 00 00FA 00FF 00000000 0000",
                "UPDATE that ends early       | 2800 0001 0000 0000 0002 04 74657374 00 0006 0001 00 0029 0200 00010000",
                "signed, EDNS of a new age    | 0000 0001 0000 0000 0002 04 74657374 00 0006 0001 00 0029 0200 00010000 0000 01 6B 00 00FA 00FF 00000000 0000",
            })
    void isLeftToOthers(String what, String packet) {
        assertThat(answer(packet)).isEqualTo(Answerer.TO_HANDLER);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a question                   | 0000 0001 0000 0000 0000 04 74657374 00 0006 0001",
                "opcode STATUS                | 1000 0001 0000 0000 0000 04 74657374 00 0006 0001",
                "TSIG before another record   | 0000 0001 0000 0000 0002 04 74657374 00 0006 0001 01 6B 00 00FA 00FF 00000000 0000 00 0029 0200 00000000 0000",
                "TSIG as an answer            | 0000 0001 0001 0000 0000 04 74657374 00 0006 0001 01 6B 00 00FA 00FF 00000000 0000",
                "UPDATE, EDNS of a new age    | 2800 0001 0000 0000 0001 04 74657374 00 0006 0001 00 0029 0200 00010000 0000",
                "NOTIFY, EDNS of a new age    | 2000 0001 0000 0000 0001 04 74657374 00 0006 0001 00 0029 0200 00010000 0000",
                "AXFR of class CH             | 0000 0001 0000 0000 0000 04 74657374 00 00FC 0003",
            })
    void isAnsweredHere(String what, String packet) {
        assertThat(answer(packet)).isGreaterThanOrEqualTo(Header.LENGTH);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a response to an update      | A800 0001 0000 0000 0000 04 74657374 00 0006 0001",
                "a notification, answered     | A000 0001 0000 0000 0000 04 74657374 00 0006 0001",
            })
    void isDropped(String what, String packet) {
        assertThat(answer(packet)).isEqualTo(Answerer.DROP);
    }

    private int answer(String packet) {
        byte[] octets = HexFormat.of().parseHex(("1267" + packet).replace(" ", ""));
        return answerer.answer(octets, octets.length, new byte[1232], Transport.DATAGRAM);
    }
}

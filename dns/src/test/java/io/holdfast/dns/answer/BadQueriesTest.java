package io.holdfast.dns.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Rcode;
import io.holdfast.dns.answer.Answerer.Transport;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is not an ordinary question gets a short answer or none.
class BadQueriesTest {
    private final Server server =
            Server.of("test. 60 SOA ns1.test. hostmaster.test. 1 3600 900 1209600 60");

    /// id 1267, flags, counts, and from there on the packet; spaces only for the reader.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "an ordinary question            | 0100 0001 0000 0000 0000 04 74657374 00 0006 0001        | 8500 0001 0001",
                "no question                     | 0100 0000 0000 0000 0000                                 | 8101 0000 0000",
                "two questions                   | 0000 0002 0000 0000 0000 00 0006 0001 00 0006 0001       | 8001 0000 0000",
                "a name that is cut off          | 0000 0001 0000 0000 0000 04 7465                         | 8001 0000 0000",
                "a name without its end          | 0000 0001 0000 0000 0000 04 74657374                     | 8001 0000 0000",
                "a question without class        | 0000 0001 0000 0000 0000 04 74657374 00 0006             | 8001 0000 0000",
                "a compression pointer           | 0000 0001 0000 0000 0000 C00C 0006 0001                  | 8001 0000 0000",
                "an extended label               | 0000 0001 0000 0000 0000 41 00 0006 0001                 | 8001 0000 0000",
                "a record that is cut off        | 0000 0001 0000 0000 0001 04 74657374 00 0006 0001 00 0029 | 8001 0001 0000",
                "a record count that lies        | 0000 0001 FFFF FFFF FFFF 04 74657374 00 0006 0001        | 8001 0001 0000",
                "two OPT records                 | 0000 0001 0000 0000 0002 04 74657374 00 0006 0001 00 0029 0200 00000000 0000 00 0029 0200 00000000 0000 | 8001 0001 0000",
                "OPT with an owner               | 0000 0001 0000 0000 0001 04 74657374 00 0006 0001 01 61 00 0029 0200 00000000 0000 | 8001 0001 0000",
                "OPT as an answer                | 0000 0001 0001 0000 0000 04 74657374 00 0006 0001 00 0029 0200 00000000 0000 | 8001 0001 0000",
                "an EDNS option that is cut off  | 0000 0001 0000 0000 0001 04 74657374 00 0006 0001 00 0029 0200 00000000 0004 0001 0001 | 8001 0001 0000",
                "octets after the last record    | 0000 0001 0000 0000 0000 04 74657374 00 0006 0001 FFFF   | 8400 0001 0001",
                "opcode STATUS                   | 1000 0001 0000 0000 0000 04 74657374 00 0006 0001        | 9004 0000 0000",
                "opcode IQUERY, RD set           | 0900 0001 0000 0000 0000 04 74657374 00 0006 0001        | 8804 0000 0000",
                "opcode STATUS, RD set           | 1100 0001 0000 0000 0000 04 74657374 00 0006 0001        | 9004 0000 0000",
                "opcode 15, RD set               | 7900 0001 0000 0000 0000 04 74657374 00 0006 0001        | F804 0000 0000",
                "opcode NOTIFY                   | 2000 0001 0000 0000 0000 04 74657374 00 0006 0001        | A004 0000 0000",
                "opcode UPDATE                   | 2800 0001 0000 0000 0000 04 74657374 00 0006 0001        | A804 0000 0000",
                "class CH                        | 0000 0001 0000 0000 0000 04 74657374 00 0006 0003        | 8005 0001 0000",
                "class ANY                       | 0000 0001 0000 0000 0000 04 74657374 00 0006 00FF        | 8005 0001 0000",
                "AXFR                            | 0000 0001 0000 0000 0000 04 74657374 00 00FC 0001        | 8005 0001 0000",
                "MAILB                           | 0000 0001 0000 0000 0000 04 74657374 00 00FD 0001        | 8004 0001 0000",
                "type OPT                        | 0000 0001 0000 0000 0000 04 74657374 00 0029 0001        | 8001 0001 0000",
                "type TSIG                       | 0000 0001 0000 0000 0000 04 74657374 00 00FA 0001        | 8001 0001 0000",
                "bits AA TC RA AD CD set         | 06B0 0001 0000 0000 0000 04 74657374 00 0006 0001        | 8400 0001 0001",
            })
    void isAnsweredBriefly(String what, String query, String flagsAndCounts) {
        byte[] reply = server.exchange(octets("1267" + query), Transport.DATAGRAM);

        assertThat(HexFormat.of().withUpperCase().formatHex(reply))
                .startsWith("1267" + flagsAndCounts.replace(" ", ""));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing                | ''",
                "less than a header     | 1267 0000 0001 0000 0000 00",
                "a response             | 1267 8000 0001 0000 0000 0000 04 74657374 00 0006 0001",
                "a response, malformed  | 1267 8000 0002",
            })
    void isDropped(String what, String packet) {
        assertThat(server.exchange(octets(packet), Transport.DATAGRAM)).isEmpty();
    }

    @Test
    void theLongestNameIsANameAndOneOctetMoreIsNot() {
        String label = "3F" + "61".repeat(63);
        String longest = label.repeat(3) + "38" + "61".repeat(56) + "04" + "74657374" + "00";
        String tooLong = label.repeat(3) + "39" + "61".repeat(57) + "04" + "74657374" + "00";
        String header = "1267 0000 0001 0000 0000 0000";

        assertThat(octets(longest)).hasSize(255);
        assertThat(rcode(header + longest + "0001 0001")).isEqualTo(Rcode.NXDOMAIN.value());
        assertThat(rcode(header + tooLong + "0001 0001")).isEqualTo(Rcode.FORMERR.value());
    }

    private int rcode(String packet) {
        return server.exchange(octets(packet), Transport.DATAGRAM)[3] & 0xF;
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}

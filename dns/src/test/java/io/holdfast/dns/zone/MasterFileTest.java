package io.holdfast.dns.zone;

import static io.holdfast.dns.zone.ZoneText.name;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.holdfast.dns.zone.MasterFile.Contents;
import java.io.IOException;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Master files are read as RFC 1035 §5, RFC 2308 §4 and RFC 3597 §5 say, and every fault is told.
class MasterFileTest {
    private static final String HEAD =
            """
            dyn.test. 60 IN SOA ns1.dyn.test. hostmaster.dyn.test. 1 3600 900 1209600 60
            dyn.test. 60 IN NS ns1.dyn.test.
            """;

    /// Files of millions of records are read within the memory of a service that runs.
    private static final long MOST_ALLOCATED_PER_RECORD = 4_000;

    @Test
    void readingARecordTakesLittleMemory() throws IOException {
        int records = 2_000;
        StringBuilder text = new StringBuilder(HEAD);
        for (int i = 0; i < records; i++) {
            text.append("h" + i + ".dyn.test. 60 A 192.0.2." + i % 256 + "\n");
        }
        read(text.toString()); // first calls load classes
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(read(text.toString()).rrsets()).hasSize(records + 2);
        assertThat((threads.getCurrentThreadAllocatedBytes() - before) / records)
                .isLessThan(MOST_ALLOCATED_PER_RECORD);
    }

    /// As RFC 6742, RFC 7043 and RFC 7477 show them.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "NID 10 14:4fff:ff20:ee64            | TYPE104 \\# 10 000a00144fffff20ee64",
                "L32 10 10.1.2.0                     | TYPE105 \\# 6 000a0a010200",
                "L64 10 2001:0DB8:1140:1000          | TYPE106 \\# 10 000a20010db811401000",
                "LP 10 L64-subnet                    | TYPE107 \\# 23 000a0a6c36342d7375626e65740364796e047465737400",
                "EUI48 00-00-5e-00-53-2a             | TYPE108 \\# 6 00005e00532a",
                "EUI64 00-00-5e-ef-10-00-00-2a       | TYPE109 \\# 8 00005eef1000002a",
                "CSYNC 66 3 A NS AAAA                | TYPE62 \\# 12 000000420003000460000008",
                "EUI48 \\# 6 00005e00532a            | TYPE108 \\# 6 00005e00532a",
            })
    void typesThatDnsjavaHasNoFormFor(String record, String generic) throws IOException {
        assertThat(rewritten(HEAD + "x.dyn.test. 60 " + record + "\n"))
                .endsWith("x.dyn.test. 60 IN " + generic + "\n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "EUI48 00-00-5e-00-53     | \"00-00-5e-00-53\" is not written like 00-00-5e-00-53-2a",
                "L32 10                   | something is missing, as in 10 10.1.2.0",
                "L32 66000 10.1.2.0       | \"66000\" is no number up to 65535, as in 10 10.1.2.0",
                "L32 10 10.1.2            | \"10.1.2\" is no IPv4 address, as in 10 10.1.2.0",
                "NID 10 1:2:3:4 5         | \"5\" is too much, as in 10 14:4fff:ff20:ee64",
                "CSYNC 1 0 NONSENSE       | \"NONSENSE\" is no record type",
            })
    void faultsInTypesThatDnsjavaHasNoFormFor(String record, String reason) throws IOException {
        assertThat(read(HEAD + "x.dyn.test. 60 " + record + "\n").faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.reason()).contains(reason));
    }

    @Test
    void aFileAsPeopleWriteIt() throws IOException {
        assertThat(
                        rewritten(
                                """
                                ; our zone
                                $TTL 1h
                                @       IN SOA ns1 hostmaster (
                                            2026112201  ; serial
                                            1h 15m 2w   ; refresh, retry, expire
                                            60 )
                                        NS  ns1
                                        NS  ns.example.com.
                                ns1     A   192.0.2.53
                                        AAAA 2001:db8::53
                                Home    60 IN A 192.0.2.1
                                www     IN 30 cname HOME
                                mail    TXT "two words" one "semi;colon" "quo\\"te"
                                $ORIGIN sub.dyn.test.
                                deep    A   192.0.2.9
                                @       TXT origin
                                \\@.a\\.b TXT escaped
                                new     TYPE65280 \\# 3 010203
                                generic A   \\# 4 C0000207
                                """))
                .isEqualTo(
                        """
                        dyn.test. 3600 IN SOA ns1.dyn.test. hostmaster.dyn.test. 2026112201 3600 900 1209600 60
                        dyn.test. 3600 IN NS ns.example.com.
                        dyn.test. 3600 IN NS ns1.dyn.test.
                        home.dyn.test. 60 IN A 192.0.2.1
                        mail.dyn.test. 3600 IN TXT "two words" one "semi;colon" quo\\"te
                        ns1.dyn.test. 3600 IN A 192.0.2.53
                        ns1.dyn.test. 3600 IN AAAA 2001:db8:0:0:0:0:0:53
                        sub.dyn.test. 3600 IN TXT origin
                        \\@.a\\.b.sub.dyn.test. 3600 IN TXT escaped
                        deep.sub.dyn.test. 3600 IN A 192.0.2.9
                        generic.sub.dyn.test. 3600 IN A 192.0.2.7
                        new.sub.dyn.test. 3600 IN TYPE65280 \\# 3 010203
                        www.dyn.test. 30 IN CNAME home.dyn.test.
                        """);
    }

    @Test
    void aRecordWithoutTtlTakesTheOneBeforeOrTheMinimum() throws IOException {
        assertThat(
                        rewritten(
                                """
                                @ SOA ns1 hostmaster 1 3600 900 1209600 77
                                @ NS  ns1
                                a 30 A 192.0.2.1
                                b A    192.0.2.2
                                """))
                .contains(
                        "dyn.test. 77 IN SOA",
                        "dyn.test. 77 IN NS",
                        "a.dyn.test. 30",
                        "b.dyn.test. 30");
    }

    @Test
    void aRecordThatComesTwiceIsOneAndTheLowestTtlStands() throws IOException {
        String zone = rewritten(HEAD + "a 60 A 192.0.2.1\na 30 A 192.0.2.2\na 90 A 192.0.2.1\n");

        assertThat(zone).endsWith("a.dyn.test. 30 IN A 192.0.2.1\na.dyn.test. 30 IN A 192.0.2.2\n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "52 N 4 E 0                       | 52 00 0 N 04 00 0 E 0m 1m 10000m 10m",
                "52 14 N 0 8 W 10m                | 52 14 0 N 00 08 0 W 10m 1m 10000m 10m",
                "42 21 54.5 s 71 6 18 w -24m 30m  | 42 21 54.500 S 71 06 18 W -24m 30m 10000m 10m",
                "90 N 180 E -100000.00m 0 9 20.5m | 90 00 0 N 180 00 0 E -100000m 0m 9m 20m",
            })
    void aLocationMayLeaveOutWhatIsUsual(String written, String whole) throws IOException {
        assertThat(rewritten(HEAD + "a 60 LOC " + written + "\n"))
                .endsWith("a.dyn.test. 60 IN LOC " + whole + "\n");
    }

    @Test
    void generateMakesRecords() throws IOException {
        assertThat(rewritten(HEAD + "$GENERATE 1-5/2 h$ 60 A 192.0.2.$\n"))
                .endsWith(
                        """
                        h1.dyn.test. 60 IN A 192.0.2.1
                        h3.dyn.test. 60 IN A 192.0.2.3
                        h5.dyn.test. 60 IN A 192.0.2.5
                        """);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "a 60 A 192.0.2.256         | 3:6: A with the data 192.0.2.256: Invalid address: 192.0.2.256; write it like 192.0.2.1",
                "a 60 A                     | 3:6: A without data: expected an address; write it like 192.0.2.1",
                "a 60 A 192.0.2.1 192.0.2.2 | 3:6: A with the data 192.0.2.1 192.0.2.2: unexpected tokens at end of record (wanted EOL/EOF, got <identifier: 192.0.2.2>); write it like 192.0.2.1",
                "a 60 MX mail               | 3:6: MX with the data mail: expected an integer; write it like 10 mail.example.",
                "a 60 LOC 52 22 23 N 4 E    | 3:6: LOC with the data 52 22 23 N 4 E: the altitude is missing, as in 52 14 05 N 0 8 50 E 10m; see the form of this type",
                "a 60 LOC 52 60 N 4 E 0     | '3:6: LOC with the data 52 60 N 4 E 0: \"60\" is no part of an angle, nor N or S, as in 52 14 05 N 0 8 50 E 10m; see the form of this type'",
                "a 60 TXT \\# 0              | '3:6: TXT with the data \\# 0: the data ends too early; write it like \"some text\"'",
                "a 60 EUI48 \\# 0            | '3:6: EUI48 with the data \\# 0: the data ends too early; see the form of this type'",
                "a 60 TYPE108 \\# 2 0102     | '3:6: EUI48 with the data \\# 2 0102: the data ends too early; see the form of this type'",
                "a 60 MX \\# 4 000ac000      | '3:6: MX with the data \\# 4 000ac000: a name in it is compressed; write it like 10 mail.example.'",
                "a 60 TXT \\# 3 0161         | '3:6: TXT with the data \\# 3 0161: there are not 3 octets in hexadecimal after \\# 3; write it like \"some text\"'",
                "a 60 X25 311               | '3:6: X25 with the data 311: an X.121 address has four digits or more; see the form of this type'",
                "a 60 URI 10 1 \"\"          | '3:6: URI with the data 10 1 \"\": it is cut short; see the form of this type'",
                "a 60 ADDRESS 192.0.2.1     | '3:6: \"ADDRESS\" is no record type; for one without a name write TYPEn'",
                "a 60 CH A 192.0.2.1        | 3:6: class CH is not served; write IN or nothing",
                "a 60 IN                    | '3:6: after \"IN\" a record type is missing'",
                "a                          | '3:1: after \"a\" a record type is missing'",
                "a 4294967296 A 192.0.2.1   | '3:3: \"4294967296\" is no TTL; write seconds up to 2147483647, or a time such as 1h30m'",
                "a 60 RRSIG A               | 3:6: RRSIG records cannot be taken over from a signed zone; take them out",
                "a 60 OPT x                 | 3:6: OPT cannot stand in a zone; take it out",
                "a..b 60 A 192.0.2.1        | '3:1: \"a..b.dyn.test.\" has an empty label'",
                "x.other. 60 A 192.0.2.1    | 3:1: x.other is outside the zone dyn.test; take it out, or take the last dot away if it belongs below",
                "a 60 SOA a b 1 2 3 4 5     | 3:1: an SOA stands only at the apex dyn.test; take it out",
                "@ 60 SOA a b 1 2 3 4 5     | 3:1: a second SOA at dyn.test; leave only one of them",
                "@ 60 CNAME a               | 3:1: dyn.test has SOA and CNAME; beside a CNAME nothing else may stand",
                "$INCLUDE other.zone        | '3:10: cannot include \"other.zone\": no file can be included here; put its records in its place, or name this file as `records` in the configuration'",
                "$WORLD 1                   | '3:1: $WORLD is unknown; use $ORIGIN, $TTL, $INCLUDE or $GENERATE'",
                "$TTL                       | '3:1: after \"$TTL\" the time after $TTL is missing'",
                "$TTL 60 60                 | '3:9: \"60\" is too much here; take it out'",
                "$GENERATE 5-1 a$ A 192.0.2.$ | 3:11: a range goes upwards and makes at most 65536 records",
                "a 60 TXT \"open            | 3:10: this quote is not closed on its line; add a \"",
                "a 60 A ( 192.0.2.1         | '3:8: this \"(\" is never closed; put a \")\" after the record'",
                "a 60 A 192.0.2.1 )         | '3:18: a \")\" without its \"(\"; take it out'",
            })
    void aFaultIsToldWithItsPlaceAndItsMend(String line, String fault) throws IOException {
        assertThat(faults(HEAD + line + "\n")).isEqualTo(fault + "\n");
    }

    @Test
    void everyFaultIsTold() throws IOException {
        assertThat(
                        faults(
                                """
                                  60 A 192.0.2.1
                                @ SOA ns1 hostmaster 1 3600 900 1209600 60
                                a A 192.0.2.300
                                b CNAME a
                                b TXT (
                                   beside )
                                c A 192.0.2.1 )
                                """))
                .isEqualTo(
                        """
                        1:3: this record has no owner, nor has one before; begin the line with a name
                        3:3: A with the data 192.0.2.300: Invalid address: 192.0.2.300; write it like 192.0.2.1
                        5:1: b.dyn.test has CNAME and TXT; beside a CNAME nothing else may stand
                        7:15: a ")" without its "("; take it out
                        """);
    }

    @Test
    void aZoneNeedsSoaNsAndTtl() throws IOException {
        assertThat(faults("a 60 A 192.0.2.1\n"))
                .isEqualTo(
                        """
                        1:1: there is no SOA at dyn.test; put "@ SOA ns1 hostmaster 1 3600 900 1209600 60" first
                        1:1: there is no NS at dyn.test; put "@ NS ns1" after the SOA
                        """);
        assertThat(faults("a A 192.0.2.1\n" + HEAD))
                .isEqualTo("1:3: no TTL is known here; put a line \"$TTL 3600\" above\n");
    }

    @Test
    void recordsOfAFaultyOwnerDoNotGoToTheOneBefore() throws IOException {
        assertThat(faults(HEAD + "a..b 60 A 192.0.2.1\n 60 A 192.0.2.2\n"))
                .contains("3:1: ", "4:2: this record has no owner");
    }

    private static String faults(String text) throws IOException {
        StringBuilder faults = new StringBuilder();
        for (MasterFile.Fault f : read(text).faults()) {
            faults.append("%d:%d: %s\n".formatted(f.line(), f.column(), f.reason()));
        }
        return faults.toString();
    }

    private static String rewritten(String text) throws IOException {
        Contents contents = read(text);
        assertThat(contents.faults()).isEmpty();
        StringBuilder out = new StringBuilder();
        MasterFile.write(Zone.of(name("dyn.test"), contents.rrsets()).snapshot(), out);
        assertThat(read(out.toString()).rrsets())
                .containsExactlyInAnyOrderElementsOf(ZoneText.sorted(contents.rrsets()));
        return out.toString();
    }

    private static Contents read(String text) throws IOException {
        return MasterFile.read(new StringReader(text), name("dyn.test"));
    }
}

package io.holdfast.service.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.zone.MasterFile;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is served as the operator wrote it, and hardly meant so.
class StaticRecordsWarningsTest {
    private static final Name APEX = Name.of("dyn.test");

    @Test
    void aNameServerOnTheLoopbackIsNamed() throws IOException {
        assertThat(
                        warnings(
                                """
                                @ 60 SOA ns1 hostmaster 1 3600 900 1209600 60
                                @ 60 NS ns1
                                @ 60 NS ns2
                                ns1 60 A 127.0.0.1
                                ns1 60 AAAA fe80::1
                                ns2 60 A 192.0.2.1
                                """))
                .containsExactly(
                        "warning: a name server of the zone dyn.test has an address at which"
                                + " nobody reaches it from elsewhere: ns1.dyn.test A 127.0.0.1, a"
                                + " loopback address; give it an A or AAAA record with its real"
                                + " address",
                        "warning: a name server of the zone dyn.test has an address at which"
                                + " nobody reaches it from elsewhere: ns1.dyn.test AAAA fe80::1, a"
                                + " link-local address; give it an A or AAAA record with its real"
                                + " address");
    }

    @Test
    void theOneThatIsMadeWhereTheOperatorLeftItOutIsNamedToo() {
        assertThat(StaticRecords.of(zone(List.of())).warnings())
                .singleElement()
                .asString()
                .contains("ns1.dyn.test A 127.0.0.1, a loopback address");
    }

    @Test
    void otherAddressesThatAreNoHostsAreNamedAFewAtATime() throws IOException {
        String zone =
                """
                @ 60 SOA ns1.example. hostmaster 1 3600 900 1209600 60
                @ 60 NS ns1.example.
                home 60 A 192.168.1.1
                """;
        assertThat(warnings(zone)).isEmpty();
        assertThat(warnings(zone + "localhost 60 A 127.0.0.1\n"))
                .containsExactly(
                        "warning: addresses in the zone dyn.test that are no host's:"
                                + " localhost.dyn.test A 127.0.0.1, a loopback address; served as"
                                + " they are");
        assertThat(warnings(zone + "$GENERATE 1-100 l$ 60 A 127.0.0.2\n"))
                .singleElement()
                .asString()
                .endsWith("; and 95 more; served as they are");
    }

    private static List<String> warnings(String text) throws IOException {
        MasterFile.Contents contents = MasterFile.read(new StringReader(text), APEX);
        assertThat(contents.faults()).isEmpty();
        return StaticRecords.of(zone(contents.rrsets())).warnings();
    }

    private static DeclaredZone zone(List<RRset> records) {
        return new DeclaredZone(
                APEX, ZonePolicy.DEFAULT, ZoneOrigin.FILE, Optional.empty(), records, 1);
    }
}

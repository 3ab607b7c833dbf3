package io.holdfast.service.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.holdfast.service.change.AdministrationException;
import io.holdfast.service.change.HostRow;
import io.holdfast.service.host.Addresses;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class HostTableTest {
    private static List<String> faultsOf(String table) {
        try {
            return fail("expected faults, was " + HostTable.read(table, "t.csv"));
        } catch (AdministrationException refused) {
            return refused.faults();
        }
    }

    @Test
    void aRowSaysWhatItHasAndLeavesOpenWhatItHasNot() throws AdministrationException {
        List<HostRow> rows =
                HostTable.read(
                        """
                        name,secret,ipv4,ipv6,ttl
                        a.dyn.test,,,,
                        b.dyn.test,"x, ""y"" ",192.0.2.1,2001:db8::1,300
                        c.dyn.test
                        """,
                        "t.csv");
        Addresses both =
                new Addresses(
                        Optional.of(Inet4Address.ofLiteral("192.0.2.1")),
                        Optional.of((Inet6Address) InetAddress.ofLiteral("2001:db8::1")));
        assertThat(rows)
                .containsExactly(
                        bare("t.csv:2:1", "a.dyn.test"),
                        new HostRow(
                                "t.csv:3:1",
                                "b.dyn.test",
                                Optional.of("x, \"y\" "),
                                both,
                                OptionalInt.of(300)),
                        bare("t.csv:4:1", "c.dyn.test"));
    }

    private static HostRow bare(String place, String name) {
        return new HostRow(place, name, Optional.empty(), Addresses.NONE, OptionalInt.empty());
    }

    @Test
    void columnsComeInAnyOrderLinesEndInAnyWayAndSpreadsheetsMarkTheBeginning()
            throws AdministrationException {
        assertThat(HostTable.read("\uFEFFttl,name\r\n60,a.dyn.test\r\n\r\n,b.dyn.test", "t.csv"))
                .extracting(HostRow::place, HostRow::name)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("t.csv:2:4", "a.dyn.test"),
                        org.assertj.core.groups.Tuple.tuple("t.csv:4:2", "b.dyn.test"));
    }

    @Test
    void everyFaultIsToldWithItsPlace() {
        assertThat(
                        faultsOf(
                                """
                                name,ipv4,ipv6,ttl
                                a.dyn.test,192.0.2.300,192.0.2.1,soon
                                ,192.0.2.1
                                b.dyn.test,,,,,
                                "c"d,,
                                """))
                .containsExactly(
                        "t.csv:2:12: \"192.0.2.300\" is no ipv4 address",
                        "t.csv:2:24: \"192.0.2.1\" is no ipv6 address",
                        "t.csv:2:34: \"soon\" is no number of seconds",
                        "t.csv:3:1: the name is missing",
                        "t.csv:4:1: more fields than the first line has columns",
                        "t.csv:5:1: something stands between a closing quote and the next comma");
    }

    @Test
    void aQuoteThatIsNeverClosedIsTold() {
        assertThat(faultsOf("name\n\"a.dyn.test\nb.dyn.test\n"))
                .containsExactly("t.csv:2:1: a quote is opened and never closed");
    }

    @Test
    void theFirstLineMustNameTheColumns() {
        assertThat(faultsOf("")).singleElement().asString().contains("must name the columns");
        assertThat(faultsOf("secret\nx\n")).singleElement().asString().contains("must name");
        assertThat(faultsOf("home.dyn.test\n"))
                .singleElement()
                .asString()
                .startsWith("t.csv:1:1: \"home.dyn.test\" is no column");
        assertThat(faultsOf("name,name\n")).singleElement().asString().contains("there twice");
    }
}

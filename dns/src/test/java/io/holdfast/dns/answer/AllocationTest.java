package io.holdfast.dns.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.holdfast.dns.answer.Answerer.Others;
import io.holdfast.dns.answer.Answerer.Transport;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.Zones;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocationTest {
    private static final String ZONE =
            """
            dyn.test.            60 SOA   ns1.dyn.test. hostmaster.dyn.test. 1 3600 900 1209600 60
            dyn.test.            60 NS    ns1.dyn.test.
            dyn.test.            60 MX    10 home.dyn.test.
            ns1.dyn.test.        60 A     192.0.2.53
            home.dyn.test.       60 A     192.0.2.1
            www.dyn.test.        60 CNAME home.dyn.test.
            *.wild.dyn.test.     60 A     192.0.2.2
            old.dyn.test.        60 DNAME dyn.test.
            sub.dyn.test.        60 NS    ns.sub.dyn.test.
            ns.sub.dyn.test.     60 A     192.0.2.54
            """;

    private final Answerer answerer =
            new Answerer(new Published<>(Zones.of(List.of(Server.zone(ZONE)))), Others.SERVED);

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a hit          | home.dyn.test.   A",
                "NODATA         | home.dyn.test.   AAAA",
                "NXDOMAIN       | nobody.dyn.test. A",
                "a wildcard     | a.b.wild.dyn.test. A",
                "a referral     | www.sub.dyn.test. A",
                "an alias       | www.dyn.test.    A",
                "a DNAME        | home.old.dyn.test. A",
                "additional     | dyn.test.        MX",
                "ANY            | dyn.test.        ANY",
                "a refusal      | example.org.     A",
                "malformed      | home.dyn.test.   TSIG",
            })
    void answeringFromMemoryAllocatesNothing(String what, String question) {
        byte[] query = Server.withEdns(question, 1232, 0, true).toWire();
        byte[] out = new byte[1232];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        answer(20_000, query, out); // first calls load classes
        threads.getCurrentThreadAllocatedBytes();

        long before = threads.getCurrentThreadAllocatedBytes();
        answer(1_000, query, out);
        long after = threads.getCurrentThreadAllocatedBytes();

        assertThat(after - before).isZero();
    }

    private void answer(int times, byte[] query, byte[] out) {
        for (int i = 0; i < times; i++) {
            int length = answerer.answer(query, query.length, out, Transport.DATAGRAM);
            if (length == Answerer.DROP) {
                throw new AssertionError("no reply");
            }
        }
    }
}

package io.holdfast.dns.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.holdfast.dns.answer.Answerer.Others;
import io.holdfast.dns.answer.Answerer.Transport;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.Zones;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

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

    private static final int ROUNDS = 5;
    private static final long NOW = 1_800_000_000;

    private final Answerer answerer =
            new Answerer(
                    new Published<>(Zones.of(List.of(Server.zone(ZONE)))),
                    Others.SERVED,
                    new AnswerSettings(
                            List.of(CookieSecret.random(new Random(1))),
                            Optional.of("ns1.fra"),
                            Optional.of("Holdfast"),
                            new RateLimiter(200, 2, exempt(), new Random(1))));
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final byte[] client = CourtesyTest.client();

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
        Message message = Server.query(question);
        EDNSOption cookie = new GenericEDNSOption(10, new byte[24]);
        EDNSOption nsid = new GenericEDNSOption(3, new byte[0]);
        message.addRecord(
                new OPTRecord(1232, 0, 0, ExtendedFlags.DO, List.of(cookie, nsid)),
                Section.ADDITIONAL);
        byte[] query = message.toWire();
        byte[] out = new byte[1232];
        answer(20_000, query, out); // first calls load classes

        // The JVM may allocate something of its own at any moment, but not each time.
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            answer(1_000, query, out);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
    }

    private void answer(int times, byte[] query, byte[] out) {
        for (int i = 0; i < times; i++) {
            int length = answerer.answer(query, query.length, out, Transport.DATAGRAM, client, NOW);
            if (length == Answerer.DROP) {
                throw new AssertionError("no reply");
            }
        }
    }

    /// Limited, counted, and sent all the same.
    private static List<ClientRange> exempt() {
        return List.of(ClientRange.of(CourtesyTest.client(), 128));
    }
}

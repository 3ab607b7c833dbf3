package io.holdfast.dns.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.BigEndian;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rcode;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import io.holdfast.dns.answer.Answerer.Others;
import io.holdfast.dns.answer.Answerer.Transport;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.RRsetChange;
import io.holdfast.dns.zone.Zone;
import io.holdfast.dns.zone.ZoneText;
import io.holdfast.dns.zone.Zones;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// While one thread changes a zone, others read it: each sees a whole version of every RRset, and
/// never misses what stays.
class ReadersAndWriterTest {
    private static final int CHANGES = 6_000;
    private static final int HOSTS = 50;
    private static final int RECORDS = 4;

    private final Zone zone =
            Server.zone("test. 60 SOA ns1.test. hostmaster.test. 0 3600 900 1209600 60");
    private final AtomicBoolean done = new AtomicBoolean();

    @Test
    @Timeout(120)
    void aReaderSeesEachNameBeforeOrAfterAChange() throws Exception {
        for (int host = 0; host < HOSTS; host++) {
            zone.apply(List.of(new RRsetChange.Put(addresses(host, 0))), 0);
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(threads.submit(this::read));
            }
            try {
                write();
            } finally {
                done.set(true);
            }
            for (Future<Integer> reader : readers) {
                assertThat(reader.get(60, TimeUnit.SECONDS)).isPositive();
            }
        }
    }

    /// Hosts get new addresses; between them names come and go, so that the table grows, fills with
    /// removed ones and is made anew.
    private void write() {
        for (int version = 1; version <= CHANGES; version++) {
            RRset passing = ZoneText.rrset("h.p" + version + ".passing.test. 60 A 192.0.2.1");
            zone.apply(List.of(new RRsetChange.Put(passing)), version);
            zone.apply(List.of(new RRsetChange.Put(addresses(version % HOSTS, version))), version);
            zone.apply(List.of(new RRsetChange.Remove(passing.owner(), Type.A)), version);
        }
    }

    /// Reads until the writer is done, and each host at least once; returns how many replies it
    /// saw.
    private int read() {
        Answerer answerer = new Answerer(new Published<>(Zones.of(List.of(zone))), Others.NONE);
        byte[] out = new byte[1232];
        int[] seen = new int[HOSTS];
        int replies = 0;
        while (!done.get() || replies < HOSTS) {
            int host = replies++ % HOSTS;
            byte[] query = Server.query("h" + host + ".test. A").toWire();
            answerer.answer(query, query.length, out, Transport.DATAGRAM);
            assertThat(out[3] & 0xF).isEqualTo(Rcode.NOERROR.value());
            assertThat(Header.answers(out)).isEqualTo(RECORDS);
            int version = version(out, query.length, 0);
            assertThat(version).isGreaterThanOrEqualTo(seen[host]);
            for (int i = 1; i < RECORDS; i++) {
                assertThat(version(out, query.length, i)).isEqualTo(version);
            }
            seen[host] = version;

            byte[] passing = Server.query("passing.test. A").toWire();
            answerer.answer(passing, passing.length, out, Transport.DATAGRAM);
            assertThat(out[3] & 0xF).isIn(Rcode.NOERROR.value(), Rcode.NXDOMAIN.value());
            assertThat(Header.answers(out)).isZero();
        }
        return replies;
    }

    /// The version that the i-th record of an answer carries: in its TTL and in its data.
    private static int version(byte[] reply, int answer, int i) {
        int record = answer + i * 16;
        int ttl = BigEndian.i32(reply, record + 6);
        assertThat(BigEndian.i32(reply, record + 12) >>> 3).isEqualTo(ttl);
        return ttl;
    }

    private static RRset addresses(int host, int version) {
        List<Rdata> all = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            byte[] address = new byte[4];
            BigEndian.put32(address, 0, version << 3 | i);
            all.add(Rdata.of(address));
        }
        return new RRset(ZoneText.name("h" + host + ".test"), Type.A, version, all);
    }
}

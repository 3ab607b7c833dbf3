package io.holdfast.service.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Soa;
import io.holdfast.dns.Type;
import io.holdfast.dns.zone.ZoneDelta;
import io.holdfast.service.event.ZoneVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ZoneJournalTest {
    private static final Name APEX = Name.of("dyn.test");

    private final ZoneJournal log = new ZoneJournal();

    @Test
    void leadsFromAnyVersionItKnowsToTheNewest() {
        steps(1, 5);
        assertThat(path(2, 5)).contains("2>3 3>4 4>5");
        assertThat(path(5, 5)).contains("");
        assertThat(path(0, 5)).isEmpty();
        assertThat(path(7, 5)).isEmpty();
    }

    @Test
    void whatIsNotServedYetIsNotShown() {
        steps(1, 5);
        assertThat(path(2, 4)).contains("2>3 3>4");
    }

    @Test
    void serialsWrapAround() {
        add(1, -2, -1, 0);
        add(2, -1, 1, 0);
        assertThat(path(-2, 1)).contains("-2>-1 -1>1");
    }

    @Test
    void aVersionThatIsMissingBetweenEndsWhatWentBefore() {
        steps(1, 3);
        add(9, 4, 5, 0);
        assertThat(path(2, 5)).isEmpty();
        assertThat(path(4, 5)).contains("4>5");
        assertThat(log.forgotten()).isEqualTo(Map.of(APEX, 2L));
    }

    @Test
    void theOldestGoWhenThereAreTooMany() {
        steps(0, ZoneJournal.MOST_STEPS);
        assertThat(log.forgotten()).isEmpty();
        add(ZoneJournal.MOST_STEPS, ZoneJournal.MOST_STEPS, ZoneJournal.MOST_STEPS + 1, 0);
        assertThat(path(0, ZoneJournal.MOST_STEPS + 1)).isEmpty();
        assertThat(path(ZoneJournal.MOST_STEPS / 2, ZoneJournal.MOST_STEPS + 1)).isPresent();
        assertThat(log.forgotten()).containsKey(APEX);
        log.isForgotten(log.forgotten());
        assertThat(log.forgotten()).isEmpty();
    }

    @Test
    void theOldestGoWhenTheyAreTooLong() {
        int most = ZoneJournal.MOST_OCTETS / 3 * 2;
        add(1, 1, 2, most);
        add(2, 2, 3, most);
        assertThat(path(1, 3)).isEmpty();
        assertThat(path(2, 3)).contains("2>3");
    }

    @Test
    void theOldestOfAllZonesGoWhenTheyAreTooLongTogether() {
        ZoneJournal small = new ZoneJournal(10_000);
        for (int zone = 0; zone < 100; zone++) {
            Name apex = Name.of("z" + zone + ".test");
            small.add(zone, new ZoneVersion(apex, step(apex)));
        }
        assertThat(small.since(Name.of("z0.test"), 1, 2)).isEmpty();
        assertThat(small.since(Name.of("z99.test"), 1, 2)).isPresent();
        assertThat(small.forgotten()).containsEntry(Name.of("z0.test"), 0L);
    }

    private static ZoneDelta step(Name apex) {
        Soa soa = new Soa(apex, apex, 1, 1, 1, 1, 1);
        return new ZoneDelta(
                new RRset(apex, Type.SOA, 60, List.of(soa.toRdata())),
                List.of(),
                new RRset(apex, Type.SOA, 60, List.of(soa.withSerial(2).toRdata())),
                List.of());
    }

    private void steps(int from, int to) {
        for (int serial = from; serial < to; serial++) {
            add(serial, serial, serial + 1, 0);
        }
    }

    private void add(long number, int from, int to, int octets) {
        List<RRset> added =
                octets == 0
                        ? List.of()
                        : List.of(
                                new RRset(
                                        APEX,
                                        new Type(65280),
                                        60,
                                        IntStream.range(0, octets / 60_000)
                                                .mapToObj(ZoneJournalTest::longData)
                                                .toList()));
        log.add(number, new ZoneVersion(APEX, new ZoneDelta(soa(from), List.of(), soa(to), added)));
    }

    private static Rdata longData(int number) {
        byte[] octets = new byte[60_000];
        octets[0] = (byte) number;
        octets[1] = (byte) (number >> 8);
        return Rdata.of(octets);
    }

    private static RRset soa(int serial) {
        Soa soa = new Soa(APEX, APEX, serial, 1, 1, 1, 1);
        return new RRset(APEX, Type.SOA, 60, List.of(soa.toRdata()));
    }

    private Optional<String> path(int from, int newest) {
        return log.since(APEX, from, newest)
                .map(steps ->
                        String.join(
                                " ", steps.stream().map(s -> s.from() + ">" + s.to()).toList()));
    }
}

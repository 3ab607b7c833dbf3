package io.holdfast.service.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import io.holdfast.dns.answer.Answerer.Transport;
import io.holdfast.dns.tsig.Tsig;
import io.holdfast.dns.tsig.TsigAlgorithm;
import io.holdfast.dns.tsig.TsigKey;
import io.holdfast.dns.tsig.TsigVerdict;
import io.holdfast.dns.zone.MasterFile;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.RRsetChange;
import io.holdfast.dns.zone.Zone;
import io.holdfast.dns.zone.ZoneDelta;
import io.holdfast.dns.zone.ZoneSnapshot;
import io.holdfast.dns.zone.Zones;
import io.holdfast.service.address.Network;
import io.holdfast.service.change.ZoneVersions;
import io.holdfast.service.listen.Exchange;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TextParseException;

/// Requests for zones and what is sent, as dnsjava builds and reads them.
class TransfersTest {
    private static final byte[] SECRET =
            "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final TsigKey KEY =
            new TsigKey(Name.of("second"), TsigAlgorithm.HMAC_SHA256, SECRET);
    private static final TSIG SIGNING = new TSIG(TSIG.HMAC_SHA256, name("second."), SECRET);
    private static final Name APEX = Name.of("dyn.example");
    private static final String RECORDS =
            """
            $TTL 60
            @     SOA ns1 hostmaster 7 3600 600 86400 60
                  NS  ns1
            ns1   A   192.0.2.53
            home  A   192.0.2.1
            home  A   192.0.2.2
            """;

    private static final TransferPermission SECONDARY =
            new TransferPermission(
                    List.of(new InetSocketAddress("192.0.2.1", 53)), List.of(), Optional.empty());

    /// A zone's versions as the test makes them.
    private static final class Versions implements ZoneVersions {
        private final Zone zone;
        private final Map<Integer, List<ZoneDelta>> steps = new HashMap<>();

        Versions(Zone zone) {
            this.zone = zone;
        }

        @Override
        public OptionalInt serial(Name apex) {
            return OptionalInt.of(zone.serial());
        }

        @Override
        public Optional<ZoneSnapshot> snapshot(Name apex) {
            return Optional.of(zone.snapshot());
        }

        @Override
        public Optional<List<ZoneDelta>> since(Name apex, int serial) {
            return Optional.ofNullable(steps.get(serial));
        }

        @Override
        public void onNewVersion(Consumer<Name> bell) {}
    }

    /// A client's side of an exchange.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Client(
            byte[] message,
            InetSocketAddress client,
            Transport transport,
            List<byte[]> replies,
            Runnable meanwhile)
            implements Exchange {
        @Override
        public TsigVerdict signature() {
            return Tsig.check(
                    message,
                    name -> Optional.of(KEY).filter(key -> key.name().equals(name)),
                    Instant.now().getEpochSecond());
        }

        @Override
        public void reply(byte[] reply) {
            replies.add(reply);
            meanwhile.run();
        }
    }

    private final Zone zone = zone(RECORDS);
    private final Versions versions = new Versions(zone);
    private TransferPermission permission =
            new TransferPermission(
                    List.of(), List.of(Network.of("192.0.2.0/24")), Optional.empty());
    private Runnable betweenMessages = () -> {};
    private List<SecondaryStatus> statuses = List.of();

    @Test
    void aZoneBeginsAndEndsWithItsSoa() throws IOException {
        assertThat(records(ask(query("AXFR"))))
                .startsWith("SOA 7")
                .endsWith("SOA 7")
                .containsExactlyInAnyOrder(
                        "SOA 7",
                        "dyn.example. NS ns1.dyn.example.",
                        "ns1.dyn.example. A 192.0.2.53",
                        "home.dyn.example. A 192.0.2.1",
                        "home.dyn.example. A 192.0.2.2",
                        "SOA 7");
    }

    @Test
    void aLargeZoneIsOneVersionInMessagesOfSixteenKibibytesEachSigned() throws IOException {
        permission = new TransferPermission(List.of(), List.of(), Optional.of(KEY.name()));
        addHosts(3_000);
        Message unsigned = query("AXFR");
        unsigned.setTSIG(SIGNING);
        Message query = new Message(unsigned.toWire(Message.MAXLENGTH));
        List<byte[]> replies = ask(query);
        assertThat(replies.size()).isGreaterThan(3).isLessThan(10);
        TSIG.StreamVerifier verifier = new TSIG.StreamVerifier(SIGNING, query.getTSIG());
        for (int i = 0; i < replies.size(); i++) {
            byte[] reply = replies.get(i);
            boolean last = i + 1 == replies.size();
            assertThat(reply.length).isLessThanOrEqualTo(16_384);
            assertThat(verifier.verify(new Message(reply), reply, last)).isEqualTo(Rcode.NOERROR);
        }
        List<String> records = records(replies);
        assertThat(records).hasSize(6 + 3_000).startsWith("SOA 8").endsWith("SOA 8");
    }

    @Test
    void whatIsChangedMeanwhileIsNotInIt() throws IOException {
        addHosts(3_000);
        betweenMessages =
                () -> {
                    RRset rrset = new RRset(Name.of("late.dyn.example"), Type.A, 60, address(9));
                    zone.apply(List.of(new RRsetChange.Put(rrset)), zone.serial() + 1);
                };
        assertThat(records(ask(query("AXFR"))))
                .doesNotContain("late.dyn.example. A 192.0.2.9")
                .startsWith("SOA 8")
                .endsWith("SOA 8");
    }

    @Test
    void aClientWithAnOlderVersionGetsTheStepsSince() throws IOException {
        versions.steps.put(6, List.of(step(6, 7)));
        assertThat(records(ask(incremental(6))))
                .containsExactly(
                        "SOA 7",
                        "SOA 6",
                        "home.dyn.example. A 192.0.2.6",
                        "SOA 7",
                        "home.dyn.example. A 192.0.2.7",
                        "SOA 7");
    }

    @ParameterizedTest(name = "client has {0}")
    @CsvSource({"7", "8"})
    void aClientWithThisVersionOrANewerOneGetsTheSoa(int serial) throws IOException {
        assertThat(records(ask(incremental(serial)))).containsExactly("SOA 7");
    }

    @Test
    void aClientWithAVersionNobodyRemembersGetsTheZone() throws IOException {
        assertThat(records(ask(incremental(3)))).hasSize(6).startsWith("SOA 7").endsWith("SOA 7");
    }

    @Test
    void moreStepsThanTheZoneHasNamesBecomeTheZone() throws IOException {
        List<ZoneDelta> many = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            many.add(step(6, 7));
        }
        versions.steps.put(6, many);
        assertThat(records(ask(incremental(6)))).hasSize(6);
    }

    @Test
    void byDatagramTheStepsComeIfTheyFitAndElseTheSoa() throws IOException {
        versions.steps.put(6, List.of(step(6, 7)));
        versions.steps.put(5, List.of(step(5, 6), step(6, 7), step(6, 7), step(6, 7)));
        assertThat(records(ask(incremental(6), "192.0.2.1", Transport.DATAGRAM))).hasSize(6);
        assertThat(records(ask(incremental(5), "192.0.2.1", Transport.DATAGRAM)))
                .containsExactly("SOA 7");
        assertThat(records(ask(incremental(4), "192.0.2.1", Transport.DATAGRAM)))
                .containsExactly("SOA 7");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "whole zones take TCP            | dyn.example.   | 192.0.2.1    | DATAGRAM | FORMERR",
                "a zone of somebody else         | other.example. | 192.0.2.1    | STREAM   | NOTAUTH",
                "a name in a zone is not one     | home.dyn.example. | 192.0.2.1 | STREAM   | NOTAUTH",
                "a client from elsewhere         | dyn.example.   | 198.51.100.1 | STREAM   | REFUSED",
            })
    void aRefusalSaysWhy(
            String why, String zoneName, String client, Transport transport, String rcode)
            throws IOException {
        Message query = Message.newQuery(Record.newRecord(name(zoneName), 252, DClass.IN));
        assertThat(rcodes(ask(query, client, transport))).containsExactly(rcode);
    }

    @Test
    void whereNobodyIsNamedNobodyMay() throws IOException {
        permission = TransferPermission.NONE;
        assertThat(rcodes(ask(query("AXFR")))).containsExactly("REFUSED");
    }

    @Test
    void whereThereIsAKeyItAloneOpens() throws IOException {
        permission =
                new TransferPermission(
                        List.of(), List.of(Network.of("192.0.2.0/24")), Optional.of(KEY.name()));
        assertThat(rcodes(ask(query("AXFR")))).containsExactly("REFUSED");
        Message wrongKey = query("AXFR");
        wrongKey.setTSIG(new TSIG(TSIG.HMAC_SHA256, name("other."), SECRET));
        assertThat(rcodes(ask(wrongKey))).containsExactly("NOTAUTH");
        Message right = query("AXFR");
        right.setTSIG(SIGNING);
        assertThat(rcodes(ask(right, "198.51.100.1", Transport.STREAM))).containsExactly("REFUSED");
        Message again = query("AXFR");
        again.setTSIG(SIGNING);
        assertThat(records(ask(again))).hasSize(6);
    }

    @Test
    void anIncrementalRequestThatNamesNoVersionIsMalformed() throws IOException {
        assertThat(rcodes(ask(query("IXFR")))).containsExactly("FORMERR");
    }

    /// Issue 15, B3: the source of a datagram may be anybody's invention.
    @Test
    void aDatagramThatNobodySignedSaysNothingOfASecondary() {
        versions.steps.put(6, List.of(step(6, 7)));
        ask(incremental(6), "192.0.2.1", Transport.DATAGRAM);
        ask(query("AXFR"), "192.0.2.1", Transport.DATAGRAM);
        assertThat(statuses.getFirst().asked()).isEmpty();
        assertThat(statuses.getFirst().fetched()).isEmpty();
        assertThat(statuses.getFirst().problem()).isEmpty();

        Message signed = incremental(6);
        signed.setTSIG(SIGNING);
        ask(signed, "192.0.2.1", Transport.DATAGRAM);
        assertThat(statuses.getFirst().asked()).isPresent();
        ask(incremental(6), "192.0.2.1", Transport.STREAM);
        assertThat(statuses.getFirst().asked()).isPresent();
        assertThat(statuses.getFirst().fetched()).isPresent();
    }

    private List<byte[]> ask(Message query) {
        return ask(query, "192.0.2.1", Transport.STREAM);
    }

    private List<byte[]> ask(Message query, String from, Transport transport) {
        Published<Zones> zones = new Published<>(Zones.of(List.of(zone)));
        Map<Name, TransferPermission> permissions = Map.of(APEX, permission);
        InstantSource clock = InstantSource.system();
        try (Secondaries nobody =
                new Secondaries(
                        zones,
                        Map.of(APEX, SECONDARY),
                        _ -> Optional.empty(),
                        (_, _, _) -> new byte[0],
                        new Random(1),
                        clock)) {
            Transfers transfers = new Transfers(zones, versions, permissions, nobody, clock);
            byte[] message = query.toWire(Message.MAXLENGTH);
            List<byte[]> replies = new ArrayList<>();
            InetSocketAddress client = new InetSocketAddress(from, 4242);
            transfers.handle(new Client(message, client, transport, replies, betweenMessages));
            statuses = nobody.statuses();
            return replies;
        }
    }

    private static Message query(String type) {
        return Message.newQuery(
                Record.newRecord(name("dyn.example."), org.xbill.DNS.Type.value(type), DClass.IN));
    }

    private static Message incremental(int serial) {
        Message query = query("IXFR");
        query.addRecord(
                new SOARecord(
                        name("dyn.example."),
                        DClass.IN,
                        0,
                        name("ns1.dyn.example."),
                        name("hostmaster.dyn.example."),
                        serial,
                        0,
                        0,
                        0,
                        0),
                Section.AUTHORITY);
        return query;
    }

    private static List<String> rcodes(List<byte[]> replies) throws IOException {
        List<String> rcodes = new ArrayList<>();
        for (byte[] reply : replies) {
            rcodes.add(Rcode.string(new Message(reply).getHeader().getRcode()));
        }
        return rcodes;
    }

    private static List<String> records(List<byte[]> replies) throws IOException {
        List<String> records = new ArrayList<>();
        for (byte[] reply : replies) {
            Message message = new Message(reply);
            assertThat(message.getRcode()).isEqualTo(Rcode.NOERROR);
            for (Record one : message.getSection(Section.ANSWER)) {
                records.add(
                        one instanceof SOARecord soa
                                ? "SOA " + soa.getSerial()
                                : one.getName()
                                        + " "
                                        + org.xbill.DNS.Type.string(one.getType())
                                        + " "
                                        + one.rdataToString());
            }
        }
        return records;
    }

    private void addHosts(int count) {
        List<RRsetChange> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Name host = Name.of("host-" + i + ".dyn.example");
            changes.add(new RRsetChange.Put(new RRset(host, Type.A, 60, address(i))));
        }
        zone.apply(changes, 8);
    }

    private static ZoneDelta step(int from, int to) {
        Name home = Name.of("home.dyn.example");
        return new ZoneDelta(
                soa(from),
                List.of(new RRset(home, Type.A, 60, address(from))),
                soa(to),
                List.of(new RRset(home, Type.A, 60, address(to))));
    }

    private static RRset soa(int serial) {
        return zone(RECORDS.replace(" 7 ", " " + serial + " ")).rrset(APEX, Type.SOA).orElseThrow();
    }

    private static List<Rdata> address(int last) {
        return List.of(Rdata.of(new byte[] {(byte) 192, 0, 2, (byte) last}));
    }

    private static Zone zone(String text) {
        try {
            MasterFile.Contents contents = MasterFile.read(new StringReader(text), APEX);
            assertThat(contents.faults()).isEmpty();
            return Zone.of(APEX, contents.rrsets());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static org.xbill.DNS.Name name(String text) {
        try {
            return org.xbill.DNS.Name.fromString(text);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(e);
        }
    }
}

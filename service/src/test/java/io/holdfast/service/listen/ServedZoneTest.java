package io.holdfast.service.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import io.holdfast.dns.zone.MasterFile;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.Zone;
import io.holdfast.dns.zone.Zones;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// The whole way of a query, with a resolver's own library as the client.
class ServedZoneTest {
    private static final Name APEX = Name.of("dyn.test");

    private final Published<Zones> zones = new Published<>(Zones.of(List.of()));
    private DnsFront front;
    private SimpleResolver resolver;

    @BeforeEach
    void start() throws IOException {
        serve(
                """
                @    60 SOA ns1 hostmaster 1 3600 600 604800 60
                @    60 NS  ns1
                ns1  60 A   192.0.2.53
                home 60 A   192.0.2.7
                """
                        + IntStream.range(0, 100)
                                .mapToObj("many 60 A 198.51.100.%d\n"::formatted)
                                .collect(Collectors.joining()));
        InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        front = DnsFront.start(List.of(any), zones);
        resolver = new SimpleResolver(front.addresses().getFirst());
        resolver.setTimeout(Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        front.close();
    }

    @Test
    void udpAndTcpAnswerTheSame() throws IOException {
        Message udp = ask("home.dyn.test.");
        resolver.setTCP(true);
        Message tcp = ask("home.dyn.test.");

        assertThat(answers(udp)).containsExactly("home.dyn.test.\t\t60\tIN\tA\t192.0.2.7");
        assertThat(answers(tcp)).isEqualTo(answers(udp));
    }

    @Test
    void anAnswerTooLongForUdpIsFetchedOverTcp() throws IOException {
        resolver.setIgnoreTruncation(true);
        assertThat(ask("many.dyn.test.").getHeader().getFlag(Flags.TC)).isTrue();

        resolver.setIgnoreTruncation(false);
        assertThat(answers(ask("many.dyn.test."))).hasSize(100);
    }

    @Test
    void whatIsPublishedIsServedAtOnce() throws IOException {
        assertThat(ask("new.dyn.test.").getRcode()).isEqualTo(Rcode.NXDOMAIN);
        serve(
                """
                @   60 SOA ns1 hostmaster 2 3600 600 604800 60
                @   60 NS  ns1
                ns1 60 A   192.0.2.53
                new 60 A   192.0.2.8
                """);

        assertThat(answers(ask("new.dyn.test.")))
                .containsExactly("new.dyn.test.\t\t60\tIN\tA\t192.0.2.8");
    }

    @Test
    void noiseDoesNotStopTheServer() throws IOException {
        Random random = new Random(20_261_122);
        try (var client = new java.net.DatagramSocket()) {
            for (int i = 0; i < 2_000; i++) {
                byte[] noise = new byte[random.nextInt(600)];
                random.nextBytes(noise);
                client.send(
                        new java.net.DatagramPacket(
                                noise, noise.length, front.addresses().getFirst()));
            }
        }
        assertThat(answers(ask("home.dyn.test."))).hasSize(1);
        assertThat(front.traffic().failures()).isZero();
    }

    private void serve(String records) throws IOException {
        MasterFile.Contents contents = MasterFile.read(new StringReader(records), APEX);
        assertThat(contents.faults()).isEmpty();
        zones.publish(Zones.of(List.of(Zone.of(APEX, contents.rrsets()))));
    }

    private Message ask(String name) throws IOException {
        Record question = Record.newRecord(org.xbill.DNS.Name.fromString(name), Type.A, DClass.IN);
        return resolver.send(Message.newQuery(question));
    }

    private static List<String> answers(Message reply) {
        return reply.getSection(Section.ANSWER).stream().map(Record::toString).toList();
    }
}

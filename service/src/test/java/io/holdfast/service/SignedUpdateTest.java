package io.holdfast.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.FaultyFileException;
import io.holdfast.dns.Name;
import io.holdfast.dns.tsig.TsigAlgorithm;
import io.holdfast.service.account.Grant;
import io.holdfast.service.change.AdministrationException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/// The whole way of a dynamic update, from a client's library over real sockets to what is served.
class SignedUpdateTest {
    private static final Name ZONE = Name.of("dyn.test");
    private static final byte[] SECRET =
            "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    @TempDir Path folder;
    private Service service;
    private SimpleResolver resolver;

    @BeforeEach
    void start() throws FaultyFileException, CannotStartException, AdministrationException {
        ServiceConfig config =
                ServiceConfig.defaults()
                        .withData(folder.resolve("data"))
                        .withHttp(List.of(ListenAddress.parse("127.0.0.1:0")))
                        .withDns(List.of(ListenAddress.parse("127.0.0.1:0")))
                        .withZones(List.of(ZONE));
        service = Service.start(config, InstantSource.system(), new SecureRandom(), List.of());
        service.registry()
                .keys()
                .add(
                        Name.of("upd"),
                        TsigAlgorithm.HMAC_SHA256,
                        Optional.of(SECRET),
                        List.of(Grant.zone(ZONE)));
        resolver = new SimpleResolver(service.dns().getFirst());
        resolver.setTimeout(Duration.ofSeconds(20));
        resolver.setTSIGKey(new TSIG(TSIG.HMAC_SHA256, name("upd."), SECRET));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @ParameterizedTest(name = "over TCP: {0}")
    @ValueSource(booleans = {false, true})
    void whatIsAnsweredIsServed(boolean tcp) throws IOException {
        resolver.setTCP(tcp);
        long before = serial();
        Update update = new Update(name("dyn.test."));
        update.absent(name("h.dyn.test."));
        update.add(name("h.dyn.test."), Type.TXT, 60, "hello");

        assertThat(rcode(update)).isEqualTo("NOERROR");
        assertThat(served("h.dyn.test.", Type.TXT)).containsExactly("hello");
        assertThat(serial()).isEqualTo(before + 1);
    }

    @Test
    void whatIsRequiredAndDoesNotHoldLeavesEverythingAsItIs() throws IOException {
        long before = serial();
        Update update = new Update(name("dyn.test."));
        update.present(name("h.dyn.test."));
        update.add(name("h.dyn.test."), Type.TXT, 60, "hello");

        assertThat(rcode(update)).isEqualTo("NXDOMAIN");
        assertThat(served("h.dyn.test.", Type.TXT)).isEmpty();
        assertThat(serial()).isEqualTo(before);
    }

    @Test
    void anUpdateThatChangesNothingMakesNoNewVersion() throws IOException {
        long before = serial();
        Update update = new Update(name("dyn.test."));
        update.delete(name("h.dyn.test."));

        assertThat(rcode(update)).isEqualTo("NOERROR");
        assertThat(serial()).isEqualTo(before);
    }

    /// Clients such as external-dns send hundreds of records in one datagram.
    @Test
    void anUpdateByUdpIsAsLongAsADatagramCanBe() throws IOException {
        Update update = new Update(name("dyn.test."));
        for (int i = 0; i < 200; i++) {
            update.add(name("h" + i + ".dyn.test."), Type.TXT, 60, "x".repeat(255));
        }
        update.setTSIG(new TSIG(TSIG.HMAC_SHA256, name("upd."), SECRET), Rcode.NOERROR, null);
        byte[] message = update.toWire(65_507);
        assertThat(message).hasSizeGreaterThan(50_000);

        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(service.dns().getFirst());
            socket.setSoTimeout(20_000);
            socket.send(new DatagramPacket(message, message.length));
            DatagramPacket reply = new DatagramPacket(new byte[512], 512);
            socket.receive(reply);
            assertThat(Rcode.string(reply.getData()[3] & 0xF)).isEqualTo("NOERROR");
        }
        assertThat(served("h199.dyn.test.", Type.TXT)).containsExactly("x".repeat(255));
    }

    private String rcode(Update update) throws IOException {
        return Rcode.string(resolver.send(update).getRcode());
    }

    private long serial() throws IOException {
        return ((SOARecord) answers("dyn.test.", Type.SOA).getFirst()).getSerial();
    }

    private List<String> served(String name, int type) throws IOException {
        return answers(name, type).stream()
                .map(record -> record.rdataToString().replace("\"", ""))
                .toList();
    }

    /// Asked with a signature, so the reply has to have one, too.
    private List<Record> answers(String name, int type) throws IOException {
        Message question = Message.newQuery(Record.newRecord(name(name), type, DClass.IN));
        return resolver.send(question).getSection(Section.ANSWER);
    }

    private static org.xbill.DNS.Name name(String text) {
        return org.xbill.DNS.Name.fromConstantString(text);
    }
}

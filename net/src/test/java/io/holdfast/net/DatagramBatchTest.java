package io.holdfast.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.net.DatagramBatches.Kind;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Both kinds of socket hold the same promises.
@ParameterizedClass
@MethodSource("kinds")
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class DatagramBatchTest {
    /// What IPv4 leaves of 65,535 octets beside its header and UDP's.
    private static final int LONGEST = 65_507;

    private final Kind kind;
    private final List<AutoCloseable> opened = new ArrayList<>();

    DatagramBatchTest(Kind kind) {
        this.kind = kind;
    }

    /// Every kind that works on this system.
    static Stream<Kind> kinds() {
        return Stream.of(DatagramBatches.fastest(), Kind.PORTABLE).distinct();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @Test
    void aReplyReachesWhoAsked() throws Exception {
        DatagramBatch batch = open("127.0.0.1");
        answerInUpperCase(batch);

        assertThat(ask(batch.address(), "anna")).isEqualTo("ANNA");
        assertThat(ask(batch.address(), "berta, who is longer")).isEqualTo("BERTA, WHO IS LONGER");
    }

    @Test
    void manyThatWaitAreTakenAndEachGetsItsOwnReply() throws Exception {
        DatagramBatch batch = open("127.0.0.1");
        List<DatagramSocket> clients = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            DatagramSocket client = client(batch.address());
            client.send(packet("client " + i));
            clients.add(client);
        }
        answerInUpperCase(batch);
        for (int i = 0; i < clients.size(); i++) {
            assertThat(reply(clients.get(i))).isEqualTo("CLIENT " + i);
        }
    }

    @Test
    void whatGetsNoReplyDoesNotShiftTheOthers() throws Exception {
        DatagramBatch batch = open("127.0.0.1");
        List<DatagramSocket> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            DatagramSocket client = client(batch.address());
            client.send(packet(i % 3 == 0 ? "ignore me" : "client " + i));
            clients.add(client);
        }
        answerInUpperCase(batch);
        for (int i = 0; i < clients.size(); i++) {
            if (i % 3 != 0) {
                assertThat(reply(clients.get(i))).isEqualTo("CLIENT " + i);
            }
        }
    }

    @Test
    void anEmptyDatagramIsADatagram() throws Exception {
        DatagramBatch batch = open("127.0.0.1");
        try (DatagramSocket client = new DatagramSocket()) { // connected, the JDK sends none
            client.send(new DatagramPacket(new byte[0], 0, batch.address()));
        }
        assertThat(batch.receive()).isEqualTo(1);
        assertThat(batch.read(0, new byte[12])).isZero();
    }

    @Test
    void theSenderIsKnown() throws Exception {
        DatagramBatch batch = open("127.0.0.1");
        DatagramSocket client = client(batch.address());
        client.send(packet("who am I"));

        assertThat(batch.receive()).isEqualTo(1);
        assertThat(batch.peer(0)).isEqualTo(client.getLocalSocketAddress());
    }

    @Test
    void theSendersAddressIsSixteenOctets() throws Exception {
        DatagramBatch batch = open("127.0.0.1");
        client(batch.address()).send(packet("who am I"));
        byte[] address = new byte[16];
        Arrays.fill(address, (byte) 0xEE);
        batch.receive();
        batch.peerAddress(0, address);
        assertThat(HexFormat.of().formatHex(address)).isEqualTo("00000000000000000000ffff7f000001");

        assumeIpv6();
        DatagramBatch ipv6 = open("::1");
        client(ipv6.address()).send(packet("who am I"));
        ipv6.receive();
        ipv6.peerAddress(0, address);
        assertThat(HexFormat.of().formatHex(address)).isEqualTo("00000000000000000000000000000001");
    }

    @Test
    void aDatagramLongerThanItsReaderWantsIsCut() throws Exception {
        DatagramBatch batch = open("127.0.0.1");
        client(batch.address()).send(packet("x".repeat(LONGEST)));

        assertThat(batch.receive()).isEqualTo(1);
        assertThat(batch.read(0, new byte[65_535])).isEqualTo(LONGEST);
        assertThat(batch.read(0, new byte[12])).isEqualTo(12);
    }

    @Test
    void theLongestDatagramComesBackWhole() throws Exception {
        DatagramBatch batch = open("127.0.0.1");
        answerInUpperCase(batch);

        String longest = "Y".repeat(LONGEST);
        assertThat(ask(batch.address(), longest)).isEqualTo(longest);
    }

    @Test
    void closingWakesAReceiver() throws Exception {
        DatagramBatch batch = open("127.0.0.1");
        client(batch.address()).send(packet("are you there"));
        CountDownLatch running = new CountDownLatch(1);
        FutureTask<Integer> second =
                new FutureTask<>(() -> {
                    batch.receive();
                    running.countDown();
                    return batch.receive(); // nothing more comes: waits
                });
        Thread.ofPlatform().daemon().start(second);
        running.await();
        batch.close();

        assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(-1);
    }

    @Test
    void aClosedSocketReceivesNothingAndClosingTwiceIsHarmless() throws Exception {
        DatagramBatch batch = open("127.0.0.1");
        batch.close();
        batch.close();

        assertThat(batch.receive()).isEqualTo(-1);
    }

    @Test
    void aBatchInHandCanStillBeReadWhileAnotherThreadCloses() throws Exception {
        DatagramBatch batch = open("127.0.0.1");
        client(batch.address()).send(packet("last words"));
        batch.receive();
        batch.close();

        byte[] datagram = new byte[512];
        assertThat(text(datagram, batch.read(0, datagram))).isEqualTo("last words");
        batch.reply(0, datagram, 4);
        assertThat(batch.send()).isEqualTo(1);
    }

    @Test
    void aReplyMayComeLaterFromAnotherThreadWhileTheSocketWaits() throws Exception {
        for (String listening : List.of("127.0.0.1", "0.0.0.0")) {
            DatagramBatch batch = open(listening);
            InetSocketAddress server = at("127.0.0.1", batch.address().getPort());
            DatagramSocket anna = client(server);
            DatagramSocket berta = client(server);
            anna.send(packet("later"));
            batch.receive();
            ReturnPath toAnna = batch.returnPath(0);
            answerInUpperCase(batch);
            berta.send(packet("now"));

            assertThat(reply(berta)).isEqualTo("NOW");
            toAnna.send("here you are".getBytes(US_ASCII));
            assertThat(reply(anna)).isEqualTo("here you are");
            assertThat(toAnna.peer()).isEqualTo(anna.getLocalSocketAddress());
        }
    }

    @Test
    void aLateReplyLeavesFromTheAddressThatWasAsked() throws Exception {
        assumeTrue(kind == Kind.NATIVE, "the JDK does not tell which address was asked");
        assumeIpv6();
        DatagramBatch batch = open("::");
        DatagramSocket client = client(at("127.0.0.2", batch.address().getPort()));
        client.send(packet("later"));
        batch.receive();

        batch.returnPath(0).send("here you are".getBytes(US_ASCII));

        assertThat(reply(client)).isEqualTo("here you are");
    }

    @Test
    void aLateReplyToAClosedSocketIsRefused() throws Exception {
        DatagramBatch batch = open("127.0.0.1");
        client(batch.address()).send(packet("too late"));
        batch.receive();
        ReturnPath path = batch.returnPath(0);
        batch.close();

        assertThatThrownBy(() -> path.send(new byte[12])).isInstanceOf(IOException.class);
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        InetSocketAddress taken = open("127.0.0.1").address();

        assertThatThrownBy(() -> DatagramBatches.open(taken, 2, kind))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("127.0.0.1:" + taken.getPort())
                .hasMessageContaining("in use");
    }

    @Test
    void anAddressThatIsNotOursIsNamed() {
        InetSocketAddress foreign = at("192.0.2.1", 0);

        assertThatThrownBy(() -> DatagramBatches.open(foreign, 1, kind))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("192.0.2.1:0");
    }

    @Test
    void severalSocketsServeOnePort() throws Exception {
        List<DatagramBatch> batches = DatagramBatches.open(at("127.0.0.1", 0), 3, kind);
        opened.addAll(batches);
        batches.forEach(this::answerInUpperCase);

        assertThat(batches)
                .extracting(DatagramBatch::address)
                .containsOnly(batches.get(0).address());
        for (int i = 0; i < 50; i++) {
            assertThat(ask(batches.get(0).address(), "client " + i)).isEqualTo("CLIENT " + i);
        }
    }

    @Test
    void ipv6Works() throws Exception {
        assumeIpv6();
        DatagramBatch batch = open("::1");
        answerInUpperCase(batch);

        assertThat(ask(batch.address(), "anna")).isEqualTo("ANNA");
        assertThat(batch.address().getAddress()).isEqualTo(InetAddress.ofLiteral("::1"));
    }

    @Test
    void theIpv6WildcardTakesIpv4AsWell() throws Exception {
        assumeIpv6();
        DatagramBatch batch = open("::");
        answerInUpperCase(batch);

        int port = batch.address().getPort();
        assertThat(ask(at("::1", port), "six")).isEqualTo("SIX");
        assertThat(ask(at("127.0.0.1", port), "four")).isEqualTo("FOUR");
    }

    @Test
    void aReplyLeavesFromTheAddressThatWasAsked() throws Exception {
        assumeTrue(kind == Kind.NATIVE, "the JDK does not tell which address was asked");
        // The client is connected: it hears nobody but 127.0.0.2, which routing would not choose.
        DatagramBatch ipv4 = open("0.0.0.0");
        answerInUpperCase(ipv4);
        InetSocketAddress asked = at("127.0.0.2", ipv4.address().getPort());
        assertThat(askFrom("127.0.0.1", asked, "four")).isEqualTo("FOUR");

        assumeIpv6();
        DatagramBatch both = open("::");
        answerInUpperCase(both);
        InetSocketAddress mapped = at("127.0.0.3", both.address().getPort());
        assertThat(askFrom("127.0.0.1", mapped, "four in six")).isEqualTo("FOUR IN SIX");
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    private DatagramBatch open(String host) throws IOException {
        DatagramBatch batch = DatagramBatches.open(at(host, 0), 1, kind).getFirst();
        opened.add(batch);
        return batch;
    }

    /// Answers whatever comes, from a thread of its own, until closed; not `ignore me`.
    private void answerInUpperCase(DatagramBatch batch) {
        byte[] datagram = new byte[DatagramBatch.MAX_LENGTH];
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        for (int n = batch.receive(); n > 0; n = batch.receive()) {
                            for (int i = 0; i < n; i++) {
                                answer(batch, i, datagram);
                            }
                            batch.send();
                        }
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private static void answer(DatagramBatch batch, int i, byte[] datagram) {
        String question = text(datagram, batch.read(i, datagram));
        if (!question.equals("ignore me")) {
            byte[] reply = question.toUpperCase(java.util.Locale.ROOT).getBytes(US_ASCII);
            batch.reply(i, reply, reply.length);
        }
    }

    private String ask(InetSocketAddress server, String question) throws IOException {
        DatagramSocket client = client(server);
        client.send(packet(question));
        return reply(client);
    }

    private String askFrom(String own, InetSocketAddress server, String question)
            throws IOException {
        DatagramSocket client = new DatagramSocket(at(own, 0));
        opened.add(client);
        client.connect(server);
        client.setSoTimeout(10_000);
        client.send(packet(question));
        return reply(client);
    }

    private DatagramSocket client(InetSocketAddress server) throws IOException {
        DatagramSocket client = new DatagramSocket(null);
        opened.add(client);
        client.connect(server);
        client.setSoTimeout(10_000);
        return client;
    }

    private static String reply(DatagramSocket client) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        client.receive(packet);
        return text(packet.getData(), packet.getLength());
    }

    private static DatagramPacket packet(String text) {
        byte[] octets = text.getBytes(US_ASCII);
        return new DatagramPacket(octets, octets.length);
    }

    private static String text(byte[] octets, int length) {
        return new String(octets, 0, length, US_ASCII);
    }

    private static void assumeIpv6() {
        try (DatagramSocket probe = new DatagramSocket(at("::1", 0))) {
            assumeTrue(probe.isBound());
        } catch (IOException e) {
            assumeTrue(false, "this machine has no IPv6: " + e.getMessage());
        }
    }
}

package io.holdfast.dns.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.answer.Answerer.Transport;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;

/// Whatever arrives, the answerer throws nothing and replies, if at all, with a message of a length
/// that is allowed.
class AnyPacketTest {
    private static final String[] QUESTIONS = {
        "test. SOA", "h.test. A", "x.w.test. A", "c.test. A", "x.d.test. A", "x.s.test. A", "x.y. A"
    };

    private final Server server =
            Server.of(
                    """
                    test.      60 SOA   ns1.test. hostmaster.test. 1 3600 900 1209600 60
                    test.      60 MX    10 h.test.
                    h.test.    60 A     192.0.2.1
                    *.w.test.  60 A     192.0.2.1
                    c.test.    60 CNAME x.w.test.
                    d.test.    60 DNAME w.test.
                    s.test.    60 NS    n.s.test.
                    n.s.test.  60 A     192.0.2.1
                    """);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void isAnsweredOrDropped(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] packet = mutated(random);
            Transport transport = random.nextBoolean() ? Transport.DATAGRAM : Transport.STREAM;
            byte[] reply = server.exchange(packet, transport);

            if (reply.length > 0) {
                assertThat(reply.length).isBetween(Header.LENGTH, Edns.MOST_PAYLOAD);
                assertThat(Arrays.copyOf(reply, 2)).isEqualTo(Arrays.copyOf(packet, 2));
                assertThat(Header.isResponse(reply)).isTrue();
                assertReadable(reply, packet);
            }
        }
    }

    /// A query in which a few octets are others, or are missing, or too many.
    private static byte[] mutated(Random random) {
        String question = QUESTIONS[random.nextInt(QUESTIONS.length)];
        Message query =
                random.nextBoolean()
                        ? Server.query(question)
                        : Server.withEdns(question, random.nextInt(65_536), 0, true);
        byte[] packet = query.toWire();
        for (int i = random.nextInt(4); i > 0; i--) {
            packet[random.nextInt(packet.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(3) > 0
                ? packet
                : Arrays.copyOf(packet, random.nextInt(packet.length * 2));
    }

    private static void assertReadable(byte[] reply, byte[] packet) {
        try {
            assertThat(new Message(reply).toWire()).isNotEmpty();
        } catch (IOException e) {
            throw new AssertionError("reply to " + Arrays.toString(packet), e);
        }
    }
}

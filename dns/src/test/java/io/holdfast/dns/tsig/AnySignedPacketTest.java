package io.holdfast.dns.tsig;

import static io.holdfast.dns.tsig.Signed.KEY;
import static io.holdfast.dns.tsig.Signed.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever arrives, checking throws nothing, and only what was signed is taken for signed.
class AnySignedPacketTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void isAVerdict(long seed) {
        Random random = new Random(seed);
        byte[] update = Signed.signed(Signed.update(), KEY, NOW);
        byte[] query = Signed.signed(Signed.query(), KEY, NOW);
        for (int i = 0; i < 20_000; i++) {
            byte[] good = random.nextBoolean() ? update : query;
            byte[] packet = mutated(good, random);

            TsigVerdict verdict = Signed.check(packet);

            if (verdict instanceof TsigVerdict.Signed) { // the id is not signed, and case is none
                packet[0] = good[0];
                packet[1] = good[1];
                assertThat(Signed.check(packet)).isInstanceOf(TsigVerdict.Signed.class);
                assertThat(packet.length).isEqualTo(good.length);
            }
            TsigSigner.ofRequest(KEY).replies().check(packet, NOW);
        }
    }

    private static byte[] mutated(byte[] good, Random random) {
        int length = random.nextInt(4) == 0 ? random.nextInt(good.length * 2) : good.length;
        byte[] packet = Arrays.copyOf(good, length);
        for (int i = random.nextInt(6); i > 0 && length > 0; i--) {
            byte octet = (byte) (random.nextInt(3) == 0 ? 0xC0 : random.nextInt());
            packet[random.nextInt(length)] = octet;
        }
        return packet;
    }
}

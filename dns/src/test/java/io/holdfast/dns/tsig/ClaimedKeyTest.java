package io.holdfast.dns.tsig;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TextParseException;

/// What a message says of who signed it.
class ClaimedKeyTest {
    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource({
        "home.dyn.test, hmac-sha256, true",
        "HOME.dyn.TEST, HMAC-SHA256, true",
        "home.dyn.test, hmac-sha512, false",
        "home.dyn.test, hmac-md5.sig-alg.reg.int, false",
        "other.dyn.test, hmac-sha256, false",
        "dyn.test, hmac-sha256, false",
    })
    void isKnownByItsNameAndAlgorithm(String name, String algorithm, boolean known) {
        Optional<ClaimedKey> claimed = ClaimedKey.of(signed(name, algorithm));

        assertThat(claimed).contains(new ClaimedKey(Name.of(name), Name.of(algorithm)));
        assertThat(claimed.orElseThrow().isOneOf(Signed::known)).isEqualTo(known);
    }

    @Test
    void isNoneWithoutASignature() {
        assertThat(ClaimedKey.of(update().toWire())).isEmpty();
    }

    @Test
    void isNoneWhereTheMessageIsCutBeforeIt() {
        byte[] signed = signed("home.dyn.test", "hmac-sha256");
        int afterNames = signed.length - 16 - 32; // the fixed fields and the MAC
        for (int length = 0; length < signed.length; length++) {
            assertThat(ClaimedKey.of(Arrays.copyOf(signed, length)).isPresent())
                    .as("%d octets", length)
                    .isEqualTo(length >= afterNames);
        }
    }

    @Test
    void isNoneWhereMoreRecordsAreCountedThanThereCanBe() {
        byte[] message = signed("home.dyn.test", "hmac-sha256");
        message[10] = (byte) 0xFF;

        assertThat(ClaimedKey.of(message)).isEmpty();
    }

    private static Message update() {
        Message message = new Message(7);
        message.getHeader().setOpcode(Opcode.UPDATE);
        return message;
    }

    private static byte[] signed(String name, String algorithm) {
        try {
            Message message = update();
            message.setTSIG(
                    new TSIG(
                            org.xbill.DNS.Name.fromString(algorithm + "."),
                            org.xbill.DNS.Name.fromString(name + "."),
                            new javax.crypto.spec.SecretKeySpec(new byte[32], "HmacSHA256")));
            byte[] wire = message.toWire(Message.MAXLENGTH);
            assertThat(new Message(wire).getTSIG()).isNotNull();
            return wire;
        } catch (TextParseException e) {
            throw new IllegalStateException(e);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

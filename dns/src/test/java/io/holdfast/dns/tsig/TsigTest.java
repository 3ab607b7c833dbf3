package io.holdfast.dns.tsig;

import static io.holdfast.dns.tsig.Signed.KEY;
import static io.holdfast.dns.tsig.Signed.NOW;
import static io.holdfast.dns.tsig.Signed.check;
import static io.holdfast.dns.tsig.Signed.parsed;
import static io.holdfast.dns.tsig.Signed.query;
import static io.holdfast.dns.tsig.Signed.signed;
import static io.holdfast.dns.tsig.Signed.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import io.holdfast.dns.tsig.TsigVerdict.Failed;
import io.holdfast.dns.tsig.TsigVerdict.Malformed;
import io.holdfast.dns.tsig.TsigVerdict.Unsigned;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIGRecord;

/// Requests signed by dnsjava, checked by us (RFC 8945 §5.2).
class TsigTest {
    @ParameterizedTest
    @EnumSource
    void aSignedRequestIsItsHolders(TsigAlgorithm algorithm) {
        TsigKey key = Signed.key("k.test", algorithm);
        byte[] bare = update().toWire(0xFFFF);

        TsigVerdict verdict =
                Tsig.check(signed(parsed(bare), key, NOW), name -> Optional.of(key), NOW);

        TsigVerdict.Signed signed = (TsigVerdict.Signed) verdict;
        assertThat(signed.key()).isEqualTo(key);
        assertThat(signed.message()).isEqualTo(bare);
        assertThat(signed.time()).isEqualTo(NOW);
        assertThat(signed.mac()).hasSize(algorithm.macLength());
    }

    @Test
    void aRequestWithoutSignatureIsUnsigned() {
        assertThat(check(update().toWire())).isInstanceOf(Unsigned.class);
    }

    @Test
    void whoGaveItAnotherIdOnTheWayDidNotHarmIt() {
        byte[] message = signed(update(), KEY, NOW);
        message[0] ^= 0x55;

        TsigVerdict.Signed signed = (TsigVerdict.Signed) check(message);

        assertThat(signed.message()).startsWith(message[0], message[1]);
    }

    @Test
    void theNameOfTheKeyMayBeCompressed() {
        // The question is h.dyn.test, at 12.
        byte[] plain = TsigSigner.ofRequest(KEY).sign(query().toWire(), NOW);
        int nameAt = plain.length - TsigRecord.room(KEY);
        byte[] compressed = new byte[plain.length - "dyn.test".length()];
        System.arraycopy(plain, 0, compressed, 0, nameAt + 5); // "home"
        compressed[nameAt + 5] = (byte) 0xC0;
        compressed[nameAt + 6] = 14; // "dyn.test"
        int afterName = nameAt + KEY.name().length();
        System.arraycopy(plain, afterName, compressed, nameAt + 7, plain.length - afterName);

        assertThat(check(compressed)).isInstanceOf(TsigVerdict.Signed.class);
    }

    @Test
    void aStrangersKeyIsAnUnsignedBadKey() {
        TsigKey stranger = Signed.key("stranger.test", TsigAlgorithm.HMAC_SHA256);

        Message reply = refusal(signed(update(), stranger, NOW), TsigError.BADKEY);

        assertThat(reply.getTSIG().getSignature()).isEmpty();
        assertThat(reply.getTSIG().getName()).isEqualTo(Signed.dnsjava("stranger.test."));
    }

    @Test
    void aKnownKeyWithAnotherAlgorithmIsBadKey() {
        TsigKey weaker = Signed.key("home.dyn.test", TsigAlgorithm.HMAC_SHA1);

        Message reply = refusal(signed(update(), weaker, NOW), TsigError.BADKEY);

        assertThat(reply.getTSIG().getAlgorithm()).isEqualTo(Signed.dnsjava("hmac-sha1."));
    }

    @Test
    void anotherSecretIsAnUnsignedBadSig() {
        TsigKey forger = new TsigKey(KEY.name(), KEY.algorithm(), new byte[] {1, 2, 3});

        Message reply = refusal(signed(update(), forger, NOW), TsigError.BADSIG);

        assertThat(reply.getTSIG().getSignature()).isEmpty();
    }

    @Test
    void everyOctetOfAMessageIsSigned() {
        byte[] good = signed(update(), KEY, NOW);
        int idAndFlags = 2;
        for (int i = idAndFlags; i < good.length; i++) {
            byte[] changed = good.clone();
            changed[i] ^= 0x01;
            assertThat(check(changed)).as("octet %d", i).isNotInstanceOf(TsigVerdict.Signed.class);
        }
    }

    @ParameterizedTest(name = "signed {0} s from now: {1}")
    @CsvSource({"-301, BADTIME", "-300, good", "0, good", "300, good", "301, BADTIME"})
    void clocksMayDifferByFiveMinutes(int seconds, String expected) {
        TsigVerdict verdict = check(signed(update(), KEY, NOW + seconds));

        String said = verdict instanceof Failed failed ? failed.error().toString() : "good";
        assertThat(said).isEqualTo(expected);
    }

    @Test
    void badTimeIsSignedAndTellsOurTime() {
        long theirs = NOW - 3600;
        Message request = update();
        byte[] octets = signed(request, KEY, theirs);

        Failed failed = (Failed) check(octets);

        Message reply = parsed(failed.reply());
        assertThat(reply.getTSIG().getTimeSigned().getEpochSecond()).isEqualTo(theirs);
        assertThat(reply.getTSIG().getOther())
                .isEqualTo(HexFormat.of().parseHex("00006b0349c0")); // 2026-11-22 20:00
        int verified =
                tsig(KEY, theirs).verify(reply, failed.reply(), parsed(octets).getTSIG(), true);
        assertThat(Rcode.TSIGstring(verified)).isIn("NOERROR", "BADTIME");
    }

    @Test
    void anErrorReplyRepeatsIdOpcodeAndQuestionOnly() {
        Message request = update();
        TsigKey stranger = Signed.key("stranger.test", TsigAlgorithm.HMAC_SHA256);

        Message reply = refusal(signed(request, stranger, NOW), TsigError.BADKEY);

        assertThat(reply.getHeader().getID()).isEqualTo(request.getHeader().getID());
        assertThat(reply.getHeader().getOpcode()).isEqualTo(request.getHeader().getOpcode());
        assertThat(reply.getQuestion()).isEqualTo(request.getQuestion());
        assertThat(reply.getSection(Section.ANSWER)).isEmpty();
        assertThat(reply.getSection(Section.AUTHORITY)).isEmpty();
        assertThat(reply.getSection(Section.ADDITIONAL)).hasSize(1);
    }

    @ParameterizedTest(name = "{0} octets of the MAC: {1}")
    @CsvSource({
        "32, Signed",
        "31, Signed",
        "16, Signed",
        "15, Malformed",
        "10, Malformed",
        "0, Malformed",
        "33, Malformed"
    })
    void aMacMayBeCutToHalfTheHash(int length, String expected) {
        Message request = update();
        signed(request, KEY, NOW);
        byte[] mac = Arrays.copyOf(request.getTSIG().getSignature(), length);

        TsigVerdict verdict = check(Signed.with(request, tsig(request.getTSIG(), mac)));

        assertThat(verdict.getClass().getSimpleName()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} octets of a SHA-1: {1}")
    @CsvSource({"16, Signed", "15, Failed", "10, Failed", "9, Malformed"})
    void butNotBelowSixteenOctets(int length, String expected) {
        TsigKey key = Signed.key("k.test", TsigAlgorithm.HMAC_SHA1);
        Message request = update();
        signed(request, key, NOW);
        byte[] mac = Arrays.copyOf(request.getTSIG().getSignature(), length);
        byte[] message = Signed.with(request, tsig(request.getTSIG(), mac));

        TsigVerdict verdict = Tsig.check(message, name -> Optional.of(key), NOW);

        assertThat(verdict.getClass().getSimpleName()).isEqualTo(expected);
        if (verdict instanceof Failed failed) {
            assertThat(failed.error()).isEqualTo(TsigError.BADTRUNC);
            assertThat(parsed(failed.reply()).getTSIG().getSignature()).as("signed").hasSize(20);
        }
    }

    /// Only who holds the key learns that its MACs are too short.
    @Test
    void aForgedShortMacIsBadSig() {
        TsigKey key = Signed.key("k.test", TsigAlgorithm.HMAC_SHA1);
        Message request = update();
        signed(request, key, NOW);
        byte[] message = Signed.with(request, tsig(request.getTSIG(), new byte[12]));

        Failed failed = (Failed) Tsig.check(message, name -> Optional.of(key), NOW);

        assertThat(failed.error()).isEqualTo(TsigError.BADSIG);
    }

    @Test
    void whatFollowsTheSignatureMakesItWorthless() {
        Message request = update();
        signed(request, KEY, NOW);
        TSIGRecord tsig = request.getTSIG();
        byte[] tail = update().toWire();
        byte[] message = request.toWire(0xFFFF);

        request.addRecord(tsig, Section.ADDITIONAL);
        assertThat(check(request.toWire(0xFFFF))).as("twice").isInstanceOf(Malformed.class);

        byte[] longer = Arrays.copyOf(message, message.length + tail.length);
        assertThat(check(longer)).as("octets after it").isInstanceOf(Malformed.class);

        request.removeAllRecords(Section.ADDITIONAL);
        request.addRecord(tsig, Section.ANSWER);
        assertThat(check(request.toWire(0xFFFF))).as("elsewhere").isInstanceOf(Malformed.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"class IN, 1, 0", "a TTL, 255, 1"})
    void aTsigRecordHasClassAnyAndNoTtl(String what, int dnsClass, int ttl) {
        Message request = update();
        signed(request, KEY, NOW);
        TSIGRecord good = request.getTSIG();
        TSIGRecord bad =
                new TSIGRecord(
                        good.getName(),
                        dnsClass,
                        ttl,
                        good.getAlgorithm(),
                        good.getTimeSigned(),
                        good.getFudge(),
                        good.getSignature(),
                        good.getOriginalID(),
                        0,
                        null);

        assertThat(check(Signed.with(request, bad))).as(what).isInstanceOf(Malformed.class);
    }

    @Test
    void theNameOfAKeyIsCaseless() {
        assertThat(KEY.name()).isEqualTo(Name.of("HOME.DYN.TEST"));
        byte[] message = TsigSigner.ofRequest(KEY).sign(update().toWire(), NOW);
        int nameAt = message.length - TsigRecord.room(KEY);
        message[nameAt + 1] = 'H';

        assertThat(check(message)).isInstanceOf(TsigVerdict.Signed.class);
    }

    private static Message refusal(byte[] request, TsigError error) {
        Failed failed = (Failed) check(request);
        assertThat(failed.error()).isEqualTo(error);
        Message reply = parsed(failed.reply());
        assertThat(reply.getHeader().getRcode()).isEqualTo(Rcode.NOTAUTH);
        assertThat(reply.getTSIG().getError()).isEqualTo(error.value());
        return reply;
    }

    private static TSIGRecord tsig(TSIGRecord like, byte[] mac) {
        return new TSIGRecord(
                like.getName(),
                DClass.ANY,
                0,
                like.getAlgorithm(),
                like.getTimeSigned(),
                like.getFudge(),
                mac,
                like.getOriginalID(),
                0,
                null);
    }

    private static org.xbill.DNS.TSIG tsig(TsigKey key, long at) {
        return Signed.tsig(key, at);
    }
}

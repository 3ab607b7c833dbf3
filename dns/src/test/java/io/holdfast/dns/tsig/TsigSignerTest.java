package io.holdfast.dns.tsig;

import static io.holdfast.dns.tsig.Signed.KEY;
import static io.holdfast.dns.tsig.Signed.NOW;
import static io.holdfast.dns.tsig.Signed.parsed;
import static io.holdfast.dns.tsig.Signed.query;
import static io.holdfast.dns.tsig.Signed.signed;
import static io.holdfast.dns.tsig.Signed.tsig;
import static io.holdfast.dns.tsig.Signed.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.tsig.TsigReplies.Verdict.Doubtful;
import io.holdfast.dns.tsig.TsigReplies.Verdict.Genuine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;

/// What we sign, checked by dnsjava, and its replies, checked by us.
class TsigSignerTest {
    @ParameterizedTest
    @EnumSource
    void ourRequestsAreGoodElsewhere(TsigAlgorithm algorithm) {
        TsigKey key = Signed.key("k.test", algorithm);
        byte[] bare = update().toWire();

        TsigSigner signer = TsigSigner.ofRequest(key);
        byte[] request = signer.sign(bare, NOW);

        assertThat(tsig(key, NOW).verify(parsed(request), request, null)).isZero();
        assertThat(request).hasSize(bare.length + signer.room());
    }

    @Test
    void ourReplyIsBoundToTheRequest() {
        byte[] request = signed(update(), KEY, NOW);
        byte[] reply = replies(request).sign(answer(update()), NOW);

        TSIGRecord asked = parsed(request).getTSIG();
        TSIGRecord other = parsed(signed(query(), KEY, NOW)).getTSIG();
        assertThat(tsig(KEY, NOW).verify(parsed(reply), reply, asked)).isZero();
        assertThat(tsig(KEY, NOW).verify(parsed(reply), reply, other)).isNotZero();
    }

    @Test
    void everyMessageOfATransferIsBoundToTheOneBeforeIt() {
        byte[] request = signed(query(), KEY, NOW);
        TsigSigner signer = replies(request);
        TSIG.StreamVerifier verifier =
                new TSIG.StreamVerifier(tsig(KEY, NOW), parsed(request).getTSIG());

        for (int i = 0; i < 5; i++) {
            byte[] message = signer.sign(answer(query()), NOW);
            assertThat(verifier.verify(parsed(message), message)).as("message %d", i).isZero();
        }
    }

    @Test
    void theirRepliesAreGenuine() {
        TsigSigner signer = TsigSigner.ofRequest(KEY);
        byte[] request = signer.sign(query().toWire(), NOW);
        TsigReplies replies = signer.replies();
        byte[] bare = answer(query());

        Message first = parsed(bare);
        tsig(KEY, NOW).apply(first, parsed(request).getTSIG(), true);
        byte[] octets = first.toWire(0xFFFF);
        Message second = parsed(bare);
        tsig(KEY, NOW).apply(second, parsed(octets).getTSIG(), false);

        assertThat(((Genuine) replies.check(octets, NOW)).message()).isEqualTo(bare);
        assertThat(replies.check(second.toWire(0xFFFF), NOW)).isInstanceOf(Genuine.class);
    }

    @Test
    void aReplyThatProvesNothingSaysWhy() {
        TsigSigner signer = TsigSigner.ofRequest(KEY);
        byte[] request = signer.sign(query().toWire(), NOW);
        TsigReplies replies = signer.replies();
        byte[] bare = answer(query());
        byte[] late = replies(request).sign(bare, NOW - 301);
        byte[] forged = replies(request).sign(bare, NOW);
        forged[3] ^= 0x05; // another response code

        assertThat(replies.check(bare, NOW)).isEqualTo(new Doubtful("not signed"));
        assertThat(replies.check(late, NOW))
                .isEqualTo(new Doubtful("signed at another time than now"));
        assertThat(replies.check(forged, NOW))
                .isEqualTo(new Doubtful("not signed with home.dyn.test (hmac-sha256)"));
        assertThat(replies.check(new byte[7], NOW)).isEqualTo(new Doubtful("malformed"));
    }

    @Test
    void aReplyThatSaysWhatIsWrongIsHeard() {
        TsigKey stranger = Signed.key("stranger.test", TsigAlgorithm.HMAC_SHA256);
        TsigSigner signer = TsigSigner.ofRequest(stranger);
        byte[] request = signer.sign(query().toWire(), NOW);
        byte[] reply = ((TsigVerdict.Failed) Signed.check(request)).reply();

        assertThat(signer.replies().check(reply, NOW))
                .isEqualTo(new Doubtful("says BADKEY, not signed"));
    }

    @Test
    void aSignedBadTimeIsHeard() {
        TsigSigner signer = TsigSigner.ofRequest(KEY);
        byte[] request = signer.sign(query().toWire(), NOW - 3600);
        byte[] reply = ((TsigVerdict.Failed) Signed.check(request)).reply();

        assertThat(signer.replies().check(reply, NOW)).isEqualTo(new Doubtful("says BADTIME"));
    }

    private static TsigSigner replies(byte[] request) {
        return ((TsigVerdict.Signed) Signed.check(request)).replies();
    }

    private static byte[] answer(Message request) {
        request.getHeader().setFlag(Flags.QR);
        return request.toWire();
    }
}

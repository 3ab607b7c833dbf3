package io.holdfast.service.dnsupdate;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.BigEndian;
import io.holdfast.dns.Rcode;
import io.holdfast.dns.Type;
import io.holdfast.dns.update.UpdateStep;
import io.holdfast.service.change.RefusedUpdates;
import io.holdfast.service.change.ZoneDoor;
import io.holdfast.service.change.ZoneUpdate;
import io.holdfast.service.change.ZoneUpdateOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;

/// What an update's sender is told, and what reaches the door.
class DnsUpdateHandlerTest {
    private final Client client = new Client();
    private final List<ZoneUpdate> submitted = new ArrayList<>();
    private ZoneUpdateOutcome outcome = ZoneUpdateOutcome.DONE;
    private final ZoneDoor door =
            update -> {
                submitted.add(update);
                return CompletableFuture.completedFuture(outcome);
            };
    private final RefusedUpdates refused = new RefusedUpdates(_ -> true, client.clock);
    private final DnsUpdateHandler updates =
            new DnsUpdateHandler(Client.KEYS, door, client.zones, refused, client.clock);

    @Test
    void aSignedUpdateGoesThroughTheDoorAndIsAnsweredSigned() {
        Message update = Client.update("dyn.test.");

        Message reply = client.ask(updates, update.toWire(), Client.HOME);

        assertThat(submitted).hasSize(1);
        ZoneUpdate got = submitted.getFirst();
        assertThat(got.by().key()).isEqualTo(Client.HOME);
        assertThat(got.origin().source().getHostAddress()).isEqualTo("192.0.2.99");
        assertThat(got.message().steps())
                .hasSize(2)
                .first()
                .isEqualTo(new UpdateStep.DeleteRRset(Client.HOME.name(), Type.A));
        assertThat(reply.getRcode()).isEqualTo(Rcode.NOERROR.value());
        assertThat(reply.getHeader().getID()).isEqualTo(update.getHeader().getID());
        assertThat(reply.getHeader().getOpcode()).isEqualTo(Opcode.UPDATE);
        assertThat(reply.getHeader().getFlag(Flags.QR)).isTrue();
        assertThat(reply.getQuestion()).isEqualTo(update.getQuestion());
    }

    @Test
    void whatTheDoorSaysIsTold() {
        outcome = new ZoneUpdateOutcome(Rcode.YXDOMAIN, "home.dyn.test is in use");

        assertThat(signed(Client.update("dyn.test."))).isEqualTo("YXDOMAIN");
    }

    @Test
    void anUpdateWithoutSignatureIsRefused() {
        Message reply = client.ask(updates, Client.update("dyn.test.").toWire());

        assertThat(rcode(reply)).isEqualTo("REFUSED");
        assertThat(submitted).isEmpty();
    }

    @Test
    void anUpdateWithAStrangersKeyIsNotAuthoritative() {
        byte[] update = client.signed(Client.update("dyn.test."), Client.key("stranger"));

        Message reply = client.ask(updates, update);

        assertThat(rcode(reply)).isEqualTo("NOTAUTH");
        assertThat(reply.getTSIG().getError()).isEqualTo(org.xbill.DNS.Rcode.BADKEY);
        assertThat(submitted).isEmpty();
    }

    @Test
    void anUpdateOfLongAgoIsNotTaken() {
        byte[] update = client.signed(Client.update("dyn.test."), Client.HOME);
        client.clock.advance(Duration.ofSeconds(301));

        Message reply = client.ask(updates, update);

        assertThat(rcode(reply)).isEqualTo("NOTAUTH");
        assertThat(reply.getTSIG().getError()).isEqualTo(org.xbill.DNS.Rcode.BADTIME);
        assertThat(submitted).isEmpty();
    }

    @Test
    void anUpdateOfAZoneThatIsNotOursIsNotAuthoritative() {
        assertThat(signed(Client.update("elsewhere.test."))).isEqualTo("NOTAUTH");
        assertThat(signed(Client.update("below.dyn.test."))).isEqualTo("NOTAUTH");
        assertThat(submitted).isEmpty();
    }

    @Test
    void aKeyThatMayChangeNothingIsRefusedBeforeTheDoor() {
        Message update = Client.update("dyn.test.");

        Message reply = client.ask(updates, update.toWire(), Client.POWERLESS);

        assertThat(rcode(reply)).isEqualTo("REFUSED");
        assertThat(submitted).isEmpty();
    }

    @Test
    void aMalformedUpdateIsAFormatErrorSignedOrNot() {
        byte[] update = Client.update("dyn.test.").toWire();
        byte[] wrongType = update.clone();
        BigEndian.put16(wrongType, 12 + "_dyn_test_".length(), Type.A.value());

        assertThat(rcode(client.ask(updates, wrongType, Client.HOME))).isEqualTo("FORMERR");
        assertThat(rcode(client.ask(updates, Arrays.copyOf(update, update.length - 1))))
                .isEqualTo("FORMERR");
        assertThat(submitted).isEmpty();
    }

    @Test
    void aRepeatIsAnsweredLikeTheFirstAndDoneOnce() {
        outcome = new ZoneUpdateOutcome(Rcode.NXRRSET, "no DHCID");
        byte[] update = client.signed(Client.update("dyn.test."), Client.HOME);

        Message first = client.ask(updates, update);
        outcome = ZoneUpdateOutcome.DONE;
        client.clock.advance(Duration.ofMillis(500));
        Message second = client.ask(updates, update);

        assertThat(List.of(rcode(first), rcode(second))).containsOnly("NXRRSET");
        assertThat(submitted).hasSize(1);
    }

    @Test
    void aRepeatWithLessOfTheSignatureIsARepeat() {
        byte[] update = client.signed(Client.update("dyn.test."), Client.HOME);
        byte[] shorter = withHalfTheMac(update);

        assertThat(rcode(client.ask(updates, update))).isEqualTo("NOERROR");
        assertThat(rcode(client.ask(updates, shorter))).isEqualTo("NOERROR");
        assertThat(submitted).hasSize(1);
    }

    @Test
    void aRepeatAfterAFaultOfOursIsTriedAgain() {
        byte[] update = client.signed(Client.update("dyn.test."), Client.HOME);
        outcome = new ZoneUpdateOutcome(Rcode.SERVFAIL, "the disk is full");
        Message failed = client.ask(updates, update);
        outcome = ZoneUpdateOutcome.DONE;
        Message done = client.ask(updates, update);

        assertThat(rcode(failed)).isEqualTo("SERVFAIL");
        assertThat(rcode(done)).isEqualTo("NOERROR");
        assertThat(submitted).hasSize(2);
    }

    private String signed(Message update) {
        return rcode(client.ask(updates, update.toWire(), Client.HOME));
    }

    private static String rcode(Message reply) {
        return org.xbill.DNS.Rcode.string(reply.getRcode());
    }

    /// The last 22 octets of a message signed with 32 are 16 of the MAC, id, error, length of other
    /// data: the MAC's length stands 16 before those.
    private static byte[] withHalfTheMac(byte[] signed) {
        int afterMac = signed.length - 6;
        byte[] shorter = Arrays.copyOf(signed, signed.length - 16);
        System.arraycopy(signed, afterMac, shorter, afterMac - 16, 6);
        BigEndian.put16(shorter, afterMac - 34, 16);
        int dataLengthAt = afterMac - 34 - 8 - "_hmac-sha256_".length() - 2;
        BigEndian.put16(shorter, dataLengthAt, BigEndian.u16(signed, dataLengthAt) - 16);
        return shorter;
    }
}

package io.holdfast.dns.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/// A reply as dnsjava reads it, and what a test may say about it. Records are `OWNER TTL TYPE
/// DATA`.
final class Reply {
    private final byte[] wire;
    private final Message message;

    Reply(byte[] wire) {
        this.wire = wire;
        try {
            message = new Message(wire);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// NOERROR with authority, and exactly these records in the answer section.
    Reply answers(String... records) {
        saysCode("NOERROR").isAuthoritative(true);
        assertThat(section(Section.ANSWER)).containsExactlyInAnyOrder(records);
        return this;
    }

    /// NODATA: the name exists, the type does not; the SOA says for how long that holds.
    Reply saysNoData() {
        saysCode("NOERROR").isAuthoritative(true).carriesOnlySoa();
        assertThat(section(Section.ANSWER)).isEmpty();
        return this;
    }

    Reply saysNoName() {
        saysCode("NXDOMAIN").isAuthoritative(true).carriesOnlySoa();
        assertThat(section(Section.ANSWER)).isEmpty();
        return this;
    }

    /// A referral: no answer, no authority, these NS records.
    Reply refersTo(String... ns) {
        saysCode("NOERROR").isAuthoritative(false);
        assertThat(section(Section.ANSWER)).isEmpty();
        assertThat(section(Section.AUTHORITY)).containsExactlyInAnyOrder(ns);
        return this;
    }

    Reply saysCode(String rcode) {
        assertThat(Rcode.string(message.getRcode())).isEqualTo(rcode);
        assertThat(message.getHeader().getFlag(Flags.QR)).as("QR").isTrue();
        assertThat(message.getHeader().getFlag(Flags.RA)).as("RA").isFalse();
        return this;
    }

    Reply isAuthoritative(boolean expected) {
        assertThat(message.getHeader().getFlag(Flags.AA)).as("AA").isEqualTo(expected);
        return this;
    }

    Reply isTruncated(boolean expected) {
        assertThat(message.getHeader().getFlag(Flags.TC)).as("TC").isEqualTo(expected);
        return this;
    }

    Reply inAnswer(String... records) {
        assertThat(section(Section.ANSWER)).containsExactlyInAnyOrder(records);
        return this;
    }

    Reply inAuthority(String... records) {
        assertThat(section(Section.AUTHORITY)).containsExactlyInAnyOrder(records);
        return this;
    }

    /// Exactly these in the additional section, an OPT record apart.
    Reply inAdditional(String... records) {
        assertThat(section(Section.ADDITIONAL)).containsExactlyInAnyOrder(records);
        return this;
    }

    Reply isNoLongerThan(int octets) {
        assertThat(wire.length).isLessThanOrEqualTo(octets);
        return this;
    }

    Message message() {
        return message;
    }

    byte[] wire() {
        return wire.clone();
    }

    boolean hasOpt() {
        return message.getOPT() != null;
    }

    /// The OPT record, which must be there.
    OPTRecord opt() {
        return Objects.requireNonNull(message.getOPT(), "no OPT record");
    }

    List<String> section(int section) {
        return message.getSection(section).stream()
                .filter(record -> !(record instanceof OPTRecord))
                .map(Reply::text)
                .toList();
    }

    private void carriesOnlySoa() {
        assertThat(section(Section.AUTHORITY)).hasSize(1).allMatch(r -> r.contains(" SOA "));
    }

    private static String text(Record record) {
        return record.getName()
                + " "
                + record.getTTL()
                + " "
                + org.xbill.DNS.Type.string(record.getType())
                + " "
                + record.rdataToString();
    }
}

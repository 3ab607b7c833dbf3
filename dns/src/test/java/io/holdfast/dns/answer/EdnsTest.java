package io.holdfast.dns.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Section;

/// EDNS (RFC 6891) and how long replies get.
class EdnsTest {
    private final Server server =
            Server.of(
                    """
                    test.       60 SOA ns1.test. hostmaster.test. 1 3600 900 1209600 60
                    a.test.     60 A   192.0.2.1
                    big.test.   60 TXT "%1$s"
                    big.test.   60 TXT "x%1$s"
                    huge.test.  60 TXT "%1$s" "%1$s" "%1$s" "%1$s" "%1$s" "%1$s"
                    mx.test.    60 MX  10 host.%2$s.test.
                    host.%2$s.test. 60 TXT "not an address"
                    """
                                    .formatted("t".repeat(240), "m".repeat(60))
                            + addresses("host." + "m".repeat(60) + ".test.", 40));

    @Test
    void optComesBackOnlyIfSent() {
        assertThat(server.ask("a.test. A").hasOpt()).isFalse();

        OPTRecord opt =
                server.askWithEdns("a.test. A", 4096).answers("a.test. 60 A 192.0.2.1").opt();
        assertThat(opt.getVersion()).isZero();
        assertThat(opt.getPayloadSize()).isEqualTo(1232);
        assertThat(opt.getFlags()).isZero();
        assertThat(opt.getOptions()).isEmpty();
    }

    @Test
    void refusalsCarryOptToo() {
        assertThat(server.askWithEdns("example.com. A", 4096).saysCode("REFUSED").hasOpt())
                .isTrue();
    }

    @Test
    void theDnssecOkBitIsCopied() {
        OPTRecord opt = server.ask(Server.withEdns("a.test. A", 4096, 0, true)).opt();

        assertThat(opt.getFlags()).isEqualTo(ExtendedFlags.DO);
    }

    @Test
    void anUnknownVersionIsToldOurs() {
        Reply reply = server.ask(Server.withEdns("a.test. A", 4096, 1, false));

        reply.saysCode("BADVERS").inAnswer().inAuthority();
        assertThat(reply.opt().getVersion()).isZero();
    }

    /// RFC 6891 §6.1.3: before anything else is made of the message.
    @ParameterizedTest
    @CsvSource({"UPDATE", "NOTIFY", "STATUS", "IQUERY"})
    void anUnknownVersionIsToldOursWhateverTheMessageIs(String opcode) {
        Message message = Server.withEdns("test. SOA", 4096, 1, false);
        message.getHeader().setOpcode(Opcode.value(opcode));

        Reply reply = server.ask(message);

        reply.saysCode("BADVERS").inAnswer().inAuthority();
        assertThat(reply.opt().getVersion()).isZero();
    }

    @Test
    void unknownOptionsMeanNothing() {
        Message query = Server.query("a.test. A");
        query.addRecord(
                new OPTRecord(1232, 0, 0, 0, List.of(new GenericEDNSOption(65001, new byte[9]))),
                Section.ADDITIONAL);

        OPTRecord opt = server.ask(query).answers("a.test. 60 A 192.0.2.1").opt();

        assertThat(opt.getOptions()).isEmpty();
    }

    @Test
    void withoutEdnsAReplyHas512Octets() {
        server.ask("big.test. TXT").isTruncated(true).inAnswer().isNoLongerThan(512);
        server.askWithEdns("big.test. TXT", 100).isTruncated(true).isNoLongerThan(512);
        server.askWithEdns("big.test. TXT", 1232).isTruncated(false);
    }

    @Test
    void noDatagramIsLongerThan1232Octets() {
        server.askWithEdns("huge.test. TXT", 65_535)
                .isTruncated(true)
                .inAnswer()
                .isNoLongerThan(1232);
        server.askByTcp("huge.test. TXT").isTruncated(false);
    }

    @Test
    void whatNobodyAskedForIsLeftOutFirst() {
        Reply reply = server.ask("mx.test. MX");

        reply.answers("mx.test. 60 MX 10 host." + "m".repeat(60) + ".test.")
                .isTruncated(false)
                .inAdditional();
        assertThat(server.askByTcp("mx.test. MX").section(Section.ADDITIONAL)).hasSize(40);
    }

    private static String addresses(String owner, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("%s 60 A 192.0.2.%d\n".formatted(owner, i));
        }
        return text.toString();
    }
}

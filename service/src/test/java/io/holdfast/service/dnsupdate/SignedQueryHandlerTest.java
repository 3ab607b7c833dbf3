package io.holdfast.service.dnsupdate;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.answer.Answerer.Transport;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Questions that are signed.
class SignedQueryHandlerTest {
    private final Client client = new Client();
    private final SignedQueryHandler questions = new SignedQueryHandler(client.zones, client.clock);

    @Test
    void aSignedQuestionIsAnsweredSigned() {
        Message soa = Client.question("dyn.test.", Type.SOA);

        Message reply = client.ask(questions, soa.toWire(), Client.POWERLESS);

        assertThat(reply.getSection(Section.ANSWER)).hasSize(1);
        assertThat(reply.getHeader().getFlag(Flags.AA)).isTrue();
    }

    @Test
    void anAnswerThatLeavesNoRoomForTheSignatureIsTruncated() {
        byte[] many = Client.question("many.dyn.test.", Type.A).toWire();

        assertThat(client.ask(questions, many).getSection(Section.ANSWER)).hasSize(27);
        Message reply = client.ask(questions, many, Client.HOME);

        assertThat(reply.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(reply.getSection(Section.ANSWER)).isEmpty();
        assertThat(client.replies.getFirst().length).isLessThanOrEqualTo(512);
    }

    @Test
    void overTcpThereIsRoom() {
        client.transport = Transport.STREAM;
        byte[] many = Client.question("many.dyn.test.", Type.A).toWire();

        Message reply = client.ask(questions, many, Client.HOME);

        assertThat(reply.getSection(Section.ANSWER)).hasSize(27);
    }

    @Test
    void withEdnsThereIsRoomOverUdp() {
        Message many = Client.question("many.dyn.test.", Type.A);
        many.addRecord(new org.xbill.DNS.OPTRecord(1232, 0, 0), Section.ADDITIONAL);

        Message reply = client.ask(questions, many.toWire(), Client.HOME);

        assertThat(reply.getSection(Section.ANSWER)).hasSize(27);
        assertThat(reply.getOPT()).isNotNull();
    }

    @Test
    void aQuestionWithAStrangersKeyIsNotAnswered() {
        Message soa = Client.question("dyn.test.", Type.SOA);

        Message reply = client.ask(questions, client.signed(soa, Client.key("stranger")));

        assertThat(reply.getRcode()).isEqualTo(Rcode.NOTAUTH);
        assertThat(reply.getSection(Section.ANSWER)).isEmpty();
    }
}

package io.holdfast.service.dnsupdate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/// NOTIFY messages to a server that is the primary of all its zones (RFC 1996).
class NotifyHandlerTest {
    private final Client client = new Client();
    private final NotifyHandler notifications = new NotifyHandler(client.zones, client.clock);

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource({
        "of a zone of ours,    dyn.test.,       SOA, NOERROR",
        "of another zone,      elsewhere.test., SOA, NOTAUTH",
        "of a name in a zone,  ns1.dyn.test.,   SOA, NOTAUTH",
        "of another type,      dyn.test.,       NS,  NOTIMP",
    })
    void aNotification(String what, String name, String type, String rcode) {
        Message notify = Client.question(name, Type.value(type));
        notify.getHeader().setOpcode(Opcode.NOTIFY);

        Message plain = client.ask(notifications, notify.toWire());
        Message signed = client.ask(notifications, notify.toWire(), Client.HOME);

        assertThat(Rcode.string(plain.getRcode())).as(what).isEqualTo(rcode);
        assertThat(Rcode.string(signed.getRcode())).as(what).isEqualTo(rcode);
        assertThat(plain.getQuestion()).isEqualTo(notify.getQuestion());
    }
}

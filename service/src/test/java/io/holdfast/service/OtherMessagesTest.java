package io.holdfast.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.answer.Answerer.Transport;
import io.holdfast.dns.tsig.TsigAlgorithm;
import io.holdfast.dns.tsig.TsigKey;
import io.holdfast.service.account.UpdateKey;
import io.holdfast.service.listen.Exchange;
import io.holdfast.service.listen.ExchangeHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// Who gets what the answer path leaves to others.
class OtherMessagesTest {
    private static final UpdateKey KEY =
            new UpdateKey(
                    new TsigKey(
                            io.holdfast.dns.Name.of("home.dyn.test"),
                            TsigAlgorithm.HMAC_SHA256,
                            new byte[32]),
                    List.of());

    private final List<String> got = new ArrayList<>();
    private final OtherMessages others =
            new OtherMessages(
                    name -> Optional.of(KEY).filter(key -> key.key().name().equals(name)),
                    _ -> got("updates"),
                    _ -> got("notifications"),
                    _ -> got("transfers"),
                    _ -> got("questions"));

    private CompletionStage<?> got(String part) {
        got.add(part);
        return ExchangeHandler.over();
    }

    @ParameterizedTest(name = "{0} {1} goes to {2}")
    @CsvSource({
        "UPDATE, SOA, updates",
        "NOTIFY, SOA, notifications",
        "QUERY, AXFR, transfers",
        "QUERY, IXFR, transfers",
        "QUERY, SOA, questions",
        "QUERY, ANY, questions",
        "STATUS, SOA, questions",
    })
    void aMessage(String opcode, String type, String part) {
        Record question =
                Record.newRecord(Name.fromConstantString("dyn.test."), Type.value(type), DClass.IN);
        Message message = Message.newQuery(question);
        message.getHeader().setOpcode(Opcode.value(opcode));

        others.handle(new Unanswered(message.toWire()));

        assertThat(got).containsExactly(part);
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({
        "home.dyn.test., HMAC-SHA256., true",
        "home.dyn.test., HMAC-SHA512., false",
        "else.dyn.test., HMAC-SHA256., false",
        ", , false",
    })
    void aKeyThatIsClaimed(String name, String algorithm, boolean known) throws TextParseException {
        Message message = new Message();
        message.getHeader().setOpcode(Opcode.UPDATE);
        if (name != null) {
            message.setTSIG(
                    new TSIG(
                            Name.fromString(algorithm),
                            Name.fromString(name),
                            new SecretKeySpec(new byte[16], "HmacSHA256")));
        }

        assertThat(others.claimsKnownKey(message.toWire(Message.MAXLENGTH))).isEqualTo(known);
    }

    /// The answer path says so to what is not signed.
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"UPDATE, SOA", "NOTIFY, SOA", "QUERY, AXFR", "QUERY, SOA", "STATUS, SOA"})
    void anUnknownVersionOfEdnsIsTheAnswerPathsToRefuseWhateverIsAsked(String opcode, String type) {
        Record question =
                Record.newRecord(Name.fromConstantString("dyn.test."), Type.value(type), DClass.IN);
        Message message = Message.newQuery(question);
        message.getHeader().setOpcode(Opcode.value(opcode));
        message.addRecord(new OPTRecord(1232, 0, 1), Section.ADDITIONAL);

        others.handle(new Unanswered(message.toWire()));

        assertThat(got).containsExactly("questions");
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Unanswered(byte[] message) implements Exchange {
        @Override
        public InetSocketAddress client() {
            return new InetSocketAddress(InetAddress.ofLiteral("192.0.2.99"), 4711);
        }

        @Override
        public Transport transport() {
            return Transport.DATAGRAM;
        }

        @Override
        public void reply(byte[] reply) {
            throw new AssertionError("nobody replies here");
        }
    }
}

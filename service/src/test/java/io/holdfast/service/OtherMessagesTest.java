package io.holdfast.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.answer.Answerer.Transport;
import io.holdfast.dns.tsig.TsigAlgorithm;
import io.holdfast.dns.tsig.TsigKey;
import io.holdfast.dns.tsig.TsigVerdict;
import io.holdfast.service.account.UpdateKey;
import io.holdfast.service.listen.Exchange;
import io.holdfast.service.listen.ExchangeHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
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

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final List<String> got = new ArrayList<>();
    private final OtherMessages others =
            new OtherMessages(
                    name -> Optional.of(KEY).filter(key -> key.key().name().equals(name)),
                    () -> NOW,
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

    /// Names of keys are no secret: `home.dyn.example.` is easily guessed.
    @ParameterizedTest(name = "{0}, {1}, secret {2}, {3} s: {4}")
    @CsvSource({
        "home.dyn.test., HMAC-SHA256., 0, 0, right",
        "home.dyn.test., HMAC-SHA256., 0, -301, BADTIME",
        "home.dyn.test., HMAC-SHA256., 1, 0, BADSIG",
        "home.dyn.test., HMAC-SHA512., 0, 0, BADKEY",
        "else.dyn.test., HMAC-SHA256., 0, 0, BADKEY",
        ", , , , none",
    })
    void aSignature(String name, String algorithm, Byte secret, Integer seconds, String verdict)
            throws TextParseException {
        Message message = new Message();
        message.getHeader().setOpcode(Opcode.UPDATE);
        if (name != null) {
            byte[] octets = new byte[32];
            Arrays.fill(octets, secret);
            message.setTSIG(
                    new TSIG(
                            Name.fromString(algorithm),
                            Name.fromString(name),
                            new SecretKeySpec(octets, algorithm),
                            Clock.fixed(NOW.plusSeconds(seconds), ZoneOffset.UTC)));
        }

        String told =
                switch (others.check(message.toWire(Message.MAXLENGTH))) {
                    case TsigVerdict.Signed _ -> "right";
                    case TsigVerdict.Failed failed -> failed.error().toString();
                    case TsigVerdict.Unsigned _ -> "none";
                    case TsigVerdict.Malformed _ -> "malformed";
                };
        assertThat(told).isEqualTo(verdict);
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
        public TsigVerdict signature() {
            return new TsigVerdict.Unsigned();
        }

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

package io.holdfast.service.dnsupdate;

import io.holdfast.dns.Name;
import io.holdfast.dns.answer.Answerer.Transport;
import io.holdfast.dns.tsig.Tsig;
import io.holdfast.dns.tsig.TsigAlgorithm;
import io.holdfast.dns.tsig.TsigKey;
import io.holdfast.dns.tsig.TsigReplies;
import io.holdfast.dns.tsig.TsigReplies.Verdict.Genuine;
import io.holdfast.dns.tsig.TsigSigner;
import io.holdfast.dns.tsig.TsigVerdict;
import io.holdfast.dns.zone.MasterFile;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.Zone;
import io.holdfast.dns.zone.Zones;
import io.holdfast.service.account.Grant;
import io.holdfast.service.account.KeyRing;
import io.holdfast.service.account.UpdateKey;
import io.holdfast.service.change.TestClock;
import io.holdfast.service.listen.Exchange;
import io.holdfast.service.listen.ExchangeHandler;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/// Sends one message to a handler, as a client with a key, and reads what it replies. The messages
/// are dnsjava's.
final class Client {
    static final TsigKey HOME = key("home.dyn.test");
    static final TsigKey POWERLESS = key("powerless");

    final TestClock clock = new TestClock();
    final Published<Zones> zones = new Published<>(Zones.of(List.of(zone())));

    /// Everything that was sent back, in order.
    final List<byte[]> replies = new ArrayList<>();

    Transport transport = Transport.DATAGRAM;

    /// The keys that the server knows.
    static final KeyRing KEYS =
            name ->
                    Optional.ofNullable(
                            Map.of(
                                            HOME.name(),
                                            new UpdateKey(HOME, List.of(Grant.self(HOME.name()))),
                                            POWERLESS.name(),
                                            new UpdateKey(POWERLESS, List.of()))
                                    .get(name));

    static TsigKey key(String name) {
        return new TsigKey(
                Name.of(name),
                TsigAlgorithm.HMAC_SHA256,
                "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    }

    static Message update(String zone) {
        Update update = new Update(foreign(zone));
        try {
            update.replace(foreign("home." + zone), Type.A, 60, "192.0.2.7");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return update;
    }

    static Message question(String name, int type) {
        return Message.newQuery(Record.newRecord(foreign(name), type, DClass.IN));
    }

    /// The reply to an unsigned message.
    Message ask(ExchangeHandler handler, byte[] message) {
        replies.clear();
        handler.handle(new Remembering(message)).toCompletableFuture().join();
        return parsed(replies.getFirst());
    }

    /// The reply to a message signed with that key, without the signature; it has to be signed,
    /// too.
    Message ask(ExchangeHandler handler, byte[] message, TsigKey key) {
        long now = clock.instant().getEpochSecond();
        TsigSigner signer = TsigSigner.ofRequest(key);
        ask(handler, signer.sign(message, now));
        TsigReplies.Verdict verdict = signer.replies().check(replies.getFirst(), now);
        if (!(verdict instanceof Genuine(byte[] reply))) {
            throw new AssertionError("the reply is not to be believed: " + verdict);
        }
        return parsed(reply);
    }

    byte[] signed(Message message, TsigKey key) {
        return TsigSigner.ofRequest(key).sign(message.toWire(), clock.instant().getEpochSecond());
    }

    static Message parsed(byte[] message) {
        try {
            return new Message(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static org.xbill.DNS.Name foreign(String name) {
        return org.xbill.DNS.Name.fromConstantString(name);
    }

    private static Zone zone() {
        StringBuilder text =
                new StringBuilder(
                        """
                        @    60 SOA ns1 hostmaster 1 3600 600 604800 60
                        @    60 NS  ns1
                        ns1  60 A   192.0.2.53
                        """);
        for (int i = 0; i < 27; i++) { // an answer of 496 octets without EDNS
            text.append("many 60 A 198.51.100.").append(i).append('\n');
        }
        Name apex = Name.of("dyn.test");
        try {
            return Zone.of(apex, MasterFile.read(new StringReader(text.toString()), apex).rrsets());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Remembering implements Exchange {
        private final byte[] message;

        Remembering(byte[] message) {
            this.message = message;
        }

        @Override
        public byte[] message() {
            return message;
        }

        @Override
        public TsigVerdict signature() {
            long now = clock.instant().getEpochSecond();
            return Tsig.check(message, name -> KEYS.key(name).map(UpdateKey::key), now);
        }

        @Override
        public InetSocketAddress client() {
            return new InetSocketAddress(InetAddress.ofLiteral("192.0.2.99"), 4711);
        }

        @Override
        public Transport transport() {
            return transport;
        }

        @Override
        public void reply(byte[] reply) {
            replies.add(reply);
        }
    }
}

package io.holdfast.dns.tsig;

import io.holdfast.dns.Name;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/// Messages and keys for tests, made by dnsjava, so that nothing of ours checks itself.
final class Signed {
    static final long NOW = Instant.parse("2026-11-22T20:00:00Z").getEpochSecond();
    static final TsigKey KEY = key("Home.dyn.test", TsigAlgorithm.HMAC_SHA256);

    private Signed() {}

    static TsigKey key(String name, TsigAlgorithm algorithm) {
        byte[] secret = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        return new TsigKey(Name.of(name), algorithm, secret);
    }

    static Optional<TsigKey> known(Name name) {
        return Optional.of(KEY).filter(key -> key.name().equals(name));
    }

    static TsigVerdict check(byte[] message) {
        return Tsig.check(message, Signed::known, NOW);
    }

    static Message query() {
        return Message.newQuery(Record.newRecord(dnsjava("h.dyn.test."), Type.SOA, DClass.IN));
    }

    static Message update() {
        Update update = new Update(dnsjava("dyn.test."));
        try {
            update.delete(dnsjava("h.dyn.test."), Type.A);
            update.add(dnsjava("h.dyn.test."), Type.A, 60, "192.0.2.1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return update;
    }

    /// dnsjava's way with that key at that time.
    static TSIG tsig(TsigKey key, long at) {
        return new TSIG(
                dnsjava(key.algorithm() + "."),
                dnsjava(key.name() + "."),
                new SecretKeySpec(key.secret(), key.algorithm().javaName()),
                Clock.fixed(Instant.ofEpochSecond(at), ZoneOffset.UTC));
    }

    static byte[] signed(Message message, TsigKey key, long at) {
        tsig(key, at).apply(message, null);
        return message.toWire(0xFFFF);
    }

    /// A signed message with a field of its TSIG record changed, by dnsjava's record.
    static byte[] with(Message message, TSIGRecord tsig) {
        message.removeAllRecords(Section.ADDITIONAL);
        message.addRecord(tsig, Section.ADDITIONAL);
        return message.toWire(0xFFFF);
    }

    static Message parsed(byte[] message) {
        try {
            return new Message(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static org.xbill.DNS.Name dnsjava(String name) {
        return org.xbill.DNS.Name.fromConstantString(name);
    }
}

package io.holdfast.service.transfer;

import io.holdfast.dns.BigEndian;
import io.holdfast.dns.MessageReader;
import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rcode;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import io.holdfast.dns.tsig.TsigKey;
import io.holdfast.dns.tsig.TsigReplies;
import io.holdfast.dns.tsig.TsigSigner;
import io.holdfast.service.account.KeyRing;
import io.holdfast.service.account.UpdateKey;
import io.holdfast.service.listen.DatagramClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Asks secondaries in DNS messages, by UDP; notifications are signed if the zone has a key.
final class UdpSecondaryClient implements SecondaryClient {
    /// Between servers: whoever needs longer is asked again.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int ID_SPACE = 0x10000;
    private static final int FLAGS = 2;
    private static final int QUESTIONS = 4;
    private static final int ANSWERS = 6;
    private static final int NOTIFY_AUTHORITATIVE = 0x2400;
    private static final int RCODE = 0xF;
    private static final int CLASS_IN = 1;

    /// Type and class of a question.
    private static final int QUESTION_FIELDS = 4;

    /// What stands between the owner of a record and its data.
    private static final int RECORD_FIELDS = 10;

    private static final int POINTER_TO_QUESTION = 0xC00C;

    private final DatagramClient client;
    private final KeyRing keys;
    private final Optional<Name> keyName;
    private final RandomGenerator random;
    private final InstantSource clock;

    /// @param keyName of the key that notifications are signed with, if they are
    /// @param random unpredictable in production; makes message ids
    UdpSecondaryClient(
            DatagramClient client,
            KeyRing keys,
            Optional<Name> keyName,
            RandomGenerator random,
            InstantSource clock) {
        this.client = client;
        this.keys = keys;
        this.keyName = keyName;
        this.random = random;
        this.clock = clock;
    }

    @Override
    public Optional<String> inform(InetSocketAddress server, RRset soa) {
        Optional<TsigKey> key = keyName.flatMap(keys::key).map(UpdateKey::key);
        if (keyName.isPresent() && key.isEmpty()) {
            return Optional.of("is not notified: there is no key named " + keyName.get());
        }
        try {
            byte[] message = notification(soa);
            byte[] reply =
                    key.isPresent()
                            ? askSigned(server, message, key.get())
                            : client.ask(server, message, PATIENCE);
            int rcode = BigEndian.u16(reply, FLAGS) & RCODE;
            return rcode == Rcode.NOERROR.value()
                    ? Optional.empty()
                    : Optional.of("answers a notification with " + new Rcode(rcode));
        } catch (SocketTimeoutException silent) {
            return Optional.of("does not answer a notification");
        } catch (PortUnreachableException absent) {
            return Optional.of("is not there: nobody listens at that address");
        } catch (IOException failed) {
            return Optional.of("cannot be notified: " + failed.getMessage());
        }
    }

    @Override
    public Optional<Integer> serial(InetSocketAddress server, Name zone) {
        try {
            return serial(client.ask(server, question(zone, 0, 0), PATIENCE), zone);
        } catch (IOException silent) {
            return Optional.empty(); // a notification would have found out what is wrong
        }
    }

    private byte[] askSigned(InetSocketAddress server, byte[] message, TsigKey key)
            throws IOException {
        TsigSigner signer = TsigSigner.ofRequest(key);
        byte[] reply = client.ask(server, signer.sign(message, now()), PATIENCE);
        return switch (signer.replies().check(reply, now())) {
            case TsigReplies.Verdict.Genuine genuine -> genuine.message();
            case TsigReplies.Verdict.Doubtful doubtful ->
                    throw new IOException("its answer proves nothing: " + doubtful.why());
        };
    }

    /// RFC 1996 §3.7: the new SOA as a hint.
    private byte[] notification(RRset soa) {
        Rdata rdata = soa.rdata().getFirst();
        byte[] message =
                question(
                        soa.owner(),
                        NOTIFY_AUTHORITATIVE,
                        Short.BYTES + RECORD_FIELDS + rdata.length());
        BigEndian.put16(message, ANSWERS, 1);
        int at = MessageReader.HEADER + soa.owner().length() + QUESTION_FIELDS;
        BigEndian.put16(message, at, POINTER_TO_QUESTION);
        BigEndian.put16(message, at + 2, Type.SOA.value());
        BigEndian.put16(message, at + 4, CLASS_IN);
        BigEndian.put32(message, at + 6, soa.ttl());
        BigEndian.put16(message, at + 10, rdata.length());
        System.arraycopy(rdata.toWire(), 0, message, at + 12, rdata.length());
        return message;
    }

    /// A message that is about the SOA of a zone, with `room` octets left at its end.
    private byte[] question(Name zone, int flags, int room) {
        int nameAt = MessageReader.HEADER;
        int fieldsAt = nameAt + zone.length();
        byte[] message = new byte[fieldsAt + QUESTION_FIELDS + room];
        BigEndian.put16(message, 0, random.nextInt(ID_SPACE));
        BigEndian.put16(message, FLAGS, flags);
        BigEndian.put16(message, QUESTIONS, 1);
        System.arraycopy(zone.toWire(), 0, message, nameAt, zone.length());
        BigEndian.put16(message, fieldsAt, Type.SOA.value());
        BigEndian.put16(message, fieldsAt + 2, CLASS_IN);
        return message;
    }

    /// The serial in the SOA that the reply answers with.
    private static Optional<Integer> serial(byte[] reply, Name zone) {
        MessageReader reader = new MessageReader(reply);
        reader.moveTo(QUESTIONS);
        int questions = reader.u16();
        int answers = reader.u16();
        reader.moveTo(MessageReader.HEADER);
        for (int left = questions; left > 0 && !reader.isBroken(); left--) {
            reader.skipName();
            reader.skip(QUESTION_FIELDS);
        }
        for (int left = answers; left > 0 && !reader.isBroken(); left--) {
            boolean ours = reader.name().equals(zone);
            boolean soa = reader.u16() == Type.SOA.value();
            reader.skip(Short.BYTES + Integer.BYTES);
            int end = reader.u16() + reader.at();
            if (ours && soa) {
                reader.skipName();
                reader.skipName();
                int serial = reader.i32();
                return reader.isBroken() ? Optional.empty() : Optional.of(serial);
            }
            reader.moveTo(end);
        }
        return Optional.empty();
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}

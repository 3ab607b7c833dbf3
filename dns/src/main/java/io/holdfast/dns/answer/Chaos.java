package io.holdfast.dns.answer;

import io.holdfast.dns.BigEndian;
import io.holdfast.dns.Name;
import io.holdfast.dns.Type;
import io.holdfast.dns.zone.LookupName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a server says about itself in class CH (RFC 4892): TXT records of a few names everybody
/// knows.
final class Chaos {
    static final int CLASS = 3;

    private static final byte[] VERSION_BIND = Name.of("version.bind").toWire();
    private static final byte[] VERSION_SERVER = Name.of("version.server").toWire();
    private static final byte[] ID_SERVER = Name.of("id.server").toWire();
    private static final byte[] HOSTNAME_BIND = Name.of("hostname.bind").toWire();

    private final byte @Nullable [] version;
    private final byte @Nullable [] id;

    Chaos(AnswerSettings settings) {
        version = record(settings.version());
        id = record(settings.nsid());
    }

    /// The record of a name, whose owner is a pointer to the question; null if there is none to
    /// tell.
    byte @Nullable [] find(LookupName name) {
        if (name.isNamed(VERSION_BIND) || name.isNamed(VERSION_SERVER)) {
            return version;
        }
        return name.isNamed(ID_SERVER) || name.isNamed(HOSTNAME_BIND) ? id : null;
    }

    private static byte @Nullable [] record(Optional<String> text) {
        if (text.isEmpty()) {
            return null;
        }
        byte[] string = AnswerSettings.octets(text.get());
        byte[] record = new byte[ReplyWriter.RECORD_HEADER + 1 + string.length];
        BigEndian.put16(record, 0, ReplyWriter.TO_QUESTION);
        BigEndian.put16(record, 2, Type.TXT.value());
        BigEndian.put16(record, 4, CLASS);
        BigEndian.put16(record, 10, 1 + string.length); // the TTL stays 0
        record[ReplyWriter.RECORD_HEADER] = (byte) string.length;
        System.arraycopy(string, 0, record, ReplyWriter.RECORD_HEADER + 1, string.length);
        return record;
    }
}

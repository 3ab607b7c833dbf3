package io.holdfast.service.event;

import io.holdfast.dns.Name;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Values one after the other, in few octets.
final class OctetWriter {
    private byte[] octets = new byte[512];
    private int length;

    byte[] toOctets() {
        return Arrays.copyOf(octets, length);
    }

    OctetWriter octet(int value) {
        require(1);
        octets[length++] = (byte) value;
        return this;
    }

    OctetWriter flag(boolean value) {
        return octet(value ? 1 : 0);
    }

    /// A number in as many octets as it needs, seven bits in each, the lowest first; a negative one
    /// takes ten.
    OctetWriter number(long value) {
        require(10);
        long left = value;
        while ((left & ~0x7FL) != 0) {
            octets[length++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        octets[length++] = (byte) left;
        return this;
    }

    /// In whole milliseconds; null is kept as such.
    OctetWriter time(@Nullable Instant time) {
        if (time == null) {
            return number(0);
        }
        long millis = time.toEpochMilli();
        return number(1).number(millis);
    }

    OctetWriter octets(byte[] value) {
        number(value.length);
        return raw(value);
    }

    /// Without its length.
    OctetWriter raw(byte[] value) {
        require(value.length);
        System.arraycopy(value, 0, octets, length, value.length);
        length += value.length;
        return this;
    }

    OctetWriter text(String value) {
        return octets(value.getBytes(StandardCharsets.UTF_8));
    }

    OctetWriter name(Name name) {
        return raw(name.toWire());
    }

    private void require(int more) {
        if (more > octets.length - length) {
            int room = Math.max(octets.length + (octets.length >> 1), length + more);
            octets = Arrays.copyOf(octets, room);
        }
    }
}

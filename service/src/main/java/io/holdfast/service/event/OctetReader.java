package io.holdfast.service.event;

import io.holdfast.dns.Name;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Takes what an [OctetWriter] wrote, in the same order.
///
/// Every method throws IllegalArgumentException or IndexOutOfBoundsException if something else
/// stands there.
final class OctetReader {
    private final byte[] octets;
    private int at;

    OctetReader(byte[] octets) {
        this.octets = octets;
    }

    boolean hasMore() {
        return at < octets.length;
    }

    int octet() {
        return octets[at++] & 0xFF;
    }

    boolean flag() {
        return octet() == 1;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = octet();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number is too long at " + at);
    }

    /// A number of things that follow, each of at least one octet.
    int count() {
        long count = number();
        if (count < 0 || count > octets.length - at) {
            throw new IllegalArgumentException(count + " things cannot follow at " + at);
        }
        return (int) count;
    }

    @Nullable Instant time() {
        return number() == 0 ? null : Instant.ofEpochMilli(number());
    }

    byte[] octets() {
        return raw(count());
    }

    byte[] raw(int length) {
        if (length > octets.length - at) {
            throw new IllegalArgumentException(length + " octets are not there at " + at);
        }
        at += length;
        return Arrays.copyOfRange(octets, at - length, at);
    }

    String text() {
        return new String(octets(), StandardCharsets.UTF_8);
    }

    Name name() {
        Name name = Name.fromWire(octets, at);
        at += name.length();
        return name;
    }
}

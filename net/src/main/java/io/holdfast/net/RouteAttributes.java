package io.holdfast.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The attributes of one netlink message: length:2 type:2 value, each padded to 4 octets. A missing
/// or short one gives null or the caller's default; nothing throws.
final class RouteAttributes {
    /// Where a value lies in the message.
    record Span(int at, int end) {
        int length() {
            return end - at;
        }
    }

    private record Attribute(int type, Span value) {}

    private final ByteBuffer in;
    private final List<Attribute> all = new ArrayList<>();
    private boolean malformed;

    /// @param in the datagram; the attributes lie from `at` to before `end`, both within it
    RouteAttributes(ByteBuffer in, int at, int end) {
        this.in = in;
        int next = at;
        while (end - next >= 4) {
            int length = in.getShort(next) & 0xFFFF;
            if (length < 4 || length > end - next) {
                malformed = true;
                return;
            }
            int type = in.getShort(next + 2) & 0x3FFF; // without the "nested" and "byte order" bits
            all.add(new Attribute(type, new Span(next + 4, next + length)));
            next += RouteMessages.aligned(length);
        }
    }

    /// Whether an attribute claimed more room than there is; those before it can be used.
    boolean malformed() {
        return malformed;
    }

    /// The first value of that type.
    @Nullable Span span(int type) {
        for (Attribute attribute : all) {
            if (attribute.type == type) {
                return attribute.value;
            }
        }
        return null;
    }

    /// A number at an offset into a value.
    int int32(int type, int offset, int otherwise) {
        Span span = span(type);
        return span == null || span.length() < offset + 4 ? otherwise : in.getInt(span.at + offset);
    }

    /// Text up to its closing zero.
    @Nullable String text(int type) {
        Span span = span(type);
        if (span == null) {
            return null;
        }
        String text = new String(bytes(span), StandardCharsets.UTF_8);
        int end = text.indexOf(0);
        return end < 0 ? text : text.substring(0, end);
    }

    /// An address of 32 or 128 bits.
    @Nullable InetAddress address(int type, int bits) {
        Span span = span(type);
        if (span == null || span.length() != bits / 8) {
            return null;
        }
        try {
            return InetAddress.getByAddress(bytes(span));
        } catch (UnknownHostException e) {
            throw new AssertionError("4 and 16 octets make an address", e);
        }
    }

    private byte[] bytes(Span span) {
        byte[] bytes = new byte[span.length()];
        in.get(span.at, bytes);
        return bytes;
    }
}

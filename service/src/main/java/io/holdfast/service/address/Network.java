package io.holdfast.service.address;

import io.holdfast.net.address.AddressText;
import java.net.InetAddress;

/// A range of addresses with a common beginning (CIDR, RFC 4632 §3.1).
///
/// @param first any address of the range
/// @param length how many leading bits are common
public record Network(InetAddress first, int length) {

    public Network {
        int bits = 8 * first.getAddress().length;
        if (length < 0 || length > bits) {
            throw new IllegalArgumentException(
                    "a prefix length of " + length + "; it is 0 to " + bits + " here");
        }
    }

    /// Reads an address (`192.0.2.1`) or a range (`192.0.2.0/24`, `2001:db8::/32`).
    ///
    /// @throws IllegalArgumentException naming the text, if it is neither
    public static Network of(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        InetAddress first = AddressText.read(address).orElseThrow(() -> notANetwork(text));
        if (slash < 0) {
            return new Network(first, 8 * first.getAddress().length);
        }
        try {
            return new Network(first, Integer.parseInt(text.substring(slash + 1)));
        } catch (IllegalArgumentException e) {
            throw notANetwork(text);
        }
    }

    /// Whether `address` is of the same family and begins with the same bits.
    public boolean contains(InetAddress address) {
        byte[] mine = first.getAddress();
        byte[] its = address.getAddress();
        if (mine.length != its.length) {
            return false;
        }
        int whole = length / 8;
        for (int i = 0; i < whole; i++) {
            if (mine[i] != its[i]) {
                return false;
            }
        }
        int rest = length % 8;
        return rest == 0 || ((mine[whole] ^ its[whole]) & 0xFF) >>> (8 - rest) == 0;
    }

    private static IllegalArgumentException notANetwork(String text) {
        return new IllegalArgumentException(
                "\"" + text + "\" is not an address or a network such as 192.0.2.0/24");
    }
}

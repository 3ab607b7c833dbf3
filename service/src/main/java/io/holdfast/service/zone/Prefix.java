package io.holdfast.service.zone;

import java.net.InetAddress;
import java.util.Arrays;

/// A range of addresses: those that begin with the same bits.
final class Prefix {
    private final byte[] network;
    private final int length;

    private Prefix(byte[] network, int length) {
        this.network = network;
        this.length = length;
    }

    /// Reads `192.0.2.0/24` or `2001:db8::/32`.
    static Prefix of(String text) {
        int slash = text.indexOf('/');
        byte[] network = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
        return new Prefix(network, Integer.parseInt(text.substring(slash + 1)));
    }

    boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        if (octets.length != network.length) {
            return false;
        }
        int whole = length / 8;
        int rest = length % 8;
        return Arrays.equals(octets, 0, whole, network, 0, whole)
                && (rest == 0 || (octets[whole] ^ network[whole]) >>> (8 - rest) == 0);
    }
}

package io.holdfast.agent.address;

import java.net.InetAddress;
import java.util.List;

/// What kind of address an address is, by its bits alone (IANA special-purpose registries, RFC
/// 6890).
public enum AddressKind {
    /// Reachable from the Internet, as far as its bits tell.
    GLOBAL("global"),
    /// RFC 5737, RFC 3849, RFC 9637: harmless, and every manual uses them.
    DOCUMENTATION("documentation"),
    /// RFC 1918.
    PRIVATE("private"),
    /// RFC 6598: behind the access provider's own address translation.
    CARRIER_NAT("carrier NAT"),
    /// RFC 4193.
    UNIQUE_LOCAL("unique local"),
    LINK_LOCAL("link-local"),
    LOOPBACK("loopback"),
    UNSPECIFIED("unspecified"),
    MULTICAST("multicast"),
    /// "This network", future use, broadcast, and IPv6 outside 2000::/3.
    RESERVED("reserved");

    /// The first row that covers an address decides.
    private static final List<Row> TABLE =
            List.of(
                    row("0.0.0.0", 32, UNSPECIFIED),
                    row("0.0.0.0", 8, RESERVED),
                    row("10.0.0.0", 8, PRIVATE),
                    row("100.64.0.0", 10, CARRIER_NAT),
                    row("127.0.0.0", 8, LOOPBACK),
                    row("169.254.0.0", 16, LINK_LOCAL),
                    row("172.16.0.0", 12, PRIVATE),
                    row("192.0.2.0", 24, DOCUMENTATION),
                    row("192.168.0.0", 16, PRIVATE),
                    row("198.51.100.0", 24, DOCUMENTATION),
                    row("203.0.113.0", 24, DOCUMENTATION),
                    row("224.0.0.0", 4, MULTICAST),
                    row("240.0.0.0", 4, RESERVED),
                    row("0.0.0.0", 0, GLOBAL),
                    row("::", 128, UNSPECIFIED),
                    row("::1", 128, LOOPBACK),
                    row("2001:db8::", 32, DOCUMENTATION),
                    row("3fff::", 20, DOCUMENTATION),
                    row("2000::", 3, GLOBAL),
                    row("fc00::", 7, UNIQUE_LOCAL),
                    row("fe80::", 10, LINK_LOCAL),
                    row("ff00::", 8, MULTICAST),
                    row("::", 0, RESERVED));

    private final String word;

    AddressKind(String word) {
        this.word = word;
    }

    /// The kind of an address. An IPv4-mapped IPv6 address never arises: the JDK makes it IPv4.
    public static AddressKind of(InetAddress address) {
        byte[] bits = address.getAddress();
        for (Row row : TABLE) {
            if (row.covers(bits)) {
                return row.kind;
            }
        }
        throw new AssertionError("each family's last row covers everything: " + address);
    }

    /// Whether a name in the DNS may point at such an address. Whether it should is the provider's
    /// to say: many take private ones.
    public boolean mayBeTold() {
        return switch (this) {
            case GLOBAL, DOCUMENTATION, PRIVATE, CARRIER_NAT, UNIQUE_LOCAL -> true;
            case LINK_LOCAL, LOOPBACK, UNSPECIFIED, MULTICAST, RESERVED -> false;
        };
    }

    /// As people write it.
    @Override
    public String toString() {
        return word;
    }

    private static Row row(String network, int length, AddressKind kind) {
        return new Row(InetAddress.ofLiteral(network).getAddress(), length, kind);
    }

    private static final class Row {
        private final byte[] network;
        private final int length;
        private final AddressKind kind;

        Row(byte[] network, int length, AddressKind kind) {
            this.network = network;
            this.length = length;
            this.kind = kind;
        }

        boolean covers(byte[] address) {
            if (address.length != network.length) {
                return false;
            }
            for (int bit = 0; bit < length; bit++) {
                int mask = 0x80 >>> (bit % 8);
                if (((address[bit / 8] ^ network[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}

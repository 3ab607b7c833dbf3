package io.holdfast.net.address;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What kind of address an address is, by its bits alone: the IANA special-purpose address
/// registries (RFC 6890, RFC 8190) as of 2026, and what RFC 4291 and RFC 5771 set apart besides.
///
/// The agent and the service both use this table, so that the agent never sends what the service
/// would refuse in every zone. Where we depart from the registries:
///
/// - Documentation addresses may be published: they harm nobody, and every manual uses them.
/// - ORCHIDv2, DETs and translated IPv4 addresses are globally reachable by the registry, and are
///   refused: the first two are identifiers and not routable (RFC 7343 section 1, RFC 9374), and
///   the last are IPv4 hosts, whose names have A records (RFC 6052).
public enum AddressKind {
    /// Reachable from the Internet, as far as its bits tell.
    GLOBAL("global", "a global address", Use.PUBLIC),
    /// RFC 5737, RFC 3849, RFC 9637.
    DOCUMENTATION("documentation", "a documentation address", Use.PUBLIC),
    /// RFC 1918.
    PRIVATE("private", "a private address", Use.LOCAL),
    /// RFC 6598: behind the access provider's own address translation.
    CARRIER_NAT("carrier NAT", "an address shared by a provider's customers", Use.LOCAL),
    /// RFC 4193.
    UNIQUE_LOCAL("unique local", "a unique local address", Use.LOCAL),
    UNSPECIFIED("unspecified", "the unspecified address", Use.NONE),
    /// RFC 791 section 3.2: 0.0.0.0/8.
    THIS_NETWORK("this network", "an address of \"this network\"", Use.NONE),
    LOOPBACK("loopback", "a loopback address", Use.NONE),
    LINK_LOCAL("link-local", "a link-local address", Use.NONE),
    /// RFC 3879: deprecated.
    SITE_LOCAL("site-local", "a site-local address", Use.NONE),
    MULTICAST("multicast", "a multicast address", Use.NONE),
    BROADCAST("broadcast", "the broadcast address", Use.NONE),
    /// RFC 2544, RFC 5180.
    BENCHMARKING("benchmarking", "a benchmarking address", Use.NONE),
    /// RFC 6890 section 2.1, RFC 2928: for protocols of the IETF, not for hosts.
    PROTOCOL("reserved for protocols", "an address reserved for protocols", Use.NONE),
    /// RFC 3056. The relays are gone (RFC 7526).
    SIX_TO_FOUR("6to4", "a 6to4 address", Use.NONE),
    /// RFC 7526, RFC 6751.
    SIX_TO_FOUR_RELAY("6to4 relay", "a 6to4 relay address", Use.NONE),
    /// RFC 4380.
    TEREDO("Teredo", "a Teredo address", Use.NONE),
    /// RFC 4843, RFC 7343, RFC 9374: ORCHIDs and what was made of them name no place in a network.
    IDENTIFIER("identifier", "an identifier (ORCHID)", Use.NONE),
    /// RFC 4291 section 2.5.5, RFC 6052, RFC 8215: an IPv4 address in the clothes of IPv6.
    TRANSLATED("translated IPv4", "a translated IPv4 address", Use.NONE),
    /// RFC 6666.
    DISCARD("discard-only", "a discard-only address", Use.NONE),
    /// RFC 9780.
    DUMMY("dummy", "a dummy address", Use.NONE),
    /// RFC 9602.
    SEGMENT("segment identifier", "a segment identifier (SRv6)", Use.NONE),
    /// Future use, and IPv6 outside 2000::/3.
    RESERVED("reserved", "a reserved address", Use.NONE);

    private enum Use {
        PUBLIC,
        LOCAL,
        NONE
    }

    /// The longest block that covers an address decides, whatever the order here.
    private static final List<Block> BLOCKS =
            Stream.of(
                            // IANA IPv4 Special-Purpose Address Registry, all of it
                            block("0.0.0.0", 8, THIS_NETWORK),
                            block("0.0.0.0", 32, UNSPECIFIED),
                            block("10.0.0.0", 8, PRIVATE),
                            block("100.64.0.0", 10, CARRIER_NAT),
                            block("127.0.0.0", 8, LOOPBACK),
                            block("169.254.0.0", 16, LINK_LOCAL),
                            block("172.16.0.0", 12, PRIVATE),
                            block("192.0.0.0", 24, PROTOCOL),
                            block("192.0.0.0", 29, PROTOCOL), // RFC 7335: DS-Lite, 464XLAT
                            block("192.0.0.8", 32, PROTOCOL), // RFC 7600: dummy address
                            block("192.0.0.9", 32, GLOBAL), // RFC 7723: PCP anycast
                            block("192.0.0.10", 32, GLOBAL), // RFC 8155: TURN anycast
                            block("192.0.0.170", 32, PROTOCOL), // RFC 7050: finding NAT64
                            block("192.0.0.171", 32, PROTOCOL),
                            block("192.0.2.0", 24, DOCUMENTATION),
                            block("192.31.196.0", 24, GLOBAL), // RFC 7535: AS112
                            block("192.52.193.0", 24, GLOBAL), // RFC 7450: AMT
                            block("192.88.99.0", 24, SIX_TO_FOUR_RELAY),
                            block("192.88.99.2", 32, SIX_TO_FOUR_RELAY), // RFC 6751: 6a44
                            block("192.168.0.0", 16, PRIVATE),
                            block("192.175.48.0", 24, GLOBAL), // RFC 7534: AS112
                            block("198.18.0.0", 15, BENCHMARKING),
                            block("198.51.100.0", 24, DOCUMENTATION),
                            block("203.0.113.0", 24, DOCUMENTATION),
                            block("240.0.0.0", 4, RESERVED),
                            block("255.255.255.255", 32, BROADCAST),
                            // besides
                            block("0.0.0.0", 0, GLOBAL),
                            block("224.0.0.0", 4, MULTICAST),

                            // IANA IPv6 Special-Purpose Address Registry, all of it
                            block("::1", 128, LOOPBACK),
                            block("::", 128, UNSPECIFIED),
                            // ::ffff:0:0/96 is below: the JDK cannot write it
                            block("64:ff9b::", 96, TRANSLATED), // globally reachable, see above
                            block("64:ff9b:1::", 48, TRANSLATED),
                            block("100::", 64, DISCARD),
                            block("100:0:0:1::", 64, DUMMY),
                            block("2001::", 23, PROTOCOL),
                            block("2001::", 32, TEREDO),
                            block("2001:1::1", 128, GLOBAL), // RFC 7723: PCP anycast
                            block("2001:1::2", 128, GLOBAL), // RFC 8155: TURN anycast
                            block("2001:1::3", 128, GLOBAL), // RFC 9665: SRP anycast
                            block("2001:2::", 48, BENCHMARKING),
                            block("2001:3::", 32, GLOBAL), // RFC 7450: AMT
                            block("2001:4:112::", 48, GLOBAL), // RFC 7535: AS112
                            block("2001:10::", 28, IDENTIFIER),
                            block("2001:20::", 28, IDENTIFIER), // globally reachable, see above
                            block("2001:30::", 28, IDENTIFIER), // globally reachable, see above
                            block("2001:db8::", 32, DOCUMENTATION),
                            block("2002::", 16, SIX_TO_FOUR),
                            block("2620:4f:8000::", 48, GLOBAL), // RFC 7534: AS112
                            block("3fff::", 20, DOCUMENTATION),
                            block("5f00::", 16, SEGMENT),
                            block("fc00::", 7, UNIQUE_LOCAL),
                            block("fe80::", 10, LINK_LOCAL),
                            // besides
                            block("::", 0, RESERVED),
                            block("::", 96, TRANSLATED), // IPv4-compatible
                            new Block(mapped(), 96, TRANSLATED), // ::ffff:0:0/96
                            block("::ffff:0:0:0", 96, TRANSLATED), // RFC 2765 section 2.1
                            block("2000::", 3, GLOBAL),
                            block("fec0::", 10, SITE_LOCAL),
                            block("ff00::", 8, MULTICAST))
                    .sorted(Comparator.comparingInt(Block::length).reversed())
                    .toList();

    private final String word;
    private final String noun;
    private final Use use;

    AddressKind(String word, String noun, Use use) {
        this.word = word;
        this.noun = noun;
        this.use = use;
    }

    /// The kind of an address. An IPv4-mapped IPv6 address is IPv4 wherever the JDK reads one.
    public static AddressKind of(InetAddress address) {
        byte[] bits = address.getAddress();
        for (Block block : BLOCKS) {
            if (block.covers(bits)) {
                return block.kind;
            }
        }
        throw new AssertionError("each family has a block of length 0: " + address);
    }

    /// Whether a name in the DNS may point at such an address at all. If not, no zone of the
    /// service takes it, and the agent sends it to nobody.
    public boolean mayBePublished() {
        return use != Use.NONE;
    }

    /// Whether such an address is for use within one network, so that it is published only where
    /// somebody decided so: the zone's policy at the service, the owner at the agent.
    public boolean isLocal() {
        return use == Use.LOCAL;
    }

    /// As a noun with its article, as in "a private address".
    public String noun() {
        return noun;
    }

    /// In a word or two, as in "private".
    @Override
    public String toString() {
        return word;
    }

    private static Block block(String first, int length, AddressKind kind) {
        return new Block(InetAddress.ofLiteral(first).getAddress(), length, kind);
    }

    private static byte[] mapped() {
        byte[] first = new byte[16];
        first[10] = (byte) 0xff;
        first[11] = (byte) 0xff;
        return first;
    }

    /// Addresses of one family with a common beginning.
    private static final class Block {
        private final byte[] first;
        private final int length;
        private final AddressKind kind;

        Block(byte[] first, int length, AddressKind kind) {
            this.first = first;
            this.length = length;
            this.kind = kind;
        }

        int length() {
            return length;
        }

        boolean covers(byte[] address) {
            if (address.length != first.length) {
                return false;
            }
            int whole = length / 8;
            for (int i = 0; i < whole; i++) {
                if (address[i] != first[i]) {
                    return false;
                }
            }
            int rest = length % 8;
            return rest == 0 || ((address[whole] ^ first[whole]) & 0xFF) >>> (8 - rest) == 0;
        }
    }
}

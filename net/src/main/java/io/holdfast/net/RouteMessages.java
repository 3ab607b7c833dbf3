package io.holdfast.net;

import io.holdfast.net.HostAddress.Flag;
import io.holdfast.net.HostAddress.Scope;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads a netlink datagram: messages, each a header, a fixed part by its type, and attributes.
/// Whatever the bytes are, reading ends and throws nothing.
///
/// ```
/// struct nlmsghdr   length:4 type:2 flags:2 sequence:4 port:4
/// struct ifaddrmsg  family:1 prefixlen:1 flags:1 scope:1 index:4
/// struct ifinfomsg  family:1 pad:1 type:2 index:4 flags:4 change:4
/// struct rtmsg      family:1 dst_len:1 src_len:1 tos:1 table:1 protocol:1 scope:1 type:1 flags:4
/// ```
final class RouteMessages {
    static final int HEADER = 16;
    static final int NEW_LINK = 16;
    static final int DEL_LINK = 17;
    static final int GET_LINK = 18;
    static final int NEW_ADDR = 20;
    static final int DEL_ADDR = 21;
    static final int GET_ADDR = 22;
    static final int NEW_ROUTE = 24;
    static final int DEL_ROUTE = 25;
    static final int GET_ROUTE = 26;

    private static final int ERROR = 2;
    private static final int DONE = 3;
    private static final int OVERRUN = 4;
    private static final int DUMP_INTERRUPTED = 0x10;

    private static final int AF_UNSPEC = 0;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    private final ByteBuffer in;
    private final List<RouteMessage> messages = new ArrayList<>();

    private RouteMessages(ByteBuffer in) {
        this.in = in;
    }

    /// The messages of interest, in their order. Types we do not know are passed over.
    ///
    /// @param datagram from position to limit, in the byte order of the kernel that wrote it
    static List<RouteMessage> read(ByteBuffer datagram) {
        return new RouteMessages(datagram.slice().order(datagram.order())).all();
    }

    private List<RouteMessage> all() {
        int at = 0;
        while (at < in.limit()) {
            int left = in.limit() - at;
            int length = left < HEADER ? 0 : in.getInt(at);
            if (length < HEADER || length > left) {
                messages.add(
                        new RouteMessage.Malformed(
                                "message of " + length + " octets with " + left + " left"));
                return messages;
            }
            if ((u16(at + 6) & DUMP_INTERRUPTED) != 0) {
                messages.add(new RouteMessage.Inconsistent());
            }
            message(u16(at + 4), at + HEADER, at + length);
            at += Math.min(aligned(length), left);
        }
        return messages;
    }

    private void message(int type, int at, int end) {
        switch (type) {
            case ERROR, DONE ->
                    messages.add(new RouteMessage.End(end - at < 4 ? 0 : -in.getInt(at)));
            case OVERRUN -> messages.add(new RouteMessage.Malformed("overrun"));
            case NEW_LINK, DEL_LINK -> link(type == DEL_LINK, at, end);
            case NEW_ADDR, DEL_ADDR -> address(type == DEL_ADDR, at, end);
            case NEW_ROUTE, DEL_ROUTE -> route(type == DEL_ROUTE, at, end);
            default -> {}
        }
    }

    private void link(boolean gone, int at, int end) {
        if (!holds(16, at, end) || in.get(at) != AF_UNSPEC) {
            return; // a bridge tells of its ports under its own family
        }
        RouteAttributes attributes = attributes(at + 16, end);
        String name = attributes.text(3); // IFLA_IFNAME
        if (name != null) {
            int flags = in.getInt(at + 8);
            boolean up = (flags & 0x1) != 0; // IFF_UP
            boolean loopback = (flags & 0x8) != 0; // IFF_LOOPBACK
            boolean carrier = (flags & 0x1_0000) != 0; // IFF_LOWER_UP
            messages.add(
                    new RouteMessage.OfLink(
                            gone, new Link(in.getInt(at + 4), name, up, loopback, carrier)));
        }
    }

    private void address(boolean gone, int at, int end) {
        if (!holds(8, at, end) || !isInternet(in.get(at))) {
            return;
        }
        RouteAttributes attributes = attributes(at + 8, end);
        int bits = in.get(at) == AF_INET ? 32 : 128;
        // On a point-to-point link IFA_ADDRESS (1) is the other end and IFA_LOCAL (2) ours.
        InetAddress ours = attributes.address(2, bits);
        InetAddress address = ours != null ? ours : attributes.address(1, bits);
        if (address == null) {
            messages.add(new RouteMessage.Malformed("address message without an address"));
            return;
        }
        int flags = attributes.int32(8, 0, in.get(at + 2) & 0xFF); // IFA_FLAGS
        int forever = (int) HostAddress.FOREVER;
        messages.add(
                new RouteMessage.OfAddress(
                        gone,
                        new HostAddress(
                                in.getInt(at + 4),
                                address,
                                in.get(at + 1) & 0xFF,
                                scope(in.get(at + 3) & 0xFF),
                                flags(flags, in.get(at) == AF_INET6),
                                attributes.int32(6, 0, forever) & 0xFFFF_FFFFL, // IFA_CACHEINFO
                                attributes.int32(6, 4, forever) & 0xFFFF_FFFFL,
                                true,
                                attributes.int32(6, 8, 0), // cstamp
                                attributes.int32(6, 12, 0)))); // tstamp
    }

    private static Scope scope(int value) {
        if (value == 255 || value == 254) { // RT_SCOPE_NOWHERE, RT_SCOPE_HOST
            return Scope.HOST;
        }
        if (value == 253) { // RT_SCOPE_LINK
            return Scope.LINK;
        }
        return value >= 200 ? Scope.SITE : Scope.GLOBAL; // RT_SCOPE_SITE; below: "user-defined"
    }

    private static Set<Flag> flags(int bits, boolean six) {
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        for (Flag flag : Flag.values()) {
            int bit =
                    switch (flag) {
                        case SECONDARY -> six ? 0 : 0x01; // one bit, two meanings
                        case TEMPORARY -> six ? 0x01 : 0;
                        case DAD_FAILED -> 0x08;
                        case DEPRECATED -> 0x20;
                        case TENTATIVE -> 0x40;
                        case PERMANENT -> 0x80;
                        case MANAGES_TEMPORARY -> 0x100;
                    };
            if ((bits & bit) != 0) {
                flags.add(flag);
            }
        }
        return flags;
    }

    private void route(boolean gone, int at, int end) {
        if (!holds(12, at, end) || !isInternet(in.get(at))) {
            return;
        }
        boolean toEverywhere = in.get(at + 1) == 0 && in.get(at + 2) == 0;
        boolean unicast = in.get(at + 7) == 1; // RTN_UNICAST; others throw packets away
        if (!toEverywhere || !unicast) {
            return;
        }
        RouteAttributes attributes = attributes(at + 12, end);
        if (attributes.int32(15, 0, in.get(at + 4) & 0xFF) != 254) { // RTA_TABLE, RT_TABLE_MAIN
            return;
        }
        boolean six = in.get(at) == AF_INET6;
        long metric = attributes.int32(6, 0, 0) & 0xFFFF_FFFFL; // RTA_PRIORITY
        RouteAttributes.Span ways = attributes.span(9); // RTA_MULTIPATH
        if (ways != null) {
            ways(gone, six, metric, ways);
        } else if (gone || carries(in.getInt(at + 8))) {
            way(gone, six, attributes.int32(4, 0, 0), metric, attributes); // RTA_OIF
        }
    }

    /// struct rtnexthop: length:2 flags:1 hops:1 index:4, then attributes.
    private void ways(boolean gone, boolean six, long metric, RouteAttributes.Span ways) {
        int at = ways.at();
        while (ways.end() - at >= 8) {
            int length = u16(at);
            if (length < 8 || length > ways.end() - at) {
                messages.add(new RouteMessage.Malformed("next hop of " + length + " octets"));
                return;
            }
            if (gone || carries(in.get(at + 2))) {
                way(gone, six, in.getInt(at + 4), metric, attributes(at + 8, at + length));
            }
            at += aligned(length);
        }
    }

    private void way(boolean gone, boolean six, int link, long metric, RouteAttributes attributes) {
        Optional<InetAddress> gateway =
                Optional.ofNullable(attributes.address(5, six ? 128 : 32)); // RTA_GATEWAY
        messages.add(
                new RouteMessage.OfDefaultRoute(
                        gone, new DefaultRoute(six, link, metric, gateway)));
    }

    /// Neither RTNH_F_DEAD nor RTNH_F_LINKDOWN.
    private static boolean carries(int flags) {
        return (flags & (0x01 | 0x10)) == 0;
    }

    private static boolean isInternet(int family) {
        return family == AF_INET || family == AF_INET6;
    }

    private boolean holds(int size, int at, int end) {
        if (end - at >= size) {
            return true;
        }
        messages.add(new RouteMessage.Malformed("message body of " + (end - at) + " octets"));
        return false;
    }

    private int u16(int at) {
        return in.getShort(at) & 0xFFFF;
    }

    /// Netlink aligns everything to 4 octets.
    static int aligned(int length) {
        return (length + 3) & ~3;
    }

    private RouteAttributes attributes(int at, int end) {
        RouteAttributes attributes = new RouteAttributes(in, at, end);
        if (attributes.malformed()) {
            messages.add(new RouteMessage.Malformed("attribute longer than its message"));
        }
        return attributes;
    }
}

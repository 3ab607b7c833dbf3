package io.holdfast.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;

/// Control data that says to which of our addresses a datagram was sent, so that the reply can
/// leave from there: a client takes no reply from another address than the one it asked.
///
/// Received with a datagram and sent back with its reply as it is (ip(7), ipv6(7)), but for the
/// interface:
///
/// ```
///  cmsghdr                     | length 8 | level 4 | type 4 |                              16 octets
///  IP_PKTINFO, in_pktinfo      | interface 4 | our address 4 | address in the header 4 |
///  IPV6_PKTINFO, in6_pktinfo   | our address 16 | interface 4 |
/// ```
final class AskedAddress {
    /// Room for the control data of one datagram.
    static final int SIZE = 64;

    private static final int IPPROTO_IP = 0;
    private static final int IP_PKTINFO = 8;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_RECVPKTINFO = 49;
    private static final int IPV6_PKTINFO = 50;

    private static final int LEVEL_AT = 8;
    private static final int TYPE_AT = 12;
    private static final int DATA_AT = 16;
    private static final int IPV4_INTERFACE_AT = DATA_AT;
    private static final int IPV6_INTERFACE_AT = DATA_AT + 16;

    private AskedAddress() {}

    /// Tells the kernel to send it along with each datagram.
    ///
    /// @return 0, or minus `errno`
    static int enable(UdpCalls calls, int fd, int family) {
        return family == Sockaddr.AF_INET6
                ? calls.setsockopt(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1)
                : calls.setsockopt(fd, IPPROTO_IP, IP_PKTINFO, 1);
    }

    /// Forgets the interface by which the datagram came: the reply goes where the routes lead,
    /// which may be another one.
    static void leaveRouteOpen(MemorySegment control, long offset) {
        int level = control.get(JAVA_INT, offset + LEVEL_AT);
        int type = control.get(JAVA_INT, offset + TYPE_AT);
        if (level == IPPROTO_IP && type == IP_PKTINFO) {
            control.set(JAVA_INT, offset + IPV4_INTERFACE_AT, 0);
        } else if (level == IPPROTO_IPV6 && type == IPV6_PKTINFO) {
            control.set(JAVA_INT, offset + IPV6_INTERFACE_AT, 0);
        }
    }
}

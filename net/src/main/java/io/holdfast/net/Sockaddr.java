package io.holdfast.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Socket addresses as Linux lays them out.
///
/// ```
///  sockaddr_in   | family 2 | port 2 | address 4      | zero 8               |           16 octets
///  sockaddr_in6  | family 2 | port 2 | flow label 4   | address 16 | scope 4 |           28 octets
/// ```
///
/// Family, flow label and scope in the machine's order, port and address in the network's.
final class Sockaddr {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    /// Room for either kind, and for the next one to begin aligned.
    static final int SIZE = 32;

    private static final ValueLayout.OfShort PORT =
            JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int PORT_AT = 2;
    private static final int IPV4_AT = 4;
    private static final int IPV4_LENGTH = 16;
    private static final int IPV6_AT = 8;
    private static final int SCOPE_AT = 24;
    private static final int IPV6_LENGTH = 28;

    private Sockaddr() {}

    static int family(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address ? AF_INET6 : AF_INET;
    }

    /// Writes to the beginning of `to`.
    ///
    /// @return how many octets it takes
    static int write(InetSocketAddress address, MemorySegment to) {
        to.fill((byte) 0);
        to.set(JAVA_SHORT_UNALIGNED, 0, (short) family(address));
        to.set(PORT, PORT_AT, (short) address.getPort());
        byte[] octets = address.getAddress().getAddress();
        if (address.getAddress() instanceof Inet6Address ipv6) {
            MemorySegment.copy(octets, 0, to, JAVA_BYTE, IPV6_AT, octets.length);
            to.set(JAVA_INT_UNALIGNED, SCOPE_AT, ipv6.getScopeId());
            return IPV6_LENGTH;
        }
        MemorySegment.copy(octets, 0, to, JAVA_BYTE, IPV4_AT, octets.length);
        return IPV4_LENGTH;
    }

    /// Reads what begins at `offset`; an IPv4 address mapped into IPv6 is given as IPv4.
    static InetSocketAddress read(MemorySegment from, long offset) {
        int port = from.get(PORT, offset + PORT_AT) & 0xFFFF;
        int family = from.get(JAVA_SHORT_UNALIGNED, offset);
        byte[] octets = new byte[family == AF_INET6 ? 16 : 4];
        long at = offset + (family == AF_INET6 ? IPV6_AT : IPV4_AT);
        MemorySegment.copy(from, JAVA_BYTE, at, octets, 0, octets.length);
        try {
            InetAddress address = InetAddress.getByAddress(octets);
            int scope = family == AF_INET6 ? from.get(JAVA_INT_UNALIGNED, offset + SCOPE_AT) : 0;
            if (scope != 0 && address instanceof Inet6Address) {
                address = Inet6Address.getByAddress(null, octets, scope);
            }
            return new InetSocketAddress(address, port);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 octets are an address", e);
        }
    }

    /// Writes the address that begins at `offset` as 16 octets, IPv4 mapped into IPv6; allocates
    /// nothing.
    static void readAddress(MemorySegment from, long offset, byte[] to) {
        if (from.get(JAVA_SHORT_UNALIGNED, offset) == AF_INET6) {
            MemorySegment.copy(from, JAVA_BYTE, offset + IPV6_AT, to, 0, 16);
        } else {
            map(to);
            MemorySegment.copy(from, JAVA_BYTE, offset + IPV4_AT, to, 12, 4);
        }
    }

    /// The same of an address of the JDK's.
    static void writeAddress(InetAddress address, byte[] to) {
        byte[] octets = address.getAddress();
        if (octets.length == 4) {
            map(to);
        }
        System.arraycopy(octets, 0, to, 16 - octets.length, octets.length);
    }

    private static void map(byte[] to) {
        Arrays.fill(to, 0, 10, (byte) 0);
        to[10] = (byte) 0xFF;
        to[11] = (byte) 0xFF;
    }

    /// `192.0.2.1:53` or `[2001:db8::1]:53`, as people write it.
    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return address.getAddress() instanceof Inet6Address
                ? "[" + host + "]:" + address.getPort()
                : host + ":" + address.getPort();
    }
}

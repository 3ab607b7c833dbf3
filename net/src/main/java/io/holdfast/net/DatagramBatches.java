package io.holdfast.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// Opens UDP sockets, by the fastest way that this system has.
public final class DatagramBatches {
    /// How the system is asked for datagrams.
    public enum Kind {
        /// `recvmmsg` and `sendmmsg` by the foreign function interface: 32 datagrams a call. Linux
        /// on x86-64 and aarch64.
        NATIVE,
        /// [java.nio.channels.DatagramChannel]: one datagram a call, everywhere. Bound to a
        /// wildcard address, replies leave from the address that the routing table prefers, which
        /// on a host with several need not be the one that was asked.
        PORTABLE
    }

    private DatagramBatches() {}

    /// The fastest kind that works here: [Kind#NATIVE] if the system is known and the JVM was
    /// allowed native access.
    public static Kind fastest() {
        return LinuxDatagramBatch.isUsable() ? Kind.NATIVE : Kind.PORTABLE;
    }

    /// Opens sockets that share one address and port; the system spreads the clients over them.
    ///
    /// An IPv6 wildcard address takes IPv4 as well.
    ///
    /// @param address with port 0 the system picks one, the same for all
    /// @param sockets how many are wanted, one for each thread; at least 1
    /// @return as many as wanted; only one where the system cannot spread clients over several
    /// @throws java.net.BindException naming the address, if it is in use, not ours, or not allowed
    /// @throws IOException if the system has no such sockets, IPv6 switched off for one
    public static List<DatagramBatch> open(InetSocketAddress address, int sockets, Kind kind)
            throws IOException {
        if (sockets < 1) {
            throw new IllegalArgumentException("at least one socket is needed");
        }
        if (address.isUnresolved()) {
            throw new IOException(address.getHostString() + " is not an address");
        }
        List<DatagramBatch> opened = new ArrayList<>();
        try {
            // The first takes the port for itself, so that a port in use is noticed; only then is
            // it shared with its sisters.
            int shared = spreads(kind) ? sockets : 1;
            DatagramBatch first = openOne(address, kind, Sharing.LATER);
            opened.add(first);
            while (opened.size() < shared) {
                opened.add(openOne(first.address(), kind, Sharing.NOW));
            }
            return List.copyOf(opened);
        } catch (IOException | RuntimeException e) {
            opened.forEach(DatagramBatch::close);
            throw e;
        }
    }

    /// When a socket begins to share its port with others of the same user (`SO_REUSEPORT`).
    enum Sharing {
        /// Once bound: it must be the only one at that moment.
        LATER,
        /// Before it is bound.
        NOW
    }

    private static DatagramBatch openOne(InetSocketAddress address, Kind kind, Sharing sharing)
            throws IOException {
        return switch (kind) {
            case NATIVE -> LinuxDatagramBatch.open(address, sharing);
            case PORTABLE -> ChannelDatagramBatch.open(address, sharing);
        };
    }

    /// Other systems know `SO_REUSEPORT` too, but give everything to the socket bound last.
    private static boolean spreads(Kind kind) {
        return kind == Kind.NATIVE || System.getProperty("os.name", "").equals("Linux");
    }
}

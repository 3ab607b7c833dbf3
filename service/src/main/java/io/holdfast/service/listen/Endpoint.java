package io.holdfast.service.listen;

import io.holdfast.net.DatagramBatch;
import io.holdfast.net.DatagramBatches;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.util.List;

/// One address, bound for TCP and UDP with the same port.
///
/// TCP first: its sockets are not shared, so that a second Holdfast, whose UDP sockets the system
/// might accept beside ours, is turned away.
record Endpoint(ServerSocketChannel tcp, List<DatagramBatch> udp, InetSocketAddress address) {
    /// How many ports that are free for TCP are tried for UDP.
    private static final int ATTEMPTS = 50;

    /// How many connections may wait to be accepted.
    private static final int BACKLOG = 256;

    /// @param wanted with port 0 one is taken that is free for both
    /// @throws BindException naming the address that cannot be had
    static Endpoint open(InetSocketAddress wanted, int udpSockets, DatagramBatches.Kind kind)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            ServerSocketChannel tcp = bindTcp(wanted);
            try {
                InetSocketAddress address = (InetSocketAddress) tcp.getLocalAddress();
                return new Endpoint(tcp, DatagramBatches.open(address, udpSockets, kind), address);
            } catch (BindException e) {
                tcp.close();
                if (wanted.getPort() != 0 || attempt == ATTEMPTS) {
                    throw cannotListen(String.valueOf(e.getMessage()), e);
                }
            } catch (IOException | RuntimeException e) {
                tcp.close();
                throw e;
            }
        }
    }

    /// Wakes whoever waits on one of the sockets; a second time does nothing.
    void close() {
        udp.forEach(DatagramBatch::close);
        try {
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing " + address, e);
        }
    }

    private static ServerSocketChannel bindTcp(InetSocketAddress address) throws IOException {
        boolean ipv6 = address.getAddress() instanceof Inet6Address;
        ServerSocketChannel channel;
        try {
            channel =
                    ServerSocketChannel.open(
                            ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        } catch (UnsupportedOperationException e) {
            throw cannotListen(address + ": this system has no IPv6", e);
        }
        try {
            return channel.bind(address, BACKLOG);
        } catch (IOException e) {
            channel.close();
            String host = address.getAddress().getHostAddress();
            String text = (ipv6 ? "[" + host + "]" : host) + ":" + address.getPort();
            throw cannotListen(text + " (TCP): " + e.getMessage(), e);
        }
    }

    private static BindException cannotListen(String why, Exception cause) {
        BindException named = new BindException("cannot listen for DNS on " + why);
        named.initCause(cause);
        return named;
    }
}

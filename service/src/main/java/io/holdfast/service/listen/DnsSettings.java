package io.holdfast.service.listen;

import io.holdfast.net.DatagramBatches;
import io.holdfast.net.ListenAddresses;
import java.net.InetSocketAddress;
import java.util.List;

/// Where and how DNS is served.
///
/// @param listen at least one address, each for UDP and TCP; port 0 takes one that is free for
///   both; without those that another of them takes in
/// @param udpThreads how many threads share each address, 1 to 1,024
/// @param udp how the system is asked for datagrams
/// @param tcp what a client may take of us over TCP
public record DnsSettings(
        List<InetSocketAddress> listen, int udpThreads, DatagramBatches.Kind udp, TcpLimits tcp) {
    private static final int MAX_UDP_THREADS = 1_024;

    /// @throws IllegalArgumentException for no address, or a number out of its range
    public DnsSettings {
        listen = ListenAddresses.withoutCovered(listen);
        if (listen.isEmpty()) {
            throw new IllegalArgumentException("dns needs at least one address to listen on");
        }
        if (udpThreads < 1 || udpThreads > MAX_UDP_THREADS) {
            throw new IllegalArgumentException("1 to " + MAX_UDP_THREADS + " UDP threads");
        }
    }

    /// With the usual limits of TCP.
    public static DnsSettings on(List<InetSocketAddress> listen) {
        return on(listen, TcpLimits.DEFAULT);
    }

    /// One UDP thread for each processor, by the fastest way this system has.
    public static DnsSettings on(List<InetSocketAddress> listen, TcpLimits tcp) {
        return new DnsSettings(
                listen,
                Math.min(Runtime.getRuntime().availableProcessors(), MAX_UDP_THREADS),
                DatagramBatches.fastest(),
                tcp);
    }
}

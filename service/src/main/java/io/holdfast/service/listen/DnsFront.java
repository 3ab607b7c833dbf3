package io.holdfast.service.listen;

import io.holdfast.dns.answer.Answerer;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.Zones;
import io.holdfast.net.DatagramBatch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The name server as the network sees it: UDP and TCP on every address, answering from the zones
/// published now.
///
/// Each UDP socket has a platform thread and an [Answerer] of its own; the kernel spreads clients
/// over the sockets of one address. TCP connections have virtual threads.
public final class DnsFront implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DnsFront.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(1);

    private final List<Endpoint> endpoints;
    private final List<TcpServer> tcpServers = new ArrayList<>();
    private final List<Thread> udpThreads = new ArrayList<>();
    private final Meters meters = new Meters();
    private final CountDownLatch stopping = new CountDownLatch(1);

    /// Listens on these addresses, with the defaults of [DnsSettings#on].
    ///
    /// @throws IOException naming the address that cannot be had; then nothing listens
    public static DnsFront start(List<InetSocketAddress> listen, Published<Zones> zones)
            throws IOException {
        return start(DnsSettings.on(listen), zones);
    }

    /// @throws IOException naming the address that cannot be had; then nothing listens
    public static DnsFront start(DnsSettings settings, Published<Zones> zones) throws IOException {
        return start(settings, () -> new Answerer(zones)::answer, InstantSource.system());
    }

    static DnsFront start(DnsSettings settings, Supplier<Replier> repliers, InstantSource clock)
            throws IOException {
        List<Endpoint> endpoints = new ArrayList<>();
        try {
            for (InetSocketAddress address : settings.listen()) {
                endpoints.add(Endpoint.open(address, settings.udpThreads(), settings.udp()));
            }
            return new DnsFront(endpoints, settings, repliers, new Complaints(LOG, clock));
        } catch (IOException | RuntimeException e) {
            endpoints.forEach(Endpoint::close);
            throw e;
        }
    }

    private DnsFront(
            List<Endpoint> endpoints,
            DnsSettings settings,
            Supplier<Replier> repliers,
            Complaints complaints) {
        this.endpoints = List.copyOf(endpoints);
        TcpGuests guests = new TcpGuests(settings.tcp());
        int processors = Runtime.getRuntime().availableProcessors();
        TcpDesks desks = new TcpDesks(processors, repliers, meters, complaints);
        for (Endpoint endpoint : endpoints) {
            tcpServers.add(
                    new TcpServer(
                            endpoint.tcp(),
                            settings.tcp(),
                            guests,
                            desks,
                            meters,
                            complaints,
                            stopping));
            for (DatagramBatch socket : endpoint.udp()) {
                UdpServer server =
                        new UdpServer(socket, repliers.get(), meters, complaints, stopping);
                udpThreads.add(
                        Thread.ofPlatform()
                                .name("dns udp " + endpoint.address() + " " + udpThreads.size())
                                .unstarted(server));
            }
        }
        udpThreads.forEach(Thread::start);
        tcpServers.forEach(TcpServer::start);
    }

    /// Where it listens, in the order of the settings, with the ports that were free; each for UDP
    /// and TCP.
    public List<InetSocketAddress> addresses() {
        return endpoints.stream().map(Endpoint::address).toList();
    }

    /// What has been served so far.
    public DnsTraffic traffic() {
        return meters.read();
    }

    /// Stops within a second; the ports are free then. Queries in hand may go unanswered; resolvers
    /// then ask another server.
    @Override
    public void close() {
        stopping.countDown();
        tcpServers.forEach(TcpServer::close);
        endpoints.forEach(Endpoint::close);
        long until = System.nanoTime() + LONGEST_STOP.toNanos();
        List<Thread> ending = new ArrayList<>(udpThreads);
        tcpServers.forEach(server -> ending.addAll(server.threads()));
        for (Thread thread : ending) {
            try {
                if (!thread.join(Duration.ofNanos(Math.max(until - System.nanoTime(), 0)))) {
                    LOG.warn("{} does not end", thread.getName());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}

package io.holdfast.service.listen;

import io.holdfast.dns.answer.AnswerSettings;
import io.holdfast.dns.answer.Answerer;
import io.holdfast.dns.answer.Answerer.Others;
import io.holdfast.dns.answer.RateLimiter;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.Zones;
import io.holdfast.net.DatagramBatch;
import io.holdfast.runtime.RateLimitedLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(1);

    private final List<Endpoint> endpoints;
    private final List<TcpServer> tcpServers = new ArrayList<>();
    private final List<Thread> udpThreads = new ArrayList<>();
    private final TrafficCounters counters = new TrafficCounters();
    private final UdpExchanges exchanges;
    private final RateLimiter limiter;
    private final Closing closing = new Closing();

    /// Listens on these addresses, with the defaults of [DnsSettings#on], and answers questions
    /// only, [AnswerSettings#PLAIN].
    ///
    /// @throws IOException naming the address that cannot be had; then nothing listens
    public static DnsFront start(List<InetSocketAddress> listen, Published<Zones> zones)
            throws IOException {
        return start(DnsSettings.on(listen), AnswerSettings.PLAIN, zones);
    }

    /// Answers questions only: updates and the like are not implemented, transfers refused.
    ///
    /// @throws IOException naming the address that cannot be had; then nothing listens
    public static DnsFront start(
            DnsSettings settings, AnswerSettings answers, Published<Zones> zones)
            throws IOException {
        Supplier<Replier> repliers = () -> new Answerer(zones, Others.NONE, answers)::answer;
        return start(
                settings,
                repliers,
                _ -> ExchangeHandler.over(),
                answers.limiter(),
                InstantSource.system());
    }

    /// @param answers what the operator decided about answers
    /// @param others gets what is no plain question: updates, notifications, transfers, and
    ///   whatever is signed
    /// @throws IOException naming the address that cannot be had; then nothing listens
    public static DnsFront start(
            DnsSettings settings,
            AnswerSettings answers,
            Published<Zones> zones,
            ExchangeHandler others)
            throws IOException {
        Supplier<Replier> repliers = () -> new Answerer(zones, Others.SERVED, answers)::answer;
        return start(settings, repliers, others, answers.limiter(), InstantSource.system());
    }

    static DnsFront start(
            DnsSettings settings,
            Supplier<Replier> repliers,
            ExchangeHandler others,
            RateLimiter limiter,
            InstantSource clock)
            throws IOException {
        List<Endpoint> endpoints = new ArrayList<>();
        try {
            for (InetSocketAddress address : settings.listen()) {
                endpoints.add(Endpoint.open(address, settings.udpThreads(), settings.udp()));
            }
            return new DnsFront(endpoints, settings, repliers, others, limiter, clock);
        } catch (IOException | RuntimeException | Error e) {
            endpoints.forEach(Endpoint::close);
            throw e;
        }
    }

    private DnsFront(
            List<Endpoint> endpoints,
            DnsSettings settings,
            Supplier<Replier> repliers,
            ExchangeHandler others,
            RateLimiter limiter,
            InstantSource clock) {
        this.endpoints = List.copyOf(endpoints);
        this.limiter = limiter;
        RateLimitedLog faults = new RateLimitedLog(LOG, clock, 1, PERIOD);
        exchanges = new UdpExchanges(others, limiter, counters, faults, clock);
        ConnectionLimiter connectionLimiter = new ConnectionLimiter(settings.tcp());
        int processors = Runtime.getRuntime().availableProcessors();
        ReplierPool workers = new ReplierPool(processors, repliers, counters, faults, clock);
        for (Endpoint endpoint : endpoints) {
            tcpServers.add(
                    new TcpServer(
                            endpoint.tcp(),
                            settings.tcp(),
                            connectionLimiter,
                            workers,
                            others,
                            counters,
                            faults,
                            closing));
            for (DatagramBatch socket : endpoint.udp()) {
                UdpServer server =
                        new UdpServer(socket, repliers.get(), exchanges, counters, faults, clock);
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
        return counters.read(limiter);
    }

    /// Stops within a second; the ports are free then. Queries in hand may go unanswered; resolvers
    /// then ask another server.
    @Override
    public void close() {
        closing.begin();
        tcpServers.forEach(TcpServer::close);
        endpoints.forEach(Endpoint::close);
        long until = System.nanoTime() + LONGEST_STOP.toNanos();
        List<Thread> ending = new ArrayList<>(udpThreads);
        tcpServers.forEach(server -> ending.addAll(server.threads()));
        try {
            for (Thread thread : ending) {
                if (!thread.join(left(until))) {
                    LOG.warn("{} does not end", thread.getName());
                }
            }
            exchanges.end(left(until));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration left(long untilNanos) {
        return Duration.ofNanos(Math.max(untilNanos - System.nanoTime(), 0));
    }
}

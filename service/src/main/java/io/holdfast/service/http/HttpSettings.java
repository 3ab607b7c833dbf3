package io.holdfast.service.http;

import io.holdfast.net.ListenAddresses;
import io.holdfast.service.address.Network;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// How the HTTP front is set up.
///
/// @param listen at least one address; port 0 takes any free port; without those that another of
///   them takes in
/// @param trustedProxies who may say `X-Forwarded-For`
/// @param blockedAgents User-Agents whose updates are answered `badagent`, compared as a whole
/// @param arrival how long a request may take from its first octet to its last, however steadily
///   they trickle in
public record HttpSettings(
        List<InetSocketAddress> listen,
        List<Network> trustedProxies,
        Set<String> blockedAgents,
        Duration arrival) {
    /// A request is a few hundred octets: this is long even for a modem that has to send one twice.
    static final Duration USUAL_ARRIVAL = Duration.ofSeconds(10);

    /// With 10 seconds for a request to arrive.
    public HttpSettings(
            List<InetSocketAddress> listen,
            List<Network> trustedProxies,
            Set<String> blockedAgents) {
        this(listen, trustedProxies, blockedAgents, USUAL_ARRIVAL);
    }

    /// @throws IllegalArgumentException for no address, one that is none of this machine, or no
    ///   time
    public HttpSettings {
        if (!arrival.isPositive()) {
            throw new IllegalArgumentException("http: a request needs some time to arrive");
        }
        if (listen.isEmpty()) {
            throw new IllegalArgumentException("http needs at least one address to listen on");
        }
        for (InetSocketAddress address : listen) {
            if (address.isUnresolved()) {
                throw new IllegalArgumentException(
                        "http: \""
                                + address.getHostString()
                                + "\" is not an address of this machine");
            }
        }
        listen = ListenAddresses.withoutCovered(listen);
        trustedProxies = List.copyOf(trustedProxies);
        blockedAgents = Set.copyOf(blockedAgents);
    }
}

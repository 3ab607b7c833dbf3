package io.holdfast.service.http;

import io.holdfast.service.address.Network;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;

/// How the HTTP front is set up.
///
/// @param listen at least one address; port 0 takes any free port
/// @param trustedProxies who may say `X-Forwarded-For`
/// @param blockedAgents User-Agents whose updates are answered `badagent`, compared as a whole
public record HttpSettings(
        List<InetSocketAddress> listen, List<Network> trustedProxies, Set<String> blockedAgents) {

    public HttpSettings {
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
        listen = List.copyOf(listen);
        trustedProxies = List.copyOf(trustedProxies);
        blockedAgents = Set.copyOf(blockedAgents);
    }
}

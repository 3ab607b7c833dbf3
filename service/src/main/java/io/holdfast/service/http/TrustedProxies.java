package io.holdfast.service.http;

import io.holdfast.service.address.AddressText;
import io.holdfast.service.address.Network;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// Who a request really comes from, when proxies stand in between.
///
/// `X-Forwarded-For` grows to the right, so it is read from there: each trusted hop vouches for the
/// one before it, and the first that is not trusted is the client. What stands further left is the
/// client's own word and is not read.
record TrustedProxies(List<Network> networks) {

    /// @param peer who opened the connection
    /// @param forwardedFor the values of all `X-Forwarded-For` headers, in order
    /// @return the client; where the chain cannot be read, the last hop that could
    InetAddress client(InetAddress peer, List<String> forwardedFor) {
        if (networks.isEmpty() || forwardedFor.isEmpty() || !trusts(peer)) {
            return peer;
        }
        String[] hops = String.join(",", forwardedFor).split(",", -1);
        InetAddress client = peer;
        for (int i = hops.length - 1; i >= 0 && trusts(client); i--) {
            Optional<InetAddress> hop = AddressText.read(withoutPort(hops[i].strip()));
            if (hop.isEmpty()) {
                return client;
            }
            client = hop.get();
        }
        return client;
    }

    private boolean trusts(InetAddress hop) {
        return networks.stream().anyMatch(network -> network.contains(hop));
    }

    /// Some proxies add the client's port: `192.0.2.7:4711`, `[2001:db8::7]:4711`.
    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            int end = hop.indexOf(']');
            return end < 0 ? hop : hop.substring(1, end);
        }
        int colon = hop.indexOf(':');
        return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }
}

package io.holdfast.service.http;

import io.holdfast.net.address.AddressText;
import io.holdfast.service.address.Network;
import io.holdfast.service.dyndns.Source;
import java.net.InetAddress;
import java.util.Arrays;
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
    /// @return the client; where a trusted hop does not say who is before it, that hop, and that it
    ///   is not the client
    Source client(InetAddress peer, List<String> forwardedFor) {
        if (!trusts(peer)) {
            return new Source(peer, true);
        }
        // RFC 9110 §5.6.1.2: empty items of a list are passed over.
        List<String> hops =
                Arrays.stream(String.join(",", forwardedFor).split(",", -1))
                        .map(String::strip)
                        .filter(hop -> !hop.isEmpty())
                        .toList();
        InetAddress client = peer;
        for (String text : hops.reversed()) {
            Optional<InetAddress> hop = AddressText.read(withoutPort(text));
            if (hop.isEmpty()) {
                return new Source(client, false);
            }
            client = hop.get();
            if (!trusts(client)) {
                break;
            }
        }
        return new Source(client, !hops.isEmpty());
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

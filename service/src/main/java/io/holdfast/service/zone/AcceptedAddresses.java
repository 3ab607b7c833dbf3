package io.holdfast.service.zone;

import io.holdfast.service.address.Network;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// Which addresses the hosts of a zone may have.
///
/// Documentation addresses (RFC 5737, RFC 3849, RFC 9637) are accepted everywhere: they harm nobody
/// and every manual uses them. Loopback, link-local, multicast and the like are accepted nowhere.
public enum AcceptedAddresses {
    /// Global unicast.
    GLOBAL,
    /// Global unicast, and what is meant for use within one network: RFC 1918, RFC 4193, RFC 6598.
    PRIVATE,
    /// The same as [#PRIVATE].
    ANY;

    private record Range(Network network, String what) {}

    private static final List<Range> NEVER =
            List.of(
                    range("0.0.0.0/8", "an unspecified address"),
                    range("127.0.0.0/8", "a loopback address"),
                    range("169.254.0.0/16", "a link-local address"),
                    range("192.0.0.0/24", "reserved for protocols"),
                    range("192.88.99.0/24", "a 6to4 relay address"),
                    range("198.18.0.0/15", "reserved for benchmarks"),
                    range("224.0.0.0/4", "a multicast address"),
                    range("255.255.255.255/32", "the broadcast address"),
                    range("240.0.0.0/4", "a reserved address"),
                    range("::/128", "the unspecified address"),
                    range("::1/128", "the loopback address"),
                    range("fe80::/10", "a link-local address"),
                    range("fec0::/10", "a site-local address"),
                    range("ff00::/8", "a multicast address"));

    private static final List<Range> LOCAL =
            List.of(
                    range("10.0.0.0/8", "a private address"),
                    range("172.16.0.0/12", "a private address"),
                    range("192.168.0.0/16", "a private address"),
                    range("100.64.0.0/10", "an address shared by a provider's customers"),
                    range("fc00::/7", "a unique local address"));

    private static final Network GLOBAL_IPV6 = Network.of("2000::/3");

    /// Why an address cannot be a host's, as the end of a sentence that begins with the address.
    ///
    /// @return empty if it can
    public Optional<String> objection(InetAddress address) {
        for (Range range : NEVER) {
            if (range.network.contains(address)) {
                return Optional.of("is " + range.what + ", which no host can have");
            }
        }
        for (Range range : LOCAL) {
            if (range.network.contains(address)) {
                return this == GLOBAL
                        ? Optional.of("is " + range.what + "; this zone takes global ones only")
                        : Optional.empty();
            }
        }
        return address.getAddress().length == 16 && !GLOBAL_IPV6.contains(address)
                ? Optional.of("is a reserved address, which no host can have")
                : Optional.empty();
    }

    private static Range range(String network, String what) {
        return new Range(Network.of(network), what);
    }
}

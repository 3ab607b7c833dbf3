package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.service.host.Host;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Which hosts have an address, by the name that address has in the reverse tree (RFC 1035 §3.5,
/// RFC 3596 §2.5); only of addresses whose reverse zone is served here. One thread uses it.
final class ReverseNames {
    private static final List<Name> TREES = List.of(Name.of("in-addr.arpa"), Name.of("ip6.arpa"));

    /// By the zone they are in, the closest above, and the reverse name.
    private final Map<Name, Map<Name, Set<Name>>> hosts = new HashMap<>();

    /// Whether a zone lies in the reverse tree.
    static boolean isReverse(Name apex) {
        return TREES.stream().anyMatch(apex::isAtOrBelow);
    }

    /// Such as `7.2.0.192.in-addr.arpa`.
    static Name of(InetAddress address) {
        byte[] octets = address.getAddress();
        if (address instanceof Inet4Address) {
            return Name.of(
                    IntStream.rangeClosed(1, octets.length)
                                    .map(i -> octets[octets.length - i] & 0xFF)
                                    .mapToObj(Integer::toString)
                                    .collect(Collectors.joining("."))
                            + ".in-addr.arpa");
        }
        String nibbles = new StringBuilder(HexFormat.of().formatHex(octets)).reverse().toString();
        return Name.of(String.join(".", nibbles.split("")) + ".ip6.arpa");
    }

    /// The addresses of a host that a reverse lookup can have; a wildcard is no host to point to.
    static Stream<InetAddress> addresses(Host host) {
        return host.name().isWildcard()
                ? Stream.empty()
                : Stream.concat(host.addresses().ipv4().stream(), host.addresses().ipv6().stream());
    }

    /// The hosts at a reverse name in a zone; a copy.
    Set<Name> at(Name apex, Name reverse) {
        return new HashSet<>(hosts.getOrDefault(apex, Map.of()).getOrDefault(reverse, Set.of()));
    }

    /// All reverse names of a zone that have hosts, those in zones below it aside.
    List<Name> in(Name apex) {
        return List.copyOf(hosts.getOrDefault(apex, Map.of()).keySet());
    }

    void put(Name apex, Name reverse, Set<Name> now) {
        Map<Name, Set<Name>> names = hosts.computeIfAbsent(apex, _ -> new HashMap<>());
        if (now.isEmpty()) {
            names.remove(reverse);
        } else {
            names.put(reverse, now);
        }
    }

    /// Forgets the reverse names of a zone.
    void remove(Name apex) {
        hosts.remove(apex);
    }

    /// Adds every host with an address whose reverse zone is one of these.
    ///
    /// @param reverseZones all there are
    void index(Collection<Host> all, Set<Name> some, Set<Name> reverseZones) {
        if (some.isEmpty()) {
            return;
        }
        for (Host host : all) {
            addresses(host)
                    .map(ReverseNames::of)
                    .forEach(reverse ->
                            closest(reverseZones, reverse)
                                    .filter(some::contains)
                                    .ifPresent(apex -> add(apex, reverse, host.name())));
        }
    }

    /// The longest of some apexes at or above a name. Goes up from the name: takes as many steps as
    /// it has labels, however many zones there are.
    static Optional<Name> closest(Set<Name> apexes, Name name) {
        for (Name at = name; ; at = at.parent()) {
            if (apexes.contains(at)) {
                return Optional.of(at);
            }
            if (at.equals(Name.ROOT)) {
                return Optional.empty();
            }
        }
    }

    private void add(Name apex, Name reverse, Name host) {
        hosts.computeIfAbsent(apex, _ -> new HashMap<>())
                .computeIfAbsent(reverse, _ -> new HashSet<>())
                .add(host);
    }
}

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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Which hosts have an address, by the name that address has in the reverse tree (RFC 1035 §3.5,
/// RFC 3596 §2.5); only of addresses whose reverse zone is served here. One thread uses it.
final class ReverseNames {
    private static final List<Name> TREES = List.of(Name.of("in-addr.arpa"), Name.of("ip6.arpa"));

    private final Map<Name, Set<Name>> hosts = new HashMap<>();

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

    /// The hosts at a reverse name; a copy.
    Set<Name> at(Name reverse) {
        return new HashSet<>(hosts.getOrDefault(reverse, Set.of()));
    }

    /// All reverse names that have hosts, at or below an apex.
    List<Name> below(Name apex) {
        return hosts.keySet().stream().filter(name -> name.isAtOrBelow(apex)).toList();
    }

    void put(Name reverse, Set<Name> now) {
        if (now.isEmpty()) {
            hosts.remove(reverse);
        } else {
            hosts.put(reverse, now);
        }
    }

    /// Forgets the reverse names that are in none of these zones.
    void retain(Set<Name> reverseZones) {
        hosts.keySet().removeIf(name -> !isInOneOf(reverseZones, name));
    }

    /// Goes up from the name: takes as many steps as it has labels, however many zones there are.
    private static boolean isInOneOf(Set<Name> zones, Name name) {
        for (Name at = name; ; at = at.parent()) {
            if (zones.contains(at)) {
                return true;
            }
            if (at.equals(Name.ROOT)) {
                return false;
            }
        }
    }

    /// Adds every host with an address whose reverse zone is one of these.
    void index(Collection<Host> all, Set<Name> reverseZones) {
        if (reverseZones.isEmpty()) {
            return;
        }
        for (Host host : all) {
            addresses(host)
                    .map(ReverseNames::of)
                    .filter(reverse -> isInOneOf(reverseZones, reverse))
                    .forEach(reverse ->
                            hosts.computeIfAbsent(reverse, _ -> new HashSet<>()).add(host.name()));
        }
    }
}

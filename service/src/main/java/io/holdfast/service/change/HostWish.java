package io.holdfast.service.change;

import io.holdfast.dns.RRset;
import io.holdfast.dns.Type;
import io.holdfast.service.account.Principal;
import io.holdfast.service.change.AddressIntent.Family;
import io.holdfast.service.host.Host;
import io.holdfast.service.zone.ZonePolicy;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// What a dynamic update wants of one host, in the terms of every update of a host.
final class HostWish {
    private final Host host;
    private Family<Inet4Address> ipv4 = new Family.Keep<>();
    private Family<Inet6Address> ipv6 = new Family.Keep<>();
    private OptionalInt ttl = OptionalInt.empty();

    HostWish(Host host) {
        this.host = host;
    }

    /// Whether a type is a host's address.
    static boolean isAbout(Type type) {
        return type.equals(Type.A) || type.equals(Type.AAAA);
    }

    Host host() {
        return host;
    }

    /// The message has an address to add; if that comes to nothing, what is there is repeated.
    void add(Type type, Optional<RRset> there, int seconds) {
        if (there.isPresent()) {
            set(type, there);
        }
        ttl = OptionalInt.of(Math.clamp(seconds, Host.LEAST_TTL, Host.MOST_TTL));
    }

    /// What an address is to be in the end.
    ///
    /// @param now of one record, or empty
    void set(Type type, Optional<RRset> now) {
        if (type.equals(Type.A)) {
            ipv4 = family(now.map(HostWish::ipv4));
        } else {
            ipv6 = family(now.map(HostWish::ipv6));
        }
    }

    Decision decide(ZoneUpdate update, ZonePolicy policy, ExcusedRetries excused, Instant now) {
        ChangeRequest request =
                new ChangeRequest(
                        host.name(),
                        new Principal.OfKey(update.by().key().name().toString()),
                        new AddressIntent(ipv4, ipv6),
                        update.origin());
        Decision decision = Decision.on(host, request, policy, excused.contains(host.name()), now);
        return switch (decision.outcome()) {
            case UpdateOutcome.Changed _, UpdateOutcome.Unchanged _ ->
                    ttl.isPresent() && ttl.getAsInt() != host.ttl().orElse(policy.ttlSeconds())
                            ? new Decision(
                                    decision.next().withTtl(ttl.getAsInt()),
                                    decision.outcome(),
                                    true,
                                    decision.recorded())
                            : decision;
            case UpdateOutcome.Refused _, UpdateOutcome.Failed _ -> decision;
        };
    }

    private static <A extends InetAddress> Family<A> family(Optional<A> address) {
        return address.<Family<A>>map(Family.SetTo::new).orElseGet(Family.Clear::new);
    }

    private static Inet4Address ipv4(RRset rrset) {
        try {
            return (Inet4Address) InetAddress.getByAddress(rrset.rdata().getFirst().toWire());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an A record of other than 4 octets was let in", e);
        }
    }

    /// Not by [InetAddress#getByAddress]: that makes an IPv4 address of a mapped one.
    private static Inet6Address ipv6(RRset rrset) {
        try {
            return Inet6Address.getByAddress(null, rrset.rdata().getFirst().toWire(), -1);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an AAAA record of other than 16 octets was let in", e);
        }
    }
}

package io.holdfast.agent.address;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import io.holdfast.agent.address.AddressSource.Observation;
import io.holdfast.net.HostAddress;
import io.holdfast.net.HostAddress.Flag;
import io.holdfast.net.HostAddress.Scope;
import io.holdfast.net.address.AddressKind;
import io.holdfast.net.address.AddressText;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which of an interface's addresses is the one to send. Pure: same addresses, same choice.
///
/// Passed over, always: what no name should point at (link-local, loopback, ...), what the kernel
/// means for this host or link only, what is deprecated, tentative or a duplicate. For IPv6 also
/// temporary and unique local addresses, unless the [Wish] asks for just these.
///
/// Of the rest, the first by:
/// 1. IPv6: those whose prefix is still announced before those whose prefix is not, or not since
///    the link came back, or deprecated, see [RefreshHistory] (RFC 8978);
/// 2. standing. IPv4: from outside reachable before private, primary before secondary. IPv6:
///    permanent addresses, and those for whose prefix temporary ones are made, before others;
/// 3. the one sent last. Lifetimes are renewed by every router in its own rhythm; without this rule
///    a name would swing between two good addresses;
/// 4. IPv4: the kernel's order. IPv6: the longest preferred lifetime, then the lowest number.
final class AddressChoice {
    /// What the configuration asks for instead of the usual.
    ///
    /// @param temporary the temporary address (RFC 8981) instead of the stable one
    /// @param uniqueLocal the unique local address (RFC 4193) instead of the global one
    record Wish(boolean temporary, boolean uniqueLocal) {
        static final Wish USUAL = new Wish(false, false);
    }

    private final Family family;
    private final Wish wish;

    AddressChoice(Family family, Wish wish) {
        this.family = family;
        this.wish = wish;
    }

    /// The address to send, with the reasons.
    ///
    /// @param all addresses of one interface, both families, in the kernel's order
    /// @param history how they were refreshed, these included; the time of this rule
    /// @param sent the one sent last, null if none
    /// @param where the interface, for people
    Observation choose(
            List<HostAddress> all,
            RefreshHistory history,
            @Nullable InetAddress sent,
            String where) {
        List<InetAddress> outdated = outdated(all, history);
        Optional<HostAddress> chosen = usable(all).stream().min(order(sent, outdated));
        String others =
                all.stream()
                        .filter(a ->
                                family.holds(a.address()) && chosen.filter(a::equals).isEmpty())
                        .map(a ->
                                text(a)
                                        + " ("
                                        + objection(a)
                                                .or(() -> outdated(a, all, history))
                                                .orElse("as good, but not first")
                                        + ")")
                        .collect(Collectors.joining(", "));
        if (chosen.isEmpty()) {
            String none = where + " has no " + family + " address";
            return new Observation.NoAddress(
                    others.isEmpty() ? none : none + " to send: " + others);
        }
        HostAddress best = chosen.get();
        String how = text(best) + " of " + where + " (" + merits(best) + ")";
        return new Observation.Seen(
                best.address(), others.isEmpty() ? how : how + "; passed over " + others);
    }

    /// All addresses that could be sent, in the kernel's order.
    List<HostAddress> usable(List<HostAddress> all) {
        return all.stream()
                .filter(a -> family.holds(a.address()) && objection(a).isEmpty())
                .toList();
    }

    /// Those that could be sent and are given up for one of another prefix.
    List<InetAddress> outdated(List<HostAddress> all, RefreshHistory history) {
        return usable(all).stream()
                .filter(a -> outdated(a, all, history).isPresent())
                .map(HostAddress::address)
                .toList();
    }

    private Optional<String> outdated(
            HostAddress a, List<HostAddress> all, RefreshHistory history) {
        return family == Family.IPV4 ? Optional.empty() : history.objection(a, usable(all), all);
    }

    /// Why not, in a word; empty if the address can be sent.
    private Optional<String> objection(HostAddress a) {
        AddressKind kind = AddressKind.of(a.address());
        if (!kind.mayBePublished()) {
            return Optional.of(kind.toString());
        }
        if (a.scope() == Scope.HOST || a.scope() == Scope.LINK) {
            return Optional.of("scope " + (a.scope() == Scope.HOST ? "host" : "link"));
        }
        if (a.is(Flag.DAD_FAILED)) {
            return Optional.of("duplicate: another host has it");
        }
        if (a.is(Flag.TENTATIVE)) {
            return Optional.of("tentative");
        }
        if (a.is(Flag.DEPRECATED) || a.preferredSeconds() == 0) {
            return Optional.of("deprecated");
        }
        return family == Family.IPV6 ? wished(a, kind) : Optional.empty();
    }

    private Optional<String> wished(HostAddress a, AddressKind kind) {
        if (a.is(Flag.TEMPORARY) != wish.temporary()) {
            return Optional.of(wish.temporary() ? "not temporary" : "temporary");
        }
        if ((kind == AddressKind.UNIQUE_LOCAL) != wish.uniqueLocal()) {
            return Optional.of(wish.uniqueLocal() ? "not unique local" : kind.toString());
        }
        return Optional.empty();
    }

    private Comparator<HostAddress> order(@Nullable InetAddress sent, List<InetAddress> outdated) {
        Comparator<HostAddress> byStanding =
                comparing((HostAddress a) -> outdated.contains(a.address()))
                        .thenComparingInt(this::standing)
                        .thenComparing(comparing(a -> !a.address().equals(sent)));
        return switch (family) {
            case IPV4 -> byStanding; // min() takes the first of equals
            case IPV6 ->
                    byStanding
                            .thenComparing(comparingLong(HostAddress::preferredSeconds).reversed())
                            .thenComparing(a -> a.address().getAddress(), Arrays::compareUnsigned);
        };
    }

    private int standing(HostAddress a) {
        return switch (family) {
            case IPV4 -> (isPrivate(a) ? 2 : 0) + (a.is(Flag.SECONDARY) ? 1 : 0);
            case IPV6 -> a.is(Flag.PERMANENT) || a.is(Flag.MANAGES_TEMPORARY) ? 0 : 1;
        };
    }

    private static boolean isPrivate(HostAddress a) {
        AddressKind kind = AddressKind.of(a.address());
        return kind == AddressKind.PRIVATE || kind == AddressKind.CARRIER_NAT;
    }

    private String merits(HostAddress a) {
        String kind = AddressKind.of(a.address()).toString();
        if (!a.detailsKnown()) {
            return family == Family.IPV4
                    ? kind
                    : kind + "; this system does not say which addresses are temporary";
        }
        if (family == Family.IPV4) {
            return a.is(Flag.SECONDARY) ? kind + ", secondary" : kind;
        }
        String stable = a.is(Flag.TEMPORARY) ? ", temporary" : ", stable";
        return a.preferredSeconds() == HostAddress.FOREVER
                ? kind + stable
                : kind + stable + ", preferred for " + a.preferredSeconds() + " s";
    }

    private static String text(HostAddress a) {
        return AddressText.of(a.address());
    }
}

package io.holdfast.agent.provider;

import io.holdfast.agent.address.Family;
import io.holdfast.net.address.AddressText;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// At most one address of each family, of one name.
public final class Addresses {
    public static final Addresses NONE = new Addresses(new EnumMap<>(Family.class));

    private final Map<Family, InetAddress> byFamily;

    private Addresses(EnumMap<Family, InetAddress> byFamily) {
        this.byFamily = Collections.unmodifiableMap(byFamily);
    }

    /// @throws IllegalArgumentException if two of them are of one family
    public static Addresses of(InetAddress... addresses) {
        Addresses all = NONE;
        for (InetAddress address : addresses) {
            Addresses more = all.with(address);
            if (more.byFamily.size() == all.byFamily.size()) {
                throw new IllegalArgumentException("two addresses of one family");
            }
            all = more;
        }
        return all;
    }

    /// Reads what [#toString] wrote.
    ///
    /// @throws IllegalArgumentException if the text has another form
    public static Addresses parse(String text) {
        Addresses all = NONE;
        for (String one : text.split(",", -1)) {
            all = all.with(InetAddress.ofLiteral(one));
        }
        return all;
    }

    /// These, and this one in place of the one of its family.
    public Addresses with(InetAddress address) {
        EnumMap<Family, InetAddress> more = new EnumMap<>(Family.class);
        more.putAll(byFamily);
        more.put(familyOf(address), plain(address));
        return new Addresses(more);
    }

    /// These, except those of the families that the others have.
    public Addresses without(Addresses others) {
        EnumMap<Family, InetAddress> fewer = new EnumMap<>(Family.class);
        fewer.putAll(byFamily);
        fewer.keySet().removeAll(others.byFamily.keySet());
        return new Addresses(fewer);
    }

    /// The address of one family.
    public Optional<InetAddress> get(Family family) {
        return Optional.ofNullable(byFamily.get(family));
    }

    /// IPv4 before IPv6.
    public Map<Family, InetAddress> byFamily() {
        return byFamily;
    }

    /// Whether each of the others is one of these.
    public boolean containsAll(Addresses others) {
        return byFamily.values().containsAll(others.byFamily.values());
    }

    public boolean isEmpty() {
        return byFamily.isEmpty();
    }

    /// Comma-joined without spaces, IPv4 first, as `myip` takes them; IPv6 as RFC 5952 wants it.
    @Override
    public String toString() {
        return byFamily.values().stream().map(AddressText::of).collect(Collectors.joining(","));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Addresses that && byFamily.equals(that.byFamily);
    }

    @Override
    public int hashCode() {
        return byFamily.hashCode();
    }

    /// Which family an address is of.
    public static Family familyOf(InetAddress address) {
        return Family.IPV4.holds(address) ? Family.IPV4 : Family.IPV6;
    }

    /// Without name and without scope: two observations of one address must be equal.
    private static InetAddress plain(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException impossible) {
            throw new AssertionError("an address has 4 or 16 octets", impossible);
        }
    }
}

package io.holdfast.service.dyndns;

import io.holdfast.service.address.AddressText;
import io.holdfast.service.change.AddressIntent;
import io.holdfast.service.change.AddressIntent.Family;
import io.holdfast.service.change.Refusal;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what a request says about addresses (update-protocol §12).
///
/// No address at all means the source's, and only its family. One family given leaves the other
/// alone. An address that cannot be read is refused, never guessed: a typing error must not publish
/// somebody's proxy.
final class AddressStatement {
    private static final List<String> EITHER = List.of("myip", "ip", "address");
    private static final List<String> IPV4 = List.of("myipv4", "ipv4", "ip4");
    private static final List<String> IPV6 = List.of("myipv6", "myip6", "ipv6", "ip6");

    /// What became of reading.
    sealed interface Reading {
        /// @param echo the addresses of this request as the reply repeats them, IPv4 first; empty
        ///   when it only takes addresses away
        record Understood(AddressIntent intent, String echo) implements Reading {}

        record Refused(Refusal why, String reason) implements Reading {}
    }

    private @Nullable Inet4Address ipv4;
    private @Nullable Inet6Address ipv6;
    private boolean removeIpv4;
    private boolean removeIpv6;
    private String asSent = "";
    private Reading.@Nullable Refused refused;

    private AddressStatement() {}

    static Reading read(Parameters parameters, InetAddress source) {
        AddressStatement statement = new AddressStatement();
        if (says(parameters, "offline", "yes") || says(parameters, "clear", "true")) {
            statement.removeIpv4 = true;
            statement.removeIpv6 = true;
            return statement.understood();
        }
        statement.hear(parameters.list(EITHER), true, true);
        statement.hear(parameters.list(IPV4), true, false);
        statement.hear(parameters.list(IPV6), false, true);
        if (statement.refused != null) {
            return statement.refused;
        }
        if (statement.isSilent()) {
            statement.set(source);
        }
        return statement.understood();
    }

    private static boolean says(Parameters parameters, String name, String word) {
        return parameters
                .first(name)
                .filter(value -> value.strip().equalsIgnoreCase(word))
                .isPresent();
    }

    private void hear(Optional<Parameters.Given> given, boolean takesIpv4, boolean takesIpv6) {
        if (given.isEmpty()) {
            return;
        }
        for (String value : given.get().values()) {
            switch (AddressWord.of(value)) {
                case AddressWord.Is(Inet4Address _) when !takesIpv4 ->
                        mistaken(given.get(), value, "is not an IPv6 address");
                case AddressWord.Is(Inet6Address _) when !takesIpv6 ->
                        mistaken(given.get(), value, "is not an IPv4 address");
                case AddressWord.Is(var address) -> {
                    asSent = value;
                    set(address);
                }
                case AddressWord.Remove() -> {
                    removeIpv4 |= takesIpv4;
                    removeIpv6 |= takesIpv6;
                }
                case AddressWord.NotKnownYet() -> {}
                case AddressWord.Mistaken(var reason) -> mistaken(given.get(), value, reason);
            }
        }
    }

    private void set(InetAddress address) {
        if (address instanceof Inet4Address four) {
            if (ipv4 != null && !ipv4.equals(four)) {
                tooMany("IPv4");
            }
            ipv4 = four;
        } else if (address instanceof Inet6Address six) {
            if (ipv6 != null && !ipv6.equals(six)) {
                tooMany("IPv6");
            }
            ipv6 = six;
        }
    }

    private boolean isSilent() {
        return ipv4 == null && ipv6 == null && !removeIpv4 && !removeIpv6;
    }

    private void mistaken(Parameters.Given given, String value, String reason) {
        refuse(Refusal.ADDRESS_NOT_ACCEPTABLE, given.name() + ": \"" + value + "\" " + reason);
    }

    private void tooMany(String family) {
        refuse(
                Refusal.TOO_MANY_ADDRESSES,
                "a host can have one " + family + " address, not several");
    }

    private void refuse(Refusal why, String reason) {
        if (refused == null) {
            refused = new Reading.Refused(why, reason);
        }
    }

    private Reading understood() {
        AddressIntent intent =
                new AddressIntent(family(ipv4, removeIpv4), family(ipv6, removeIpv6));
        return new Reading.Understood(intent, echo());
    }

    private static <A extends InetAddress> Family<A> family(@Nullable A address, boolean remove) {
        if (address != null) {
            return new Family.SetTo<>(address);
        }
        return remove ? new Family.Clear<>() : new Family.Keep<>();
    }

    /// A single address as it was sent, because some clients compare the text; canonical otherwise
    /// (update-protocol §7.6).
    private String echo() {
        if (ipv4 != null && ipv6 != null) {
            return AddressText.of(ipv4) + "," + AddressText.of(ipv6);
        }
        InetAddress only = ipv4 != null ? ipv4 : ipv6;
        if (only == null) {
            return "";
        }
        return asSent.isEmpty() ? AddressText.of(only) : asSent;
    }
}

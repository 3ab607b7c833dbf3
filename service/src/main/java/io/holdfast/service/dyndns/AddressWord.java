package io.holdfast.service.dyndns;

import io.holdfast.net.address.AddressText;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What one value of an address parameter says.
sealed interface AddressWord {
    record Is(InetAddress address) implements AddressWord {}

    /// `-` or `none`: the host shall have no such address.
    record Remove() implements AddressWord {}

    /// `no` (OpenWrt) or `preserve` (deSEC): what is there stays.
    record Keep() implements AddressWord {}

    /// `0.0.0.0` or `::`: a router that has no address yet says so; it is no statement.
    record NotKnownYet() implements AddressWord {}

    /// @param reason for people; follows the quoted value
    record Mistaken(String reason) implements AddressWord {}

    /// `<ipaddr>`, `[IP]`, `%IP%`, `__MYIP__`, `{ip}`: a template that was sent as it stands.
    Pattern PLACEHOLDER = Pattern.compile("<\\w+>|\\[\\w+]|%\\w+%?|__\\w+__|\\$?\\{\\w+}|\\$\\w+");

    Set<String> REMOVE = Set.of("-", "none");

    /// A script that has found no address must not take the last one away.
    String PYTHON_NOTHING = "None";

    Set<String> KEEP = Set.of("no", "preserve", "nochg");

    Pattern LENGTH = Pattern.compile("0|[1-9]\\d{0,2}");

    static AddressWord of(String text) {
        if (text.equals(PYTHON_NOTHING)) {
            return new Mistaken(
                    "is what a program prints that has no address; \"none\" takes the address away");
        }
        String word = text.toLowerCase(Locale.ROOT);
        if (REMOVE.contains(word)) {
            return new Remove();
        }
        if (KEEP.contains(word)) {
            return new Keep();
        }
        if (PLACEHOLDER.matcher(text).matches()) {
            return new Mistaken("is a placeholder that the client has not replaced");
        }
        int slash = text.indexOf('/');
        String bare = slash < 0 ? text : text.substring(0, slash);
        Optional<InetAddress> address = AddressText.read(bare);
        if (address.isEmpty()) {
            return new Mistaken("is not an address");
        }
        if (address.get() instanceof Inet4Address && bare.indexOf(':') >= 0) {
            return new Mistaken("is an IPv4-mapped address; send the IPv4 address itself");
        }
        if (slash < 0) {
            return address.get().isAnyLocalAddress() ? new NotKnownYet() : new Is(address.get());
        }
        return withLength(address.get(), text.substring(slash + 1));
    }

    /// `203.0.113.7/24`: RouterOS prints an address with the length of its network's prefix.
    private static AddressWord withLength(InetAddress address, String text) {
        int bits = 8 * address.getAddress().length;
        if (!LENGTH.matcher(text).matches() || Integer.parseInt(text) > bits) {
            return new Mistaken("has no prefix length from 0 to " + bits + " after its slash");
        }
        if (address.isAnyLocalAddress()) {
            return new NotKnownYet();
        }
        int hostBits = bits - Integer.parseInt(text);
        // RFC 3021 §2.1, RFC 6164 §6: of two addresses, both are hosts.
        if (hostBits < 2) {
            return new Is(address);
        }
        BigInteger host = new BigInteger(1, address.getAddress()).mod(BigInteger.TWO.pow(hostBits));
        if (host.signum() == 0) {
            return new Mistaken("is a network, not an address");
        }
        if (bits == 32 && host.bitCount() == hostBits) {
            return new Mistaken("is the broadcast address of its network");
        }
        return new Is(address);
    }
}

package io.holdfast.service.dyndns;

import io.holdfast.service.address.AddressText;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What one value of an address parameter says.
sealed interface AddressWord {
    record Is(InetAddress address) implements AddressWord {}

    /// `-` or `none`: the host shall have no such address.
    record Remove() implements AddressWord {}

    /// `0.0.0.0` or `::`: a router that has no address yet says so; it is no statement.
    record NotKnownYet() implements AddressWord {}

    /// @param reason for people; follows the quoted value
    record Mistaken(String reason) implements AddressWord {}

    /// `<ipaddr>`, `[IP]`, `%IP%`, `__MYIP__`, `{ip}`: a template that was sent as it stands.
    Pattern PLACEHOLDER = Pattern.compile("<\\w+>|\\[\\w+]|%\\w+%?|__\\w+__|\\$?\\{\\w+}|\\$\\w+");

    static AddressWord of(String text) {
        if (text.equals("-") || text.toLowerCase(Locale.ROOT).equals("none")) {
            return new Remove();
        }
        if (PLACEHOLDER.matcher(text).matches()) {
            return new Mistaken("is a placeholder that the client has not replaced");
        }
        if (text.indexOf('/') >= 0) {
            return new Mistaken("is a network, not an address");
        }
        Optional<InetAddress> address = AddressText.read(text);
        if (address.isEmpty()) {
            return new Mistaken("is not an address");
        }
        if (address.get().isAnyLocalAddress()) {
            return new NotKnownYet();
        }
        if (address.get() instanceof Inet4Address && text.indexOf(':') >= 0) {
            return new Mistaken("is an IPv4-mapped address; send the IPv4 address itself");
        }
        return new Is(address.get());
    }
}

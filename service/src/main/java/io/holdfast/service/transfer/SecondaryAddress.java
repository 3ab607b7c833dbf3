package io.holdfast.service.transfer;

import io.holdfast.net.address.AddressText;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Secondary servers as people write them: `192.0.2.53`, `192.0.2.54:5353`, `2001:db8::53`,
/// `[2001:db8::53]:5353`.
public final class SecondaryAddress {
    private static final int DNS_PORT = 53;
    private static final int MAX_PORT = 65_535;

    private static final Pattern WITH_PORT =
            Pattern.compile("(?:\\[(?<six>[^]]*)]|(?<four>[^:]*)):(?<port>[0-9]{1,5})");
    private static final Pattern BRACKETED = Pattern.compile("\\[([^]]*:[^]]*)]");

    private SecondaryAddress() {}

    /// Reads an address with or without a port; without one it is 53.
    ///
    /// @throws IllegalArgumentException naming the text, if it is nothing of the kind, or no
    ///   address a server can have
    public static InetSocketAddress parse(String text) {
        Matcher withPort = WITH_PORT.matcher(text);
        if (withPort.matches()) {
            String six = withPort.group("six");
            String address = six == null ? withPort.group("four") : six;
            return at(address, Integer.parseInt(withPort.group("port")), text);
        }
        Matcher bracketed = BRACKETED.matcher(text);
        return at(bracketed.matches() ? bracketed.group(1) : text, DNS_PORT, text);
    }

    /// The address, and the port if it is not 53.
    public static String text(InetSocketAddress server) {
        String address = AddressText.of(server.getAddress());
        if (server.getPort() == DNS_PORT) {
            return address;
        }
        boolean six = server.getAddress() instanceof Inet6Address;
        return (six ? "[" + address + "]" : address) + ":" + server.getPort();
    }

    private static InetSocketAddress at(String address, int port, String text) {
        Optional<InetAddress> read = AddressText.read(address);
        if (read.isEmpty() || port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException(
                    "\""
                            + text
                            + "\" is no server's address; write 192.0.2.53, 192.0.2.53:5353 or"
                            + " [2001:db8::53]:53");
        }
        if (read.get().isAnyLocalAddress() || read.get().isMulticastAddress()) {
            throw new IllegalArgumentException("\"" + text + "\" is not one server's address");
        }
        return new InetSocketAddress(read.get(), port);
    }
}

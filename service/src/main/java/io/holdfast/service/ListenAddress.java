package io.holdfast.service;

import io.holdfast.net.address.AddressText;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// Addresses to listen on as people write them: `127.0.0.1:8245`, `[::1]:8245`, `localhost:0`.
public final class ListenAddress {
    private static final int MAX_PORT = 65_535;

    private ListenAddress() {}

    /// Reads `HOST:PORT`; HOST is an address, IPv6 in brackets, or a name of this machine. Port 0
    /// takes any free port.
    ///
    /// @throws IllegalArgumentException naming what is wrong with the text
    public static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.isEmpty() || (host.contains(":") && !bracketed)) {
            throw new IllegalArgumentException(
                    "\""
                            + text
                            + "\" is not HOST:PORT; write 127.0.0.1:8245, or [::1]:8245 for IPv6");
        }
        return new InetSocketAddress(address(host), port(text.substring(colon + 1), text));
    }

    /// `HOST:PORT` with the address in figures, IPv6 in brackets.
    public static String text(InetSocketAddress address) {
        String host = AddressText.of(address.getAddress());
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException(
                    "\"" + host + "\" is no address and no name of this machine", unknown);
        }
    }

    private static int port(String digits, String text) {
        try {
            int port = Integer.parseInt(digits);
            if (port >= 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // falls through to the same complaint
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" does not end in a port from 0 to " + MAX_PORT);
    }
}

package io.holdfast.agent.address;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;

/// The two kinds of addresses; everything the agent does, it does for each by itself.
public enum Family {
    IPV4,
    IPV6;

    /// Whether the address is of this family.
    public boolean holds(InetAddress address) {
        return switch (this) {
            case IPV4 -> address instanceof Inet4Address;
            case IPV6 -> address instanceof Inet6Address;
        };
    }

    /// As sockets call it.
    StandardProtocolFamily protocol() {
        return this == IPV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    }

    /// As people write it.
    @Override
    public String toString() {
        return this == IPV4 ? "IPv4" : "IPv6";
    }
}

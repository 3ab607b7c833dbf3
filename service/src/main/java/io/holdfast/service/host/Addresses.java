package io.holdfast.service.host;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.Optional;

/// Which addresses a host has: at most one of each family.
public record Addresses(Optional<Inet4Address> ipv4, Optional<Inet6Address> ipv6) {
    public static final Addresses NONE = new Addresses(Optional.empty(), Optional.empty());
}

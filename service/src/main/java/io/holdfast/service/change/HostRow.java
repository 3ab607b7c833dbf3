package io.holdfast.service.change;

import io.holdfast.service.host.Addresses;
import java.util.Optional;
import java.util.OptionalInt;

/// A host to be made.
///
/// @param place where a person finds the row, such as `hosts.csv:3`; begins its faults. Empty for a
///   host from a command line
/// @param secret taken as it is; made if empty
/// @param ttl in seconds; empty for what the zone says
public record HostRow(
        String place, String name, Optional<String> secret, Addresses addresses, OptionalInt ttl) {}

package io.holdfast.service;

import io.holdfast.dns.Name;
import io.holdfast.service.zone.ZonePolicy;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One zone as the configuration file describes it.
///
/// @param records the master file with the operator's own records, if any; relative to the working
///   directory, not to the configuration file
/// @param transferTo secondaries to be
public record ZoneSettings(
        Name apex,
        ZonePolicy policy,
        Optional<Path> records,
        List<InetAddress> transferTo,
        Optional<String> transferKey) {
    public ZoneSettings {
        transferTo = List.copyOf(transferTo);
    }
}

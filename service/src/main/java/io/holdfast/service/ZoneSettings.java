package io.holdfast.service;

import io.holdfast.dns.Name;
import io.holdfast.service.transfer.TransferPermission;
import io.holdfast.service.zone.ZonePolicy;
import java.nio.file.Path;
import java.util.Optional;

/// One zone as the configuration file describes it.
///
/// @param records the master file with the operator's own records, if any; relative to the working
///   directory, not to the configuration file
/// @param transfer who may have the zone
public record ZoneSettings(
        Name apex, ZonePolicy policy, Optional<Path> records, TransferPermission transfer) {}

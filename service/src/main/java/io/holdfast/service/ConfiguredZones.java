package io.holdfast.service;

import io.holdfast.dns.Name;
import io.holdfast.service.change.ZoneAdministration;
import io.holdfast.service.change.ZoneAdministration.Declaration;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.ZoneOrigin;
import io.holdfast.service.zone.ZonePolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a configuration makes of the zones that a data folder remembers.
///
/// @param declared zones it describes or names
/// @param leaving zones that came from the file, are in it no more, and have no hosts
/// @param kept zones that came from the file and are in it no more, but have hosts
record ConfiguredZones(List<Declaration> declared, Set<Name> leaving, Set<Name> kept) {
    static ConfiguredZones of(
            ServiceConfig config, OperatorRecords records, ZoneAdministration zones) {
        Map<Name, DeclaredZone> known = new HashMap<>();
        zones.list().forEach(zone -> known.put(zone.apex(), zone));
        List<Declaration> declared = new ArrayList<>();
        for (ZoneSettings zone : config.zones()) {
            declared.add(
                    new Declaration(
                            zone.apex(), zone.policy(), ZoneOrigin.FILE, records.of(zone.apex())));
        }
        ZoneTransfers.catalog(config).ifPresent(declared::add);
        Set<Name> described = new HashSet<>();
        declared.forEach(zone -> described.add(zone.apex()));
        for (Name apex : new LinkedHashSet<>(config.moreZones())) {
            if (described.add(apex)) {
                onCommandLine(apex, known).ifPresent(declared::add);
            }
        }
        Set<Name> leaving = new LinkedHashSet<>();
        Set<Name> kept = new LinkedHashSet<>();
        for (DeclaredZone zone : zones.list()) {
            // Without a file there is none that a zone was taken out of.
            if (config.isFromFile()
                    && zone.origin() == ZoneOrigin.FILE
                    && !described.contains(zone.apex())) {
                (zones.hosts(zone.apex()).isEmpty() ? leaving : kept).add(zone.apex());
            }
        }
        return new ConfiguredZones(declared, leaving, kept);
    }

    /// A zone that is known keeps what was decided for it. One that was in the file stays from now
    /// on, as the command line wants it.
    private static Optional<Declaration> onCommandLine(Name apex, Map<Name, DeclaredZone> known) {
        DeclaredZone zone = known.get(apex);
        if (zone != null && zone.origin() != ZoneOrigin.FILE) {
            return Optional.empty();
        }
        ZonePolicy policy = zone == null ? ZonePolicy.DEFAULT : zone.policy();
        return Optional.of(
                new Declaration(apex, policy, ZoneOrigin.COMMAND_LINE, Optional.empty()));
    }
}

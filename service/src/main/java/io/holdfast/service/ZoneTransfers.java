package io.holdfast.service;

import io.holdfast.dns.Name;
import io.holdfast.service.change.Registry;
import io.holdfast.service.change.ZoneAdministration.Declaration;
import io.holdfast.service.change.ZoneAdministration.RecordsFile;
import io.holdfast.service.listen.UdpClient;
import io.holdfast.service.transfer.CatalogZone;
import io.holdfast.service.transfer.Secondaries;
import io.holdfast.service.transfer.TransferPermission;
import io.holdfast.service.transfer.Transfers;
import io.holdfast.service.zone.ZoneOrigin;
import io.holdfast.service.zone.ZonePolicy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the configuration says of transfers, put to work on a registry.
///
/// @param secondaries to be started once DNS is served, and closed
/// @param transfers answers who asks for a zone
record ZoneTransfers(Secondaries secondaries, Transfers transfers) {
    private static final Logger LOG = LoggerFactory.getLogger(ZoneTransfers.class);

    static ZoneTransfers of(
            ServiceConfig config, Registry registry, InstantSource clock, RandomGenerator random) {
        Map<Name, TransferPermission> permissions = permissions(config);
        missingKeys(permissions, registry).forEach(LOG::warn);
        Secondaries secondaries =
                new Secondaries(
                        registry.zones(),
                        permissions,
                        registry.keyRing(),
                        new UdpClient(config.dns()),
                        random,
                        clock);
        Transfers transfers =
                new Transfers(
                        registry.zones(), registry.versions(), permissions, secondaries, clock);
        return new ZoneTransfers(secondaries, transfers);
    }

    /// From now on what a configuration says holds.
    ///
    /// @return what is permitted and cannot be used yet, a line each
    List<String> permit(ServiceConfig config, Registry registry) {
        Map<Name, TransferPermission> permissions = permissions(config);
        transfers.permit(permissions);
        secondaries.permit(permissions);
        return missingKeys(permissions, registry);
    }

    /// The catalog, if there is to be one: a zone like any other, its records made from what the
    /// others permit. Its serial moves when they change.
    static Optional<Declaration> catalog(ServiceConfig config) {
        return config.catalog()
                .map(catalog -> {
                    List<Name> members =
                            config.zones().stream()
                                    .filter(zone -> !zone.transfer().isNone())
                                    .map(ZoneSettings::apex)
                                    .toList();
                    return new Declaration(
                            catalog.apex(),
                            catalogPolicy(),
                            ZoneOrigin.FILE,
                            Optional.of(
                                    new RecordsFile(
                                            "[catalog]",
                                            CatalogZone.records(catalog.apex(), members))));
                });
    }

    private static ZonePolicy catalogPolicy() {
        ZonePolicy usual = ZonePolicy.DEFAULT;
        return new ZonePolicy(
                List.of(CatalogZone.NAMESERVER), usual.ttl(), usual.accept(), usual.limits());
    }

    /// What a configuration permits, zone by zone; none where nobody may have it.
    static Map<Name, TransferPermission> permissions(ServiceConfig config) {
        Map<Name, TransferPermission> permissions = new LinkedHashMap<>();
        for (ZoneSettings zone : config.zones()) {
            permissions.put(zone.apex(), zone.transfer());
        }
        config.catalog().ifPresent(catalog -> permissions.put(catalog.apex(), catalog.transfer()));
        permissions.values().removeIf(TransferPermission::isNone);
        return permissions;
    }

    private static List<String> missingKeys(
            Map<Name, TransferPermission> permissions, Registry registry) {
        List<String> missing = new ArrayList<>();
        permissions.forEach((zone, permission) ->
                permission
                        .key()
                        .filter(key -> registry.keyRing().key(key).isEmpty())
                        .ifPresent(key ->
                                missing.add(
                                        zone
                                                + ": its transfer-key "
                                                + key
                                                + " is not there yet, so nobody gets the zone;"
                                                + " make it with: holdfast key add "
                                                + key
                                                + " --transfer")));
        return missing;
    }
}

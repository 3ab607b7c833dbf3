package io.holdfast.service;

import io.holdfast.dns.Name;
import io.holdfast.service.change.AdministrationException;
import io.holdfast.service.change.Registry;
import io.holdfast.service.change.ZoneAdministration.RecordsFile;
import io.holdfast.service.listen.UdpClient;
import io.holdfast.service.transfer.Catalog;
import io.holdfast.service.transfer.Secondaries;
import io.holdfast.service.transfer.TransferPermission;
import io.holdfast.service.transfer.Transfers;
import io.holdfast.service.zone.ZonePolicy;
import java.time.InstantSource;
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
        warnOfMissingKeys(permissions, registry);
        Secondaries secondaries =
                new Secondaries(
                        registry.zones(),
                        permissions,
                        registry.keyRing(),
                        new UdpClient(),
                        random,
                        clock);
        Transfers transfers =
                new Transfers(
                        registry.zones(),
                        registry.versions(),
                        registry.keyRing(),
                        permissions,
                        secondaries,
                        clock);
        return new ZoneTransfers(secondaries, transfers);
    }

    /// Declares the catalog, if there is to be one: a zone like any other, its records made from
    /// what the others permit. Its serial moves when they change.
    static void declareCatalog(ServiceConfig config, Registry registry)
            throws AdministrationException {
        if (config.catalog().isEmpty()) {
            return;
        }
        Name apex = config.catalog().get().apex();
        List<Name> members =
                config.zones().stream()
                        .filter(zone -> !zone.transfer().isNone())
                        .map(ZoneSettings::apex)
                        .toList();
        RecordsFile records = new RecordsFile("[catalog]", Catalog.records(apex, members));
        registry.declaredZones().declare(apex, catalogPolicy(), Optional.of(records));
        LOG.info("{}: a catalog of {} zones", apex, members.size());
    }

    private static ZonePolicy catalogPolicy() {
        ZonePolicy usual = ZonePolicy.DEFAULT;
        return new ZonePolicy(
                List.of(Catalog.NAMESERVER), usual.ttl(), usual.accept(), usual.limits());
    }

    private static Map<Name, TransferPermission> permissions(ServiceConfig config) {
        Map<Name, TransferPermission> permissions = new LinkedHashMap<>();
        for (ZoneSettings zone : config.zones()) {
            permissions.put(zone.apex(), zone.transfer());
        }
        config.catalog().ifPresent(catalog -> permissions.put(catalog.apex(), catalog.transfer()));
        permissions.values().removeIf(TransferPermission::isNone);
        return permissions;
    }

    private static void warnOfMissingKeys(
            Map<Name, TransferPermission> permissions, Registry registry) {
        permissions.forEach((zone, permission) ->
                permission
                        .key()
                        .filter(key -> registry.keyRing().key(key).isEmpty())
                        .ifPresent(key ->
                                LOG.warn(
                                        "{}: its transfer-key {} is not there yet, so nobody gets"
                                                + " the zone; make it with: holdfast key add {} --transfer",
                                        zone,
                                        key,
                                        key)));
    }
}

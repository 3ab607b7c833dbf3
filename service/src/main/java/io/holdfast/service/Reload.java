package io.holdfast.service;

import io.holdfast.config.Fault;
import io.holdfast.config.FaultyFileException;
import io.holdfast.dns.Name;
import io.holdfast.service.change.AdministrationException;
import io.holdfast.service.change.AdministrationException.Kind;
import io.holdfast.service.change.Registry;
import io.holdfast.service.change.ZoneAdministration.Declaration;
import io.holdfast.service.transfer.TransferPermission;
import io.holdfast.service.zone.DeclaredZone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes a running service what its configuration says now: which zones there are and what is in
/// them, who may have them, the catalog. All of that or nothing. What else has changed needs a
/// restart, and is told so.
final class Reload {
    private final ConfigSource source;
    private final ServiceConfig started;
    private final Registry registry;
    private final ZoneTransfers transfers;
    private ServiceConfig current;

    /// @param started what the service was started with
    Reload(ConfigSource source, ServiceConfig started, Registry registry, ZoneTransfers transfers) {
        this.source = source;
        this.started = started;
        this.registry = registry;
        this.transfers = transfers;
        this.current = started;
    }

    /// See [io.holdfast.service.admin.RunningService#reload].
    synchronized void run(Consumer<String> told) throws AdministrationException {
        ServiceConfig next;
        OperatorRecords records;
        try {
            next = source.read();
            records = next.operatorRecords().orThrow();
        } catch (FaultyFileException faulty) {
            throw new AdministrationException(
                    Kind.INVALID, faulty.faults().stream().map(Fault::toString).toList());
        }
        Map<Name, DeclaredZone> before = declared();
        ConfiguredZones zones = ConfiguredZones.of(next, records, registry.declaredZones());
        Set<Name> gone = new HashSet<>(zones.leaving());
        Set<Name> taken = new HashSet<>(zones.kept());
        taken.retainAll(zones(current)); // by this reload: an oversight, which is refused
        gone.addAll(taken);
        registry.declaredZones().declareAll(zones.declared(), gone);
        List<String> warnings = transfers.permit(next, registry);

        gone.stream().sorted().forEach(apex -> told.accept(apex + ": not served any more"));
        zones.kept().forEach(apex -> told.accept(kept(apex)));
        for (DeclaredZone zone : registry.declaredZones().list()) {
            tell(zone, before.get(zone.apex()), records.of(zone.apex()).isPresent(), told);
        }
        otherPermissions(next).forEach(apex -> told.accept(apex + ": who may have it has changed"));
        warnings.forEach(told);
        needingRestart(next).forEach(key -> told.accept(key + " has changed and needs a restart"));
        current = next;
    }

    /// See [io.holdfast.service.admin.RunningService#remove].
    synchronized void remove(Name apex) throws AdministrationException {
        ServiceConfig next = current.withoutZone(apex);
        List<Declaration> catalog = ZoneTransfers.catalog(next).stream().toList();
        registry.declaredZones().declareAll(catalog, Set.of(apex));
        transfers.permit(next, registry);
        current = next;
    }

    private Map<Name, DeclaredZone> declared() {
        Map<Name, DeclaredZone> zones = new HashMap<>();
        registry.declaredZones().list().forEach(zone -> zones.put(zone.apex(), zone));
        return zones;
    }

    private static Set<Name> zones(ServiceConfig config) {
        Set<Name> zones = new HashSet<>(config.moreZones());
        config.zones().forEach(zone -> zones.add(zone.apex()));
        config.catalog().ifPresent(catalog -> zones.add(catalog.apex()));
        return zones;
    }

    private String kept(Name apex) {
        return apex
                + ": not in the configuration, but served while it has hosts ("
                + few(registry.declaredZones().hosts(apex))
                + ")";
    }

    /// The first of some names, and how many more there are.
    static String few(List<Name> names) {
        return names.getFirst() + (names.size() == 1 ? "" : " and " + (names.size() - 1) + " more");
    }

    private void tell(
            DeclaredZone zone, @Nullable DeclaredZone before, boolean read, Consumer<String> told) {
        Name apex = zone.apex();
        String serial = "serial " + Integer.toUnsignedString(zone.serial());
        if (before == null) {
            told.accept(apex + ": served from now on, " + serial);
        } else if (!before.policy().equals(zone.policy())) {
            told.accept(apex + ": its policy has changed");
        }
        if (read) {
            int sets = zone.records().size();
            told.accept(
                    apex
                            + ": "
                            + sets
                            + " record set"
                            + (sets == 1 ? "" : "s")
                            + " read, "
                            + serial);
        }
        if (read || before == null) {
            registry.declaredZones().warnings(zone).forEach(told);
        }
    }

    private List<Name> otherPermissions(ServiceConfig next) {
        Map<Name, TransferPermission> was = ZoneTransfers.permissions(current);
        Map<Name, TransferPermission> now = ZoneTransfers.permissions(next);
        Set<Name> all = new HashSet<>(was.keySet());
        all.addAll(now.keySet());
        all.retainAll(zones(next));
        return all.stream()
                .filter(apex ->
                        !was.getOrDefault(apex, TransferPermission.NONE)
                                .equals(now.getOrDefault(apex, TransferPermission.NONE)))
                .sorted()
                .toList();
    }

    /// Keys of the file that say something else than at the start, and hold from the start on.
    private List<String> needingRestart(ServiceConfig next) {
        List<String> keys = new ArrayList<>();
        note(!next.data().equals(started.data()), "data", keys);
        note(!next.store().equals(started.store()), "store", keys);
        note(!next.http().listen().equals(started.http().listen()), "http", keys);
        note(!next.dns().equals(started.dns()), "dns", keys);
        note(!next.tcp().equals(started.tcp()), "[dns-tcp]", keys);
        boolean sameProxies = next.http().trustedProxies().equals(started.http().trustedProxies());
        note(!sameProxies, "trusted-proxies", keys);
        boolean sameAgents = next.http().blockedAgents().equals(started.http().blockedAgents());
        note(!sameAgents, "blocked-agents", keys);
        note(!next.answers().equals(started.answers()), "[answers]", keys);
        return keys;
    }

    private static void note(boolean changed, String key, List<String> keys) {
        if (changed) {
            keys.add(key);
        }
    }
}

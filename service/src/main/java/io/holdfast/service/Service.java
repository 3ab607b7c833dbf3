package io.holdfast.service;

import io.holdfast.config.Fault;
import io.holdfast.config.FaultyFileException;
import io.holdfast.dns.Name;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.Zone;
import io.holdfast.dns.zone.Zones;
import io.holdfast.service.account.KeyRing;
import io.holdfast.service.admin.AdminSocket;
import io.holdfast.service.admin.RunningService;
import io.holdfast.service.change.AdministrationException;
import io.holdfast.service.change.AdministrationException.Kind;
import io.holdfast.service.change.Registry;
import io.holdfast.service.change.ZoneAdministration;
import io.holdfast.service.dnsupdate.DnsUpdateHandler;
import io.holdfast.service.dnsupdate.NotifyHandler;
import io.holdfast.service.dnsupdate.SignedQueryHandler;
import io.holdfast.service.dyndns.Dialects;
import io.holdfast.service.dyndns.HttpUpdates;
import io.holdfast.service.http.HttpFront;
import io.holdfast.service.http.HttpSettings;
import io.holdfast.service.http.Pages;
import io.holdfast.service.listen.DnsFront;
import io.holdfast.service.listen.DnsSettings;
import io.holdfast.service.store.StoreException;
import io.holdfast.service.transfer.SecondaryStatus;
import io.holdfast.service.transfer.Transfers;
import io.holdfast.service.web.StartPage;
import io.holdfast.service.zone.DeclaredZone;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The service, running: the one place that builds the whole from its parts.
///
/// Started in the order in which each part needs the one before: registry, zones, DNS, HTTP,
/// administration. Stopped in the opposite order, so that what was taken in is finished and
/// answered.
public final class Service implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /// How long each part is waited for when the service stops; the store, which comes last, has
    /// what is left of [Parts#DEADLINE].
    static final Duration STOP_ADMINISTRATION = Duration.ofMillis(1_200);

    static final Duration STOP_HTTP = Duration.ofSeconds(3);
    static final Duration STOP_SECONDARIES = Duration.ofMillis(300);
    static final Duration STOP_DNS = Duration.ofSeconds(1);

    private final Parts parts = new Parts();
    private final Registry registry;
    private final DnsFront dns;
    private final HttpFront http;

    /// Starts; everything listens and every zone is served when this returns.
    ///
    /// @param pages what people are served besides the start page
    /// @throws FaultyFileException with every fault of the operator's master files
    /// @throws CannotStartException naming the port or folder that cannot be used
    public static Service start(
            ServiceConfig config, InstantSource clock, RandomGenerator random, List<Pages> pages)
            throws FaultyFileException, CannotStartException {
        return start(() -> config, clock, random, pages);
    }

    /// The same from a configuration that is read again when the operator asks for it.
    public static Service start(
            ConfigSource source, InstantSource clock, RandomGenerator random, List<Pages> pages)
            throws FaultyFileException, CannotStartException {
        ServiceConfig config = source.read();
        OperatorRecords records = config.operatorRecords().orThrow();
        return new Service(source, config, records, clock, random, pages);
    }

    private Service(
            ConfigSource source,
            ServiceConfig config,
            OperatorRecords records,
            InstantSource clock,
            RandomGenerator random,
            List<Pages> pages)
            throws FaultyFileException, CannotStartException {
        try {
            registry = parts.started(open(config, clock, random), Parts.DEADLINE);
            declareZones(config, records);
            ZoneTransfers transfers = ZoneTransfers.of(config, registry, clock, random);
            dns =
                    parts.started(
                            DnsFront.start(
                                    DnsSettings.on(config.dns(), config.tcp()),
                                    config.answers().settings(random),
                                    registry.zones(),
                                    otherMessages(registry, transfers.transfers(), clock)),
                            STOP_DNS);
            parts.started(transfers.secondaries(), STOP_SECONDARIES).start(registry.versions());
            http =
                    parts.started(
                            HttpFront.start(
                                    config.http(),
                                    httpUpdates(config.http(), registry),
                                    withStartPage(pages)),
                            STOP_HTTP);
            Reload reload = new Reload(source, config, registry, transfers);
            listenForTheOperator(config.data(), running(reload, transfers));
        } catch (FaultyFileException faulty) {
            close();
            throw faulty;
        } catch (IOException | StoreException | AdministrationException cannot) {
            close();
            throw new CannotStartException(String.valueOf(cannot.getMessage()), cannot);
        } catch (RuntimeException | Error bug) {
            close();
            throw bug;
        }
    }

    /// Where HTTP is served, in the order of the configuration, with the ports that were free.
    public List<InetSocketAddress> http() {
        return http.addresses();
    }

    /// Where DNS is served, each over UDP and TCP, with the ports that were free.
    public List<InetSocketAddress> dns() {
        return dns.addresses();
    }

    /// Everything behind the fronts.
    public Registry registry() {
        return registry;
    }

    /// Finishes what is in hand, within 10 seconds, and stops.
    @Override
    public void close() {
        parts.close();
    }

    /// An administrative command may hold the folder for a moment: it is waited for.
    private static Registry open(ServiceConfig config, InstantSource clock, RandomGenerator random)
            throws StoreException, IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return Registry.open(config.data(), config.store(), clock, random);
            } catch (StoreException failed) {
                if (!failed.isInUse() || System.nanoTime() - until > 0) {
                    throw failed;
                }
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for " + config.data());
            }
        }
    }

    /// What the answer path does not answer.
    private static OtherMessages otherMessages(
            Registry registry, Transfers transfers, InstantSource clock) {
        Published<Zones> zones = registry.zones();
        KeyRing keys = registry.keyRing();
        return new OtherMessages(
                keys,
                clock,
                new DnsUpdateHandler(
                        keys, registry.zoneDoor(), zones, registry.refusedUpdates(), clock),
                new NotifyHandler(zones, clock),
                transfers,
                new SignedQueryHandler(zones, clock));
    }

    private static HttpUpdates httpUpdates(HttpSettings settings, Registry registry) {
        return new HttpUpdates(
                Dialects.all(registry.hostNames()),
                registry.gate(),
                registry.door(),
                settings.blockedAgents(),
                registry.refusedUpdates());
    }

    private static List<Pages> withStartPage(List<Pages> more) {
        List<Pages> all = new ArrayList<>(more);
        all.add(new StartPage());
        return all;
    }

    /// All that the configuration says of zones, or nothing: as a reload does it.
    private void declareZones(ServiceConfig config, OperatorRecords records)
            throws AdministrationException, FaultyFileException, CannotStartException {
        ZoneAdministration declared = registry.declaredZones();
        ConfiguredZones zones = ConfiguredZones.of(config, records, declared);
        try {
            declared.declareAll(zones.declared(), zones.leaving());
        } catch (AdministrationException refused) {
            throw withPlaces(refused, config);
        }
        zones.leaving()
                .forEach(apex ->
                        LOG.warn("{}: not in the configuration any more, so not served", apex));
        zones.kept()
                .forEach(apex ->
                        LOG.warn(
                                "{}: not in the configuration any more, but served while it has"
                                        + " hosts ({}); describe it there again, or name it with"
                                        + " --zone",
                                apex,
                                Reload.few(declared.hosts(apex))));
        if (declared.list().isEmpty()) {
            LOG.warn(
                    "no zone is served; name one in the configuration, or with --zone dyn.example");
        }
        for (DeclaredZone zone : declared.list()) {
            declared.warnings(zone).forEach(LOG::warn);
        }
        for (Zone zone : registry.zones().current().all()) {
            LOG.info("serving {}, serial {}", zone.apex(), Integer.toUnsignedString(zone.serial()));
        }
        config.catalog()
                .ifPresent(catalog ->
                        LOG.info("{}: the catalog of zones that are transferred", catalog.apex()));
    }

    /// What the registry will not have of a zone is a fault of its master file, if there is one.
    private static AdministrationException withPlaces(
            AdministrationException refused, ServiceConfig config)
            throws FaultyFileException, CannotStartException {
        if (refused.kind() == Kind.UNAVAILABLE || refused.faultsByZone().isEmpty()) {
            return refused;
        }
        Map<Name, String> files = new HashMap<>();
        for (ZoneSettings zone : config.zones()) {
            zone.records().ifPresent(file -> files.put(zone.apex(), file.toString()));
        }
        List<Fault> placed = new ArrayList<>();
        List<String> all = new ArrayList<>();
        refused.faultsByZone()
                .forEach((apex, faults) -> {
                    String file = files.get(apex);
                    for (String text : faults) {
                        if (file != null) {
                            placed.add(new Fault(file, 1, 1, text));
                        }
                        all.add(file == null ? text : placed.getLast().toString());
                    }
                });
        if (placed.size() == all.size()) {
            throw new FaultyFileException(placed);
        }
        throw new CannotStartException(String.join("\n", all), refused);
    }

    private RunningService running(Reload reload, ZoneTransfers transfers) {
        return new RunningService() {
            @Override
            public List<String> dns() {
                return Service.this.dns.addresses().stream().map(ListenAddress::text).toList();
            }

            @Override
            public List<String> http() {
                return Service.this.http.addresses().stream().map(ListenAddress::text).toList();
            }

            @Override
            public List<SecondaryStatus> secondaries() {
                return transfers.secondaries().statuses();
            }

            @Override
            public void reload(Consumer<String> told) throws AdministrationException {
                reload.run(told);
            }

            @Override
            public void remove(Name apex) throws AdministrationException {
                reload.remove(apex);
            }
        };
    }

    /// Without room on the disk there may be no socket: then DNS is served all the same.
    private void listenForTheOperator(Path data, RunningService service) {
        try {
            parts.started(AdminSocket.open(data, registry, service), STOP_ADMINISTRATION);
        } catch (IOException cannot) {
            LOG.warn(
                    "no administration while this service runs: cannot listen in {}: {}",
                    data,
                    cannot.toString());
        }
    }
}

package io.holdfast.service;

import io.holdfast.config.FaultyFileException;
import io.holdfast.dns.Name;
import io.holdfast.service.http.HttpSettings;
import io.holdfast.service.listen.TcpLimits;
import io.holdfast.service.store.StoreLocation;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the service is to run: `holdfast.toml`, or what holds without one.
///
/// @param data the data folder, relative to the working directory
/// @param store where everything durable is; empty for where it was the last time, at first SQLite
/// @param dns addresses to answer DNS on, each over UDP and TCP; at least one
/// @param tcp what a client of DNS may take of us over TCP
/// @param answers what DNS replies say beside their records, and how often
/// @param zones described in the file, each once
/// @param catalog of the zones that are transferred, if there is to be one
/// @param isFromFile whether a file says so; else these are defaults
/// @param moreZones named elsewhere (the command line): served with the policy the data folder
///   remembers, or else the default one
public record ServiceConfig(
        Path data,
        Optional<StoreLocation> store,
        HttpSettings http,
        List<InetSocketAddress> dns,
        TcpLimits tcp,
        AnswerPolicy answers,
        List<ZoneSettings> zones,
        Optional<CatalogSettings> catalog,
        boolean isFromFile,
        List<Name> moreZones) {
    /// Beside the configuration file; in the working directory without one.
    static final String DEFAULT_DATA = "data";

    /// 8245 is the alternative port of the dyndns2 protocol: free of transparent proxies, and needs
    /// no privilege.
    static final InetSocketAddress DEFAULT_HTTP = ListenAddress.parse("127.0.0.1:8245");

    static final InetSocketAddress DEFAULT_DNS = ListenAddress.parse("127.0.0.1:5300");

    /// @throws IllegalArgumentException without any address for DNS
    public ServiceConfig {
        dns = List.copyOf(dns);
        zones = List.copyOf(zones);
        moreZones = List.copyOf(moreZones);
        if (dns.isEmpty()) {
            throw new IllegalArgumentException("dns needs at least one address to listen on");
        }
    }

    /// What holds without a configuration file: loopback, unprivileged, no zone.
    public static ServiceConfig defaults() {
        try {
            return ServiceConfigFile.bind("", Path.of("holdfast.toml"), false);
        } catch (FaultyFileException cannotBe) {
            throw new IllegalStateException("the defaults are at fault", cannotBe);
        }
    }

    /// Reads a configuration file.
    ///
    /// @param file as the person named it; paths in it are relative to where it stands
    /// @throws FaultyFileException with every fault of it and, if there is any, of the master files
    ///   it names
    public static ServiceConfig read(Path file) throws FaultyFileException {
        return ServiceConfigFile.bind(ServiceConfigFile.text(file), file, true);
    }

    /// Reads a configuration file and the master files it names, to know whether the service would
    /// take them.
    ///
    /// @throws FaultyFileException with every fault of all of them
    public static void check(Path file) throws FaultyFileException {
        read(file).operatorRecords().orThrow();
    }

    /// What the master files of the zones say, and what is wrong in them.
    OperatorRecords operatorRecords() {
        Map<Name, Path> files = new LinkedHashMap<>();
        for (ZoneSettings zone : zones) {
            zone.records().ifPresent(masterFile -> files.put(zone.apex(), masterFile));
        }
        return new OperatorRecords(files);
    }

    public ServiceConfig withData(Path other) {
        return new ServiceConfig(
                other, store, http, dns, tcp, answers, zones, catalog, isFromFile, moreZones);
    }

    public ServiceConfig withHttp(List<InetSocketAddress> others) {
        HttpSettings moved =
                new HttpSettings(
                        others, http.trustedProxies(), http.blockedAgents(), http.arrival());
        return new ServiceConfig(
                data, store, moved, dns, tcp, answers, zones, catalog, isFromFile, moreZones);
    }

    public ServiceConfig withDns(List<InetSocketAddress> others) {
        return new ServiceConfig(
                data, store, http, others, tcp, answers, zones, catalog, isFromFile, moreZones);
    }

    /// The same without one of the zones it describes.
    ServiceConfig withoutZone(Name apex) {
        List<ZoneSettings> others =
                zones.stream().filter(zone -> !zone.apex().equals(apex)).toList();
        List<Name> named = moreZones.stream().filter(zone -> !zone.equals(apex)).toList();
        Optional<CatalogSettings> other = catalog.filter(zone -> !zone.apex().equals(apex));
        return new ServiceConfig(
                data, store, http, dns, tcp, answers, others, other, isFromFile, named);
    }

    /// These zones as well.
    public ServiceConfig withZones(List<Name> more) {
        List<Name> all = new ArrayList<>(moreZones);
        all.addAll(more);
        return new ServiceConfig(
                data, store, http, dns, tcp, answers, zones, catalog, isFromFile, all);
    }
}

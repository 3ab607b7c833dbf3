package io.holdfast.service;

import io.holdfast.config.Document;
import io.holdfast.config.DocumentFile;
import io.holdfast.config.Durations;
import io.holdfast.config.Fault;
import io.holdfast.config.FaultyFileException;
import io.holdfast.config.Table;
import io.holdfast.dns.HostName;
import io.holdfast.dns.Name;
import io.holdfast.service.address.Network;
import io.holdfast.service.host.AbuseLimits;
import io.holdfast.service.http.HttpSettings;
import io.holdfast.service.listen.TcpLimits;
import io.holdfast.service.store.PostgresqlAddress;
import io.holdfast.service.store.StoreLocation;
import io.holdfast.service.transfer.TransferPermission;
import io.holdfast.service.zone.AcceptedAddresses;
import io.holdfast.service.zone.ZonePolicy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Binds `holdfast.toml` to [ServiceConfig], key by key. If anything is wrong, the faults of the
/// master files it names are told along with its own.
final class ServiceConfigFile {
    private static final String SQLITE = "sqlite";

    private final Path file;
    private final boolean isFile;
    private final Map<Name, Path> masterFiles = new LinkedHashMap<>();

    private ServiceConfigFile(Path file, boolean isFile) {
        this.file = file;
        this.isFile = isFile;
    }

    /// The whole file.
    ///
    /// @throws FaultyFileException if it cannot be read
    static String text(Path file) throws FaultyFileException {
        try {
            return DocumentFile.read(file, file.toString());
        } catch (NoSuchFileException missing) {
            throw unreadable(file, "there is no such file");
        } catch (IOException failed) {
            throw unreadable(file, "cannot be read: " + failed);
        }
    }

    /// @param isFile false if the text is not that of the file, and only names are taken from it
    static ServiceConfig bind(String text, Path file, boolean isFile) throws FaultyFileException {
        ServiceConfigFile binder = new ServiceConfigFile(file, isFile);
        try {
            return Document.read(text, file.toString(), binder::service);
        } catch (FaultyFileException faulty) {
            List<Fault> all = new ArrayList<>(faulty.faults());
            all.addAll(new OperatorRecords(binder.masterFiles).faults());
            throw new FaultyFileException(all);
        }
    }

    private static FaultyFileException unreadable(Path file, String why) {
        return new FaultyFileException(List.of(new Fault(file.toString(), 1, 1, why)));
    }

    private ServiceConfig service(Table root) {
        Path data = root.get("data", this::beside, beside(ServiceConfig.DEFAULT_DATA));
        Optional<StoreLocation> store = store(root);
        List<InetSocketAddress> http = listen(root, "http", ServiceConfig.DEFAULT_HTTP);
        List<InetSocketAddress> dns = listen(root, "dns", ServiceConfig.DEFAULT_DNS);
        List<Network> proxies = root.list("trusted-proxies", Network::of, List.of());
        Set<String> agents =
                new LinkedHashSet<>(root.list("blocked-agents", agent -> agent, List.of()));
        TcpLimits tcp =
                root.table("dns-tcp").flatMap(ServiceConfigFile::tcp).orElse(TcpLimits.DEFAULT);
        AnswerPolicy answers = AnswerPolicy.read(root);
        List<ZoneSettings> zones = zones(root);
        Optional<CatalogSettings> catalog = TransferBinder.catalog(root, zones);
        return new ServiceConfig(
                data,
                store,
                new HttpSettings(http, proxies, agents),
                dns,
                tcp,
                answers,
                zones,
                catalog,
                isFile,
                List.of());
    }

    private Optional<StoreLocation> store(Table root) {
        Optional<String> store =
                root.find(
                        "store",
                        text -> text.equals(SQLITE) ? text : PostgresqlAddress.check(text));
        Optional<String> user = root.find("store-user", name -> name);
        Optional<Path> password = root.find("store-password-file", this::readable);
        if (store.isEmpty() && root.has("store")) {
            return Optional.empty(); // a fault that is told already
        }
        if (store.isEmpty() || store.get().equals(SQLITE)) {
            for (String key : List.of("store-user", "store-password-file")) {
                if (root.has(key)) {
                    root.fault(key, key + " is for a store of PostgreSQL; name that as store");
                }
            }
            return store.map(_ -> new StoreLocation.Sqlite());
        }
        return root.build(() ->
                new StoreLocation.Postgresql(
                        new PostgresqlAddress(
                                store.get(), user.orElse(PostgresqlAddress.USUAL_USER), password)));
    }

    /// An empty list would listen nowhere. Never empty, whatever is refused: the rest is still
    /// read.
    private static List<InetSocketAddress> listen(Table root, String key, InetSocketAddress usual) {
        List<String> written = new ArrayList<>();
        List<InetSocketAddress> addresses =
                root.list(
                        key,
                        text -> {
                            written.add(text);
                            return ListenAddress.parse(text);
                        },
                        List.of(usual));
        if (addresses.isEmpty() && written.isEmpty()) {
            root.fault(
                    key, key + " needs an address, such as \"" + ListenAddress.text(usual) + "\"");
        }
        return addresses.isEmpty() ? List.of(usual) : addresses;
    }

    /// Not `[dns.tcp]`: `dns` is a list of addresses.
    private static Optional<TcpLimits> tcp(Table table) {
        TcpLimits usual = TcpLimits.DEFAULT;
        var connections = count(table, "connections", usual.connections());
        var each = count(table, "connections-per-client", usual.connectionsPerClient());
        var idle = table.get("idle", Durations::parse, usual.idle());
        var write = table.get("write", Durations::parse, usual.write());
        return table.build(() -> new TcpLimits(connections, each, idle, write));
    }

    private List<ZoneSettings> zones(Table root) {
        List<ZoneSettings> zones = new ArrayList<>();
        Set<Name> seen = new HashSet<>();
        for (Map.Entry<String, Table> entry : root.tables("zone").entrySet()) {
            Table table = entry.getValue();
            Optional<Name> apex = table.build(() -> HostName.orOther(entry.getKey()));
            if (apex.isPresent() && !seen.add(apex.get())) {
                table.fault("the zone " + apex.get() + " is described twice");
            }
            zone(apex.orElse(Name.ROOT), table).ifPresent(zones::add);
        }
        return zones;
    }

    private Optional<ZoneSettings> zone(Name apex, Table table) {
        Optional<ZonePolicy> policy = policy(table);
        Optional<Path> records = table.find("records", this::readable);
        records.ifPresent(masterFile -> masterFiles.put(apex, masterFile));
        Optional<TransferPermission> transfer = TransferBinder.permission(table);
        return policy.flatMap(p -> transfer.map(may -> new ZoneSettings(apex, p, records, may)));
    }

    private static Optional<ZonePolicy> policy(Table table) {
        ZonePolicy usual = ZonePolicy.DEFAULT;
        var nameservers = table.list("nameservers", Name::of, usual.nameservers());
        var ttl = table.get("ttl", Durations::parse, usual.ttl());
        var accept = table.get("accept", ServiceConfigFile::accepted, usual.accept());
        var unchanged = count(table, "unchanged-allowed", usual.limits().unchangedAllowed());
        var grace = table.get("unchanged-grace", Durations::parse, usual.limits().unchangedGrace());
        var changed = count(table, "changed-allowed", usual.limits().changedAllowed());
        return table.build(() ->
                new ZonePolicy(
                        nameservers, ttl, accept, new AbuseLimits(unchanged, grace, changed)));
    }

    private static int count(Table table, String key, int fallback) {
        return table.integer(
                key,
                number -> {
                    if (number < 0 || number > Integer.MAX_VALUE) {
                        throw new IllegalArgumentException("write a whole number from 0 up");
                    }
                    return number.intValue();
                },
                fallback);
    }

    private static AcceptedAddresses accepted(String word) {
        for (AcceptedAddresses choice : AcceptedAddresses.values()) {
            if (choice.name().toLowerCase(Locale.ROOT).equals(word)) {
                return choice;
            }
        }
        throw new IllegalArgumentException(
                "\"" + word + "\" is none of \"global\", \"private\" and \"any\"");
    }

    /// A path in the file is relative to where the file stands.
    private Path beside(String path) {
        if (path.isBlank()) {
            throw new IllegalArgumentException("write a path");
        }
        return file.resolveSibling(path).normalize();
    }

    private Path readable(String path) {
        Path found = beside(path);
        if (!Files.isRegularFile(found) || !Files.isReadable(found)) {
            throw new IllegalArgumentException(found + " is no file that can be read");
        }
        return found;
    }
}

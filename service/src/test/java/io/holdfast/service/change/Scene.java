package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import io.holdfast.service.account.Gate;
import io.holdfast.service.account.Principal;
import io.holdfast.service.change.AddressIntent.Family;
import io.holdfast.service.host.AbuseLimits;
import io.holdfast.service.host.Addresses;
import io.holdfast.service.host.Directory;
import io.holdfast.service.store.Store;
import io.holdfast.service.store.StoreException;
import io.holdfast.service.zone.AcceptedAddresses;
import io.holdfast.service.zone.ZonePolicy;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// A registry in a folder, with the zone dyn.test and the account alice, spoken to in text.
final class Scene implements AutoCloseable {
    static final Name ZONE = Name.of("dyn.test");
    static final ZonePolicy POLICY =
            new ZonePolicy(
                    List.of(),
                    Duration.ofSeconds(60),
                    AcceptedAddresses.GLOBAL,
                    new AbuseLimits(2, Duration.ZERO, 3));

    final TestClock clock = new TestClock();
    private final Path folder;
    private Registry registry;

    private Scene(Path folder) throws StoreException {
        this.folder = folder;
        this.registry = Registry.open(folder, clock, new Random(1));
    }

    private Scene(Path folder, Store store, Consumer<Throwable> processEnd) throws StoreException {
        this.folder = folder;
        this.registry = Registry.open(store, clock, new Random(1), processEnd);
    }

    /// A new folder, whose registry keeps what it knows in these.
    static Scene in(Path folder, Directory directory, DeclaredZones zones) throws Exception {
        Scene scene = new Scene(folder, directory, zones);
        scene.begin();
        return scene;
    }

    private Scene(Path folder, Directory directory, DeclaredZones zones) throws StoreException {
        this.folder = folder;
        this.registry =
                Registry.open(Store.open(folder), clock, new Random(1), directory, zones, _ -> {});
    }

    private void begin() throws Exception {
        registry.declaredZones().declare(ZONE, POLICY, Optional.empty());
        registry.accounts().add("alice", Optional.empty(), Optional.of("alice-key"));
    }

    static Scene in(Path folder) throws Exception {
        Scene scene = new Scene(folder);
        scene.begin();
        return scene;
    }

    /// The same folder at a later time, by this process or another.
    static Scene again(Path folder) throws StoreException {
        return new Scene(folder);
    }

    /// The same folder through a store that a test has opened.
    ///
    /// @param processEnd told why the process would have to end
    static Scene again(Path folder, Store store, Consumer<Throwable> processEnd)
            throws StoreException {
        return new Scene(folder, store, processEnd);
    }

    Registry registry() {
        return registry;
    }

    /// Ends the registry and opens the same folder again.
    void reopen() throws Exception {
        reopenAfter(() -> null);
    }

    /// The same, with something done while nobody has the folder.
    <T> T reopenAfter(Callable<T> between) throws Exception {
        registry.close();
        T result = between.call();
        registry = Registry.open(folder, clock, new Random(2));
        return result;
    }

    void host(String name) throws AdministrationException {
        registry.hosts().add(List.of(row(name, "")), "alice", _ -> {});
    }

    /// @param addresses separated by blanks
    static HostRow row(String name, String addresses) {
        Addresses has = Addresses.NONE;
        for (String text : words(addresses)) {
            InetAddress address = InetAddress.ofLiteral(text);
            has =
                    address instanceof Inet4Address v4
                            ? new Addresses(Optional.of(v4), has.ipv6())
                            : new Addresses(has.ipv4(), Optional.of((Inet6Address) address));
        }
        return new HostRow("", name, Optional.of("secret of " + name), has, OptionalInt.empty());
    }

    /// One update by alice.
    ///
    /// @param wish addresses separated by blanks; `-4` and `-6` clear a family
    /// @return such as `good 192.0.2.7`, `nochg 192.0.2.7`, `abuse: the reason`, `failed: why`
    String update(String host, String wish) {
        return update(alice(), host, wish);
    }

    String update(Principal by, String host, String wish) {
        return answers(request(by, host, wish)).getFirst();
    }

    /// Several requests of one client request.
    List<String> answers(ChangeRequest... requests) {
        try {
            return registry.door().submit(List.of(requests)).get(20, TimeUnit.SECONDS).stream()
                    .map(Scene::text)
                    .toList();
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    Principal alice() {
        Gate.Verdict verdict =
                registry.gate().check(List.of(new Gate.Presented("alice", "alice-key")), here());
        return switch (verdict) {
            case Gate.Verdict.Known(var principal) -> principal;
            case Gate.Verdict.Wrong _, Gate.Verdict.LockedOut _ ->
                    throw new AssertionError(verdict);
        };
    }

    static ChangeRequest request(Principal by, String host, String wish) {
        Family<Inet4Address> ipv4 = new Family.Keep<>();
        Family<Inet6Address> ipv6 = new Family.Keep<>();
        for (String word : words(wish)) {
            if (word.equals("-4")) {
                ipv4 = new Family.Clear<>();
            } else if (word.equals("-6")) {
                ipv6 = new Family.Clear<>();
            } else {
                InetAddress address = InetAddress.ofLiteral(word);
                if (address instanceof Inet4Address v4) {
                    ipv4 = new Family.SetTo<>(v4);
                } else {
                    ipv6 = new Family.SetTo<>((Inet6Address) address);
                }
            }
        }
        Origin origin = new Origin(here(), "test/1", "dyndns2");
        return new ChangeRequest(Name.of(host), by, new AddressIntent(ipv4, ipv6), origin);
    }

    /// What DNS serves: A, then AAAA, separated by blanks; empty for none.
    String served(String name) {
        return List.of(Type.A, Type.AAAA).stream()
                .flatMap(type -> rrset(name, type).stream())
                .flatMap(rrset -> rrset.rdata().stream())
                .map(Scene::address)
                .collect(Collectors.joining(" "));
    }

    Optional<RRset> rrset(String name, Type type) {
        Name owner = Name.of(name);
        return registry.zones().current().closest(owner).flatMap(zone -> zone.rrset(owner, type));
    }

    int serial() {
        return registry.zones().current().closest(ZONE).orElseThrow().serial();
    }

    static String text(Addresses addresses) {
        return java.util.stream.Stream.of(addresses.ipv4(), addresses.ipv6())
                .flatMap(Optional::stream)
                .map(InetAddress::getHostAddress)
                .collect(Collectors.joining(" "));
    }

    static String text(UpdateOutcome outcome) {
        return switch (outcome) {
            case UpdateOutcome.Changed(var now) -> ("good " + text(now)).strip();
            case UpdateOutcome.Unchanged(var now) -> ("nochg " + text(now)).strip();
            case UpdateOutcome.Refused(var why, var reason) -> why.word() + ": " + reason;
            case UpdateOutcome.Failed(var incident) -> "failed: " + incident;
        };
    }

    private static String address(Rdata rdata) {
        try {
            return InetAddress.getByAddress(rdata.toWire()).getHostAddress();
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    private static InetAddress here() {
        return InetAddress.ofLiteral("198.51.100.9");
    }

    @Override
    public void close() {
        registry.close();
    }
}

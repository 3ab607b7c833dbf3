package io.holdfast.agent.round;

import io.holdfast.agent.address.AddressSource;
import io.holdfast.agent.address.AddressSource.Observation;
import io.holdfast.agent.address.DefaultRoutes.NextHop;
import io.holdfast.agent.address.Family;
import io.holdfast.agent.address.Pace;
import io.holdfast.agent.memory.Memory;
import io.holdfast.agent.memory.StateHold;
import io.holdfast.agent.memory.Target;
import io.holdfast.agent.provider.Addresses;
import io.holdfast.agent.provider.Host;
import io.holdfast.agent.provider.Pause;
import io.holdfast.agent.provider.ProviderReply;
import io.holdfast.agent.provider.Settings;
import io.holdfast.net.address.AddressText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One name on a host whose default route, addresses, clock, disk and provider are a test's to say.
/// The provider keeps what a request leaves out, and refuses 203.0.113.0/24.
final class SimulatedHost {
    private static final String NAME = "home.dyn.example";

    /// What the provider does with each request.
    enum Fault {
        NONE,
        UNREACHABLE,
        REPLY_LOST,
        REQUEST_LOST,
        MAINTENANCE,
        PORTAL,
        NAMED,
        BLOCKED
    }

    final List<String> sent = new ArrayList<>();

    /// By family, `4` or `6`.
    final Map<String, String> published = new HashMap<>();

    /// Requests in which nothing was new to a provider that had told us so.
    final List<String> repeats = new ArrayList<>();

    final List<String> troubles = new ArrayList<>();
    Fault fault = Fault.NONE;

    private final Path folder;
    private final Map<Family, Observation> seen = new EnumMap<>(Family.class);
    private final Map<Family, NextHop> hops = new EnumMap<>(Family.class);

    /// What the provider is known to publish, by its own word.
    private final Map<Family, InetAddress> settled = new EnumMap<>(Family.class);

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private Instant next = now;
    private @Nullable Decision last;
    private Memory memory;
    private @Nullable StateHold hold;
    private Round round;

    SimulatedHost(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder.resolve("state"));
        this.memory = new Memory(this.folder);
        sixIs("none");
        round = newRound();
    }

    void moveTo(String link, String address) {
        hops.put(Family.IPV4, new NextHop(link, Optional.empty()));
        seen.put(Family.IPV4, new Observation.Seen(InetAddress.ofLiteral(address), link));
    }

    /// The default route leaves by the same link, and by this router.
    void gatewayIs(String router) {
        hops.computeIfPresent(
                Family.IPV4,
                (_, hop) -> new NextHop(hop.link(), Optional.of(InetAddress.ofLiteral(router))));
    }

    void withoutRoute() {
        hops.remove(Family.IPV4);
        seen.put(Family.IPV4, new Observation.NoAddress("no default route"));
    }

    void sixIs(String address) {
        seen.put(
                Family.IPV6,
                address.equals("none")
                        ? new Observation.NoAddress("none")
                        : new Observation.Seen(InetAddress.ofLiteral(address), "e0"));
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    void round() {
        next = round.run();
    }

    Duration next() {
        return Duration.between(now, next);
    }

    String decided() {
        return String.valueOf(last);
    }

    void restart() {
        round = newRound();
    }

    /// The process was killed, and another one begins: it finds the note of one that is gone.
    void restartAfterKill() throws IOException {
        if (hold != null) {
            hold.close();
        }
        Files.writeString(folder.resolve("holder"), ProcessHandle.current().pid() + " 12345\n");
        memory = new Memory(folder);
        hold = memory.hold();
        round = newRound();
    }

    /// The file that a new one is written into is a folder: nobody can write it, root neither.
    void fillDisk() throws IOException {
        Files.createDirectories(folder.resolve("." + NAME + ".memory.new"));
    }

    void freeDisk() throws IOException {
        Files.deleteIfExists(folder.resolve("." + NAME + ".memory.new"));
    }

    boolean diskIsFull() {
        return Files.isDirectory(folder.resolve("." + NAME + ".memory.new"));
    }

    /// A person asked for it and nobody can do it: the request is a folder that is not empty.
    void askToForgetInVain() throws IOException {
        Files.createDirectories(folder.resolve(NAME + ".forget").resolve("full"));
    }

    /// What is there is no memory, and nobody can write beside it either.
    void damageMemory() throws IOException {
        Files.writeString(folder.resolve(NAME + ".memory"), "");
        Files.createDirectories(folder.resolve("." + NAME + ".memory.damaged.new"));
    }

    void forgetAll() throws IOException {
        Files.deleteIfExists(folder.resolve(NAME + ".memory"));
    }

    private Round newRound() {
        Host host = new Host(NAME, URI.create("http://192.0.2.53"), Settings.login("me", "secret"));
        Map<Family, Poller> pollers = new EnumMap<>(Family.class);
        pollers.put(Family.IPV4, new Poller(source(Family.IPV4), Optional.empty()));
        pollers.put(Family.IPV6, new Poller(source(Family.IPV6), Optional.empty()));
        return new Round(
                new Round.Setting(
                        host,
                        Target.of("dyndns2", host),
                        pollers,
                        Optional.empty(),
                        true,
                        () -> false,
                        true),
                new Round.Outside(
                        memory,
                        (_, addresses) -> send(addresses),
                        (_, families) -> lookUp(families),
                        () -> Map.copyOf(hops),
                        listener(),
                        () -> now,
                        new Random(1)));
    }

    private ProviderReply send(Addresses addresses) {
        sent.add(addresses.toString());
        boolean nothingNew =
                addresses.byFamily().entrySet().stream()
                        .allMatch(one -> one.getValue().equals(settled.get(one.getKey())));
        if (nothingNew) {
            repeats.add(addresses + " at " + now + " after " + sent);
        }
        return switch (fault) {
            case NONE -> honest(addresses);
            case UNREACHABLE -> new ProviderReply.NotSent("unreachable", Pause.UNREACHABLE);
            case REPLY_LOST -> {
                honest(addresses);
                addresses.byFamily().keySet().forEach(settled::remove);
                yield new ProviderReply.Unconfirmed("lost", Pause.CONNECTION_LOST);
            }
            case REQUEST_LOST -> new ProviderReply.Unconfirmed("lost", Pause.CONNECTION_LOST);
            case MAINTENANCE -> new ProviderReply.Later("911", Pause.MAINTENANCE);
            case PORTAL -> new ProviderReply.Later("portal", Pause.CAPTIVE_PORTAL);
            case NAMED ->
                    new ProviderReply.Later(
                            "busy",
                            new Pause(
                                    Pause.LONGEST_NAMED,
                                    Pause.LONGEST_NAMED,
                                    Pause.Ends.AT_ITS_TIME));
            case BLOCKED ->
                    new ProviderReply.Blocked(
                            "abuse", "blocks", "mend", Optional.of(Duration.ofHours(24)));
        };
    }

    private ProviderReply honest(Addresses addresses) {
        boolean bad =
                addresses.byFamily().values().stream()
                        .anyMatch(address -> address.getHostAddress().startsWith("203.0.113."));
        if (bad) {
            return new ProviderReply.AddressRefused("notfqdn", "no", "mend", Addresses.NONE);
        }
        boolean changed = false;
        for (Map.Entry<Family, InetAddress> one : addresses.byFamily().entrySet()) {
            String text = AddressText.of(one.getValue());
            changed |= !text.equals(published.put(key(one.getKey()), text));
            settled.put(one.getKey(), one.getValue());
        }
        return changed
                ? new ProviderReply.Accepted(addresses)
                : new ProviderReply.AlreadyRight(addresses);
    }

    private Published lookUp(Set<Family> families) {
        Map<Family, Set<InetAddress>> answer = new EnumMap<>(Family.class);
        for (Family family : families) {
            Set<InetAddress> set = new HashSet<>();
            String there = published.get(key(family));
            if (there != null) {
                set.add(InetAddress.ofLiteral(there));
            }
            answer.put(family, set);
        }
        return new Published.Answer(answer, true, Duration.ofSeconds(60));
    }

    private static String key(Family family) {
        return family == Family.IPV4 ? "4" : "6";
    }

    private AddressSource source(Family family) {
        return new AddressSource() {
            @Override
            public Observation look(@Nullable InetAddress before) {
                return Optional.ofNullable(seen.get(family))
                        .orElse(new Observation.NoAddress("nothing yet"));
            }

            @Override
            public Watch watch(Runnable onChange) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Pace pace() {
                return Pace.ofEvents();
            }

            @Override
            public boolean followsDefaultRoute() {
                return true;
            }

            @Override
            public String describe() {
                return "default-route";
            }
        };
    }

    private RoundListener listener() {
        return new RoundListener() {
            @Override
            public void decided(String name, Decision decision, Instant at) {
                last = decision;
            }

            @Override
            public void trouble(String name, String trouble, Instant at) {
                troubles.add(trouble);
            }
        };
    }
}

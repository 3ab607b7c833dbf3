package io.holdfast.service.transfer;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Type;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.Zone;
import io.holdfast.dns.zone.Zones;
import io.holdfast.service.account.KeyRing;
import io.holdfast.service.change.ZoneVersions;
import io.holdfast.service.listen.DatagramClient;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Every secondary of every zone: has them notified of new versions, and knows how far each is.
public final class Secondaries implements AutoCloseable {
    private final Published<Zones> zones;

    /// Those of one zone, as a permission names them.
    private record Followers(TransferPermission permission, List<Secondary> secondaries) {
        boolean areFor(@Nullable TransferPermission other) {
            return permission.equals(other);
        }
    }

    private final KeyRing keys;
    private final DatagramClient client;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final BackgroundTimer timer = new BackgroundTimer();
    private volatile Map<Name, Followers> byZone = Map.of();

    /// @param permissions of each zone that has secondaries
    /// @param random unpredictable in production
    public Secondaries(
            Published<Zones> zones,
            Map<Name, TransferPermission> permissions,
            KeyRing keys,
            DatagramClient client,
            RandomGenerator random,
            InstantSource clock) {
        this.zones = zones;
        this.keys = keys;
        this.client = client;
        this.random = random;
        this.clock = clock;
        replace(permissions);
    }

    /// From now on these are followed. Where nothing differs for a zone, what is known of its
    /// secondaries stays; others are notified at once.
    public void permit(Map<Name, TransferPermission> permissions) {
        Map<Name, Followers> before = byZone;
        replace(permissions);
        before.forEach((zone, followers) -> {
            if (!followers.areFor(permissions.get(zone))) {
                followers.secondaries.forEach(Secondary::dismiss);
            }
        });
        byZone.forEach((zone, followers) -> {
            Followers known = before.get(zone);
            if (known == null || !known.areFor(followers.permission)) {
                newVersion(zone);
            }
        });
    }

    private void replace(Map<Name, TransferPermission> permissions) {
        Map<Name, Followers> next = new HashMap<>();
        permissions.forEach((zone, permission) -> {
            Followers now = byZone.get(zone);
            boolean stays = now != null && now.areFor(permission);
            next.put(zone, stays ? now : followers(zone, permission));
        });
        byZone = Map.copyOf(next);
    }

    private Followers followers(Name zone, TransferPermission permission) {
        SecondaryClient secondaryClient =
                new UdpSecondaryClient(
                        client.from(permission.sources()), keys, permission.key(), random, clock);
        return new Followers(
                permission,
                permission.secondaries().stream()
                        .map(server ->
                                new Secondary(
                                        zone,
                                        server,
                                        secondaryClient,
                                        () -> soa(zone),
                                        timer,
                                        clock))
                        .toList());
    }

    /// Notifies every secondary of every zone once, and from now on of each new version.
    public void start(ZoneVersions versions) {
        versions.onNewVersion(this::newVersion);
        byZone.keySet().forEach(this::newVersion);
    }

    /// How far each is, by zone and in the order of the configuration.
    public List<SecondaryStatus> statuses() {
        return byZone.keySet().stream()
                .sorted(Comparator.naturalOrder())
                .flatMap(zone -> statuses(zone).stream())
                .toList();
    }

    /// Notifies nobody any more.
    @Override
    public void close() {
        timer.close();
    }

    void asked(Name zone, InetAddress client, Optional<Integer> serial) {
        forThoseAt(client, zone, secondary -> secondary.asked(serial));
    }

    void fetched(Name zone, InetAddress client, int serial) {
        forThoseAt(client, zone, secondary -> secondary.fetched(serial));
    }

    void refused(Name zone, InetAddress client, String why) {
        forThoseAt(client, zone, secondary -> secondary.failed("was refused a transfer: " + why));
    }

    private List<SecondaryStatus> statuses(Name zone) {
        int serial = zone(zone).map(Zone::serial).orElse(0);
        return of(zone).stream().map(secondary -> secondary.status(serial)).toList();
    }

    private void newVersion(Name zone) {
        of(zone).forEach(Secondary::newVersion);
    }

    private void forThoseAt(InetAddress client, Name zone, Consumer<Secondary> what) {
        of(zone).stream()
                .filter(secondary -> secondary.server().getAddress().equals(client))
                .forEach(what);
    }

    private List<Secondary> of(Name zone) {
        Followers followers = byZone.get(zone);
        return followers == null ? List.of() : followers.secondaries;
    }

    private Optional<RRset> soa(Name apex) {
        return zone(apex).flatMap(zone -> zone.rrset(apex, Type.SOA));
    }

    private Optional<Zone> zone(Name apex) {
        return zones.current().closest(apex).filter(zone -> zone.apex().equals(apex));
    }
}

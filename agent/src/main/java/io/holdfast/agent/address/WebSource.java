package io.holdfast.agent.address;

import io.holdfast.net.HostNetwork;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a web server sees us come from, see [CheckIp].
final class WebSource implements AddressSource {
    /// Dyn's rule for those that ask a server for their address (update-protocol.md §8).
    private static final Duration LEAST = Duration.ofMinutes(10);

    private static final Pace PACE = Pace.costly(LEAST, Duration.ofMinutes(1)).noShorterThan(LEAST);

    private final CheckIp echo;
    private final Family family;
    private final HostNetwork network;
    private final NetworkWatcher watcher;
    private final String text;

    WebSource(
            CheckIp echo, Family family, HostNetwork network, NetworkWatcher watcher, String text) {
        this.echo = echo;
        this.family = family;
        this.network = network;
        this.watcher = watcher;
        this.text = text;
    }

    @Override
    public Observation look(@Nullable InetAddress sent) {
        return echo.look();
    }

    /// Signals when the family's default route changes.
    @Override
    public Watch watch(Runnable onChange) {
        return DefaultRouteWatcher.watch(network, watcher, family, onChange);
    }

    @Override
    public Pace pace() {
        return PACE;
    }

    @Override
    public String describe() {
        return text;
    }
}

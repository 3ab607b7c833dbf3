package io.holdfast.agent.address;

import io.holdfast.net.HostNetwork;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// What a web server sees us come from, see [AddressEcho].
final class WebSource implements AddressSource {
    private final AddressEcho echo;
    private final Family family;
    private final HostNetwork network;
    private final NetworkBell bell;
    private final String text;

    WebSource(AddressEcho echo, Family family, HostNetwork network, NetworkBell bell, String text) {
        this.echo = echo;
        this.family = family;
        this.network = network;
        this.bell = bell;
        this.text = text;
    }

    @Override
    public Sighting look(@Nullable InetAddress told) {
        return echo.look();
    }

    /// Rings when the family's default route changes.
    @Override
    public Watch watch(Runnable ring) {
        return DefaultRouteWatcher.watch(network, bell, family, ring);
    }

    @Override
    public String describe() {
        return text;
    }
}

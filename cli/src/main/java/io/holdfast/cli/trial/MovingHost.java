package io.holdfast.cli.trial;

import io.holdfast.agent.address.AddressSource;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A pretended network interface: has one address, gets another when told, and rings as the kernel
/// would.
final class MovingHost implements AddressSource {
    private final List<Runnable> bells = new CopyOnWriteArrayList<>();
    private volatile InetAddress address;

    MovingHost(InetAddress first) {
        address = first;
    }

    /// The address it has now.
    InetAddress address() {
        return address;
    }

    /// The provider of its connection gives it another address.
    void moveTo(InetAddress next) {
        address = next;
        bells.forEach(Runnable::run);
    }

    @Override
    public Sighting look(@Nullable InetAddress told) {
        return new Sighting.Seen(address, "the pretended host's address");
    }

    @Override
    public Watch watch(Runnable bell) {
        bells.add(bell);
        return new Watch() {
            @Override
            public boolean rings() {
                return true;
            }

            @Override
            public void close() {
                bells.remove(bell);
            }
        };
    }

    @Override
    public String describe() {
        return "a pretended host";
    }
}

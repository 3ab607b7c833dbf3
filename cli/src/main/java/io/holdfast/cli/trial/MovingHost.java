package io.holdfast.cli.trial;

import io.holdfast.agent.address.AddressSource;
import io.holdfast.agent.address.Pace;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A pretended network interface: has one address, gets another when told, and reports it as the
/// kernel would.
final class MovingHost implements AddressSource {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
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
        listeners.forEach(Runnable::run);
    }

    @Override
    public Observation look(@Nullable InetAddress told) {
        return new Observation.Seen(address, "the pretended host's address");
    }

    @Override
    public Watch watch(Runnable onChange) {
        listeners.add(onChange);
        return new Watch() {
            @Override
            public boolean hasEvents() {
                return true;
            }

            @Override
            public void close() {
                listeners.remove(onChange);
            }
        };
    }

    @Override
    public Pace pace() {
        return Pace.ofEvents();
    }

    @Override
    public String describe() {
        return "a pretended host";
    }
}

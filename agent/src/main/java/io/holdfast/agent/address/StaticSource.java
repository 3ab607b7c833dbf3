package io.holdfast.agent.address;

import io.holdfast.net.address.AddressText;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// An address that the configuration itself names.
record StaticSource(InetAddress address) implements AddressSource {
    @Override
    public Observation look(@Nullable InetAddress sent) {
        return new Observation.Seen(address, AddressText.of(address) + ", as configured");
    }

    @Override
    public Watch watch(Runnable onChange) {
        return NoEvents.INSTANCE;
    }

    @Override
    public Pace pace() {
        return Pace.every(Duration.ofMinutes(10));
    }

    @Override
    public String describe() {
        return "static " + AddressText.of(address);
    }
}

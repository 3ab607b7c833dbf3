package io.holdfast.agent.address;

import io.holdfast.net.address.AddressText;
import java.net.InetAddress;
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
    public String describe() {
        return "static " + AddressText.of(address);
    }
}

package io.holdfast.agent.address;

import io.holdfast.net.HostNetwork;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Makes address sources from what the configuration says. Sources made by one instance share one
/// subscription to the kernel's events. Making a source touches nothing: no file, no socket.
public final class Sources {
    private final HostNetwork network;

    public Sources(HostNetwork network) {
        this.network = network;
    }

    /// Sources that look at this host.
    public static Sources ofThisHost() {
        return new Sources(HostNetwork.ofThisHost());
    }

    /// The source that a text such as `interface eth0` names.
    ///
    /// @param text any form but `off`, which is the caller's
    /// @param echo what `web` asks when it names no URL, as a rule the provider's `/checkip`; null
    ///   if there is none
    /// @param folder what a relative `file PATH` is relative to
    /// @throws IllegalArgumentException with a message that names the fault and lists the forms
    public AddressSource of(String text, Family family, @Nullable URI echo, Path folder) {
        throw new UnsupportedOperationException(text + " over " + network);
    }
}

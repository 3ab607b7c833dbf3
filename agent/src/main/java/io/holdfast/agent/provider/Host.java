package io.holdfast.agent.provider;

import io.holdfast.net.address.AddressKind;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;

/// One name at one provider: what an update request has to say besides the addresses.
///
/// @param name fully qualified, lower case, without the last dot
/// @param server `http` or `https`; a path in it replaces the provider's own
/// @param settings what the provider wants to know besides ([ProviderFacts#settings])
public record Host(String name, URI server, Settings settings) {

    /// Whether the server is itself at a private or loopback address, so that private ones are of
    /// use to whoever asks it. A server known by a name is looked up; one that cannot be is not.
    public boolean hasPrivateServer() {
        try {
            return Arrays.stream(InetAddress.getAllByName(server.getHost()))
                    .allMatch(Host::isPrivate);
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private static boolean isPrivate(InetAddress address) {
        return AddressKind.of(address).isLocal()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress();
    }
}

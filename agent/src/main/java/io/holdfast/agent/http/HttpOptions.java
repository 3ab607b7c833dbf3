package io.holdfast.agent.http;

import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.Optional;

/// How one request is to be carried.
///
/// @param family the connection is of this one for sure, and through no proxy: the server shall see
///   the address that we want to know. Any family if empty
/// @param device the connection comes from an address of this network device. Which way it takes is
///   still the routing table's to say. Any if empty
/// @param connect for each address of the server
/// @param reply from the last octet sent to the last received; the TLS handshake has as long again
/// @param deadline for all together, except looking the name up; none if empty
public record HttpOptions(
        Optional<StandardProtocolFamily> family,
        Optional<String> device,
        Duration connect,
        Duration reply,
        Optional<Deadline> deadline) {
    /// 5 s to connect to each address, 15 s for the reply.
    public static final HttpOptions USUAL =
            new HttpOptions(
                    Optional.empty(),
                    Optional.empty(),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(15),
                    Optional.empty());

    /// The same over one family alone, and through no proxy.
    public HttpOptions over(StandardProtocolFamily one) {
        return new HttpOptions(Optional.of(one), device, connect, reply, deadline);
    }

    /// The same from an address of one network device.
    public HttpOptions from(String networkDevice) {
        return new HttpOptions(family, Optional.of(networkDevice), connect, reply, deadline);
    }

    /// The same, and over at the deadline.
    ///
    /// @param whole the time that people are told it had
    public HttpOptions until(Deadline end, Duration whole) {
        return new HttpOptions(family, device, connect, whole, Optional.of(end));
    }
}

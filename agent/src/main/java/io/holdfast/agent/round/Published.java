package io.holdfast.agent.round;

import io.holdfast.agent.address.Family;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// What the DNS says about one name.
public sealed interface Published {
    /// @param addresses of each family asked for, none if there are none
    /// @param authoritative whether the server is one of the zone's own; if not, the answer may be
    ///   out of a cache
    /// @param ttl for how long a cache may keep saying so, the longest of all
    record Answer(Map<Family, Set<InetAddress>> addresses, boolean authoritative, Duration ttl)
            implements Published {}

    /// Nobody could be asked, or what came was no answer.
    record Unknown(String why) implements Published {}
}

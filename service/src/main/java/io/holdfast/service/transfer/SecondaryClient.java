package io.holdfast.service.transfer;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import java.net.InetSocketAddress;
import java.util.Optional;

/// The client of secondary servers: sends a NOTIFY, asks for a serial. Waits for its answer, a few
/// seconds at the most.
interface SecondaryClient {
    /// Tells it that there is a new version (RFC 1996 §3.7).
    ///
    /// @param soa of that version
    /// @return empty once it has confirmed; else what is wrong, as a sentence without its subject
    Optional<String> inform(InetSocketAddress server, RRset soa);

    /// Asks it for the serial of the version it serves, as any client may; empty if it does not
    /// say.
    Optional<Integer> serial(InetSocketAddress server, Name zone);
}

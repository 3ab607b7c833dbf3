package io.holdfast.service.dyndns;

import java.net.InetAddress;

/// Where a request came from, as far as that is known.
///
/// @param address the client's; or the last hop's that is known
/// @param isClient whether it is the client's own: not if it is a trusted proxy's, which did not
///   say for whom it asks
public record Source(InetAddress address, boolean isClient) {}

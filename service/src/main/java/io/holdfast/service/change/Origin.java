package io.holdfast.service.change;

import java.net.InetAddress;

/// Where a request came from, as its host's owner will be shown it.
///
/// @param source the client's address
/// @param agent what the client calls itself (User-Agent), at most 200 characters; empty if it does
///   not say
/// @param front by which way it came: `dyndns2`, `web`, `command line`
public record Origin(InetAddress source, String agent, String front) {}

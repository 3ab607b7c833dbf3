package io.holdfast.agent.provider;

import java.net.URI;

/// One name at one provider: what an update request has to say besides the addresses.
///
/// @param name fully qualified, lower case, without the last dot
/// @param server `http` or `https`; a path in it replaces the provider's own
public record Host(String name, URI server, Credentials credentials) {}

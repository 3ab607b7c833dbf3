package io.holdfast.net;

/// A way to everywhere else.
///
/// @param ipv6 for which family
/// @param linkIndex the link it leaves by, see [Link#index]
/// @param metric the lower, the more preferred; 0 to 2^32-1
public record DefaultRoute(boolean ipv6, int linkIndex, long metric) {}

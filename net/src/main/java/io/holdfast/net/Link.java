package io.holdfast.net;

/// A network interface.
///
/// @param index its number, 1 or greater; a number is not used again for another interface soon
/// @param up whether the administrator switched it on
/// @param loopback whether it leads only to this host
public record Link(int index, String name, boolean up, boolean loopback) {}

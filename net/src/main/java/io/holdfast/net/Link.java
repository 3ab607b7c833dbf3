package io.holdfast.net;

/// A network interface.
///
/// @param index its number, 1 or greater; a number is not used again for another interface soon
/// @param up whether the administrator switched it on
/// @param loopback whether it leads only to this host
/// @param carrier whether the other end is there: a plug, a radio cell, a peer; `up` where nobody
///   says
public record Link(int index, String name, boolean up, boolean loopback, boolean carrier) {
    /// A link of which nobody says whether the other end is there.
    public Link(int index, String name, boolean up, boolean loopback) {
        this(index, name, up, loopback, up);
    }
}

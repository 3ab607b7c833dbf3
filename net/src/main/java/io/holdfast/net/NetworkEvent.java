package io.holdfast.net;

/// Something the kernel said about this host's network. It repeats itself often.
public sealed interface NetworkEvent {
    /// The address is there: new, renewed, or with other flags or lifetimes.
    record AddressPresent(HostAddress address) implements NetworkEvent {}

    /// The address is gone.
    record AddressGone(HostAddress address) implements NetworkEvent {}

    /// The link is there: new, or renamed, or switched on or off.
    record LinkPresent(Link link) implements NetworkEvent {}

    /// The link is gone.
    record LinkGone(Link link) implements NetworkEvent {}

    /// A default route came, changed or went.
    ///
    /// @param ipv6 for which family
    record DefaultRouteChanged(boolean ipv6) implements NetworkEvent {}

    /// Events were lost or could not be understood; anything may have changed.
    record LookAgain(String why) implements NetworkEvent {}
}

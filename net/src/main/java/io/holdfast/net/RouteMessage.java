package io.holdfast.net;

/// One message of the kernel's routing part, as far as we use it (rtnetlink(7)).
sealed interface RouteMessage {
    record OfLink(boolean gone, Link link) implements RouteMessage {}

    record OfAddress(boolean gone, HostAddress address) implements RouteMessage {}

    /// One way of a default route; a route of several ways makes several messages.
    record OfDefaultRoute(boolean gone, DefaultRoute route) implements RouteMessage {}

    /// The end of a listing.
    ///
    /// @param errno 0 if it is complete
    record End(int errno) implements RouteMessage {}

    /// While it was listed it changed: the listing may miss something.
    record Inconsistent() implements RouteMessage {}

    /// The rest of the datagram cannot be trusted.
    record Malformed(String why) implements RouteMessage {}
}

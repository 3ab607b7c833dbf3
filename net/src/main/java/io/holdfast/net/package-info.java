/// Sockets the JDK lacks: batched UDP, and netlink for links, addresses, routes and their events;
/// with portable fallbacks. And which addresses a socket listens on.
///
/// Knows the operating system. Does not know DNS, nor what travels in a datagram.
@NullMarked
package io.holdfast.net;

import org.jspecify.annotations.NullMarked;

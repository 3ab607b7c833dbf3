/// Sockets the JDK lacks: batched UDP, kernel address events, binding to a device; with portable
/// fallbacks.
///
/// Knows the operating system. Does not know DNS, nor what travels in a datagram.
@NullMarked
package io.holdfast.net;

import org.jspecify.annotations.NullMarked;

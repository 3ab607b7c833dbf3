/// Hosts: what they are called, which addresses they have, how they behave, and what happened to
/// them.
///
/// Knows names, addresses, abuse accounting and history as values and rules. Does not know SQL,
/// HTTP, zones or sockets; every rule about time takes the time as an argument.
@NullMarked
package io.holdfast.service.host;

import org.jspecify.annotations.NullMarked;

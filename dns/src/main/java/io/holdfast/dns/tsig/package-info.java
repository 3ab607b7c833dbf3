/// Transaction signatures (RFC 8945): keys, and the signing and checking of messages with them.
///
/// Knows message octets and keyed hashes. Does not know who holds a key, what it permits, sockets
/// or clocks: the time is an argument.
@NullMarked
package io.holdfast.dns.tsig;

import org.jspecify.annotations.NullMarked;

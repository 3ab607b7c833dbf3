/// Turns one DNS query into one reply, bytes to bytes.
///
/// Knows zones and the wire format. Does not know accounts, hosts, sockets, files, clocks or logs:
/// whatever it needs from outside arrives as an argument.
@NullMarked
package io.holdfast.dns.answer;

import org.jspecify.annotations.NullMarked;
